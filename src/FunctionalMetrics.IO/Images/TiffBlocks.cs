using System.Buffers;

namespace FunctionalMetrics.IO;

/// <summary>The strips or tiles of a TIFF picture: where they lie in the file, and how they are put together to rows.</summary>
internal sealed class TiffBlocks
{
    private readonly TiffFormat format;
    private readonly string path;
    private readonly bool tiled;

    /// <summary>Rows and columns of a block; the last strip may have fewer rows.</summary>
    private readonly int height;
    private readonly int width;

    private readonly long[] offsets;

    /// <summary>How many bytes each takes in the file.</summary>
    private readonly long[] lengths;

    /// <summary>Fails when the file does not hold as many blocks as its rows and columns need, or not where it says.</summary>
    public TiffBlocks(TiffTags tags, TiffFormat format, long fileBytes, string path)
    {
        (this.format, this.path, tiled) = (format, path, tags.Has(322));
        var (rows, columns) = tiled
            ? (tags.One(323, 0), tags.One(322, 0))
            : (Math.Min(tags.One(278, format.Height), format.Height), format.Width);
        var what = $"{(tiled ? "tiles" : "strips")} of {rows} rows and {columns} columns";
        // a tile reaches over the border by less than its own size, so a sane one is not much larger than the picture
        if (rows <= 0 || columns <= 0 || (Int128)rows * columns > 4 * (Int128)(format.Height + 1024) * (format.Width + 1024))
            throw new InputException(path, $"has {what}, which do not make up its {format.Height} rows and {format.Width} columns");
        var count = Count(format.Height, rows) * Count(format.Width, columns);
        (offsets, lengths) = (tags.All(tiled ? 324 : 273, count), tags.All(tiled ? 325 : 279, count));
        (height, width) = ((int)Math.Min(rows, int.MaxValue), (int)Math.Min(columns, int.MaxValue));
        if (lengths.Length == 0 && IsPlain)
            lengths = [.. offsets.Select((_, index) => BlockBytes(index))];
        else if (lengths.Length == 0 && count == 1)
            lengths = [.. offsets.Select(offset => fileBytes - offset)];
        if (Math.Min(offsets.Length, lengths.Length) is var named && named < count)
            throw new InputException(
                path,
                $"is damaged: its {format.Height} rows and {format.Width} columns need {count} {what}, and it says where {named} of them are"
            );
        if (lengths.Aggregate((Int128)0, (sum, length) => sum + (length < 0 ? long.MaxValue : length)) > fileBytes)
            throw new InputException(path, $"is damaged: its {what} claim more bytes than the file holds");
        if (
            rows * (Int128)format.RowBytes(columns) is var bytes
            && (bytes > Array.MaxLength || bytes > (Int128)fileBytes * format.Compression.Most)
        )
            throw new InputException(path, $"has {what}, {bytes} bytes, which a file of {fileBytes} bytes cannot hold");
        for (var index = 0; IsPlain && index < lengths.Length; index++)
            if (lengths[index] < BlockBytes(index))
                throw Damaged(index, $"it has {lengths[index]} bytes where {BlockBytes(index)} are needed");
    }

    /// <summary>What reading takes beside the samples: a tile, and the compressed bytes of a block, rented with room for as much again.</summary>
    public long Beside => (tiled ? height * format.RowBytes(width) : 0) + (IsPlain ? 0 : 2 * lengths.DefaultIfEmpty().Max());

    private bool IsPlain => format.Compression.Decode is null;

    /// <summary>All samples, in the machine's byte order; those of less than 8 bits packed, each row in bytes of its own.</summary>
    public Array Read(FileStream file)
    {
        var rowBytes = (int)format.RowBytes(format.Width);
        var samples = PictureArrays.Take(format.Type, (int)(format.Height * rowBytes / format.Type.Size));
        var bytes = format.Type.Bytes(samples);
        if (tiled)
            ReadTiles(file, bytes, rowBytes);
        else
            for (var first = 0; first < offsets.Length; )
            {
                var count = Adjacent(first, height * rowBytes);
                var strip = bytes[(first * height * rowBytes)..];
                Read(file, first, strip[..(int)Math.Min(strip.Length, (long)count * height * rowBytes)], rowBytes);
                first += count;
            }
        return samples;
    }

    private void ReadTiles(FileStream file, Span<byte> bytes, int rowBytes)
    {
        var (across, tileRowBytes) = ((int)Count(format.Width, width), (int)format.RowBytes(width));
        var tile = new byte[height * tileRowBytes];
        for (var index = 0; index < offsets.Length; index++)
        {
            Read(file, index, tile, tileRowBytes);
            var (top, from) = (index / across * height, index % across * tileRowBytes);
            var length = Math.Min(tileRowBytes, rowBytes - from);
            for (var row = 0; row < Math.Min(height, (int)format.Height - top); row++)
                tile.AsSpan(row * tileRowBytes, length).CopyTo(bytes[((top + row) * rowBytes + from)..]);
        }
    }

    private long BlockBytes(int index) =>
        format.RowBytes(width) * (tiled ? height : Math.Min(height, format.Height - (long)index * height));

    /// <summary>How many uncompressed strips from one on lie behind each other, to be read at once.</summary>
    private int Adjacent(int first, int stripBytes)
    {
        var count = 1;
        if (IsPlain)
            while (first + count < offsets.Length && offsets[first + count] == offsets[first + count - 1] + stripBytes)
                count++;
        return count;
    }

    private void Read(FileStream file, int index, Span<byte> block, int rowBytes)
    {
        var (offset, length) = (offsets[index], IsPlain ? block.Length : lengths[index]);
        if (offset < 0 || offset > file.Length - length)
            throw Damaged(index, $"it claims {length} bytes from byte {offset} on, and the file has {file.Length}");
        file.Position = offset;
        if (format.Compression.Decode is { } decode)
        {
            var data = ArrayPool<byte>.Shared.Rent((int)length);
            try
            {
                file.ReadExactly(data, 0, (int)length);
                Reverse(data.AsSpan(0, (int)length));
                var decoded = decode(new(data, 0, (int)length), block);
                if (decoded < block.Length)
                    throw Damaged(index, $"it decodes to {decoded} bytes of {block.Length}");
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(data);
            }
        }
        else
        {
            file.ReadExactly(block);
            Reverse(block);
        }
        if (format.Predictor != 3 && format.IsBigEndian == BitConverter.IsLittleEndian)
            format.Type.SwapBytes(block);
        if (format.Predictor > 1)
            for (; block.Length > 0; block = block[rowBytes..])
                TiffPredictor.Undo(format, block[..rowBytes]);
    }

    private void Reverse(Span<byte> bytes)
    {
        if (format.IsReversed)
            foreach (ref var bits in bytes)
                bits = (byte)((bits * 0x0202020202UL & 0x010884422010UL) % 1023);
    }

    private InputException Damaged(int index, string how)
    {
        var across = (int)Count(format.Width, width);
        var place = tiled
            ? FormattableString.Invariant($"the tile at row {index / across * height}, column {index % across * width}")
            : FormattableString.Invariant($"row {index * height} of {format.Height}");
        return new(path, $"is damaged in {place}: {how}");
    }

    private static long Count(long all, long each) => (all + each - 1) / each;
}
