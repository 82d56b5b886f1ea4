using System.IO.Hashing;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace FunctionalMetrics.IO;

/// <summary>
/// The content of a gzip file: of all its members, one after the other (RFC 1952), each checked by its CRC-32 and its length. Zeros may follow a member, as
/// on tapes; where anything else follows, where a member is damaged, and where one is cut, it fails. The streams of .NET and of SharpZipLib end there
/// without a word, and the rows behind would be lost.
/// </summary>
internal sealed class GzipMembers(Stream file) : Stream
{
    private const int HasCheck = 2;
    private const int HasExtra = 4;
    private const int HasName = 8;
    private const int HasComment = 16;

    private readonly Inflater inflater = new(noHeader: true);
    private readonly byte[] input = new byte[1 << 16];
    private readonly Crc32 crc = new();
    private (int At, int End) left;
    private uint length;
    private bool inside;
    private bool any;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (count > 0 && (inside || Begin()))
        {
            if (inflater.IsNeedingInput)
            {
                if (!Fill())
                    throw Cut();
                inflater.SetInput(input, left.At, left.End - left.At);
            }
            var read = inflater.Inflate(buffer, offset, count);
            crc.Append(buffer.AsSpan(offset, read));
            length += (uint)read;
            if (inflater.IsFinished)
                End();
            else if (read == 0 && !inflater.IsNeedingInput)
                throw new InvalidDataException("its compressed bytes end nowhere");
            if (read > 0)
                return read;
        }
        return 0;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The header of a member; false at the end of the file.</summary>
    private bool Begin()
    {
        var first = Next();
        while (any && first == 0)
            first = Next();
        if (first < 0)
            return any ? false : throw Cut();
        if (first != 0x1f || Byte() != 0x8b || Byte() != 8)
            throw new InvalidDataException(any ? "bytes follow that are no member of it" : "it does not begin as such");
        var flags = Byte();
        if (flags > (HasCheck | HasExtra | HasName | HasComment | 1))
            throw new InvalidDataException("its header has flags that are not known");
        Skip(6);
        if ((flags & HasExtra) > 0)
            Skip(Byte() | Byte() << 8);
        foreach (var text in (int[])[HasName, HasComment])
            if ((flags & text) > 0)
                while (Byte() != 0) { }
        if ((flags & HasCheck) > 0)
            Skip(2);
        (inside, any, length) = (true, true, 0);
        crc.Reset();
        inflater.Reset();
        if (left.At < left.End)
            inflater.SetInput(input, left.At, left.End - left.At);
        return true;
    }

    private void End()
    {
        left.At = left.End - inflater.RemainingInput;
        inside = false;
        if (Word() != crc.GetCurrentHashAsUInt32() || Word() != length)
            throw new InvalidDataException("its CRC-32 or its length is not the one that it gives");
    }

    private uint Word() => (uint)Byte() | (uint)Byte() << 8 | (uint)Byte() << 16 | (uint)Byte() << 24;

    private void Skip(int bytes)
    {
        for (; bytes > 0; bytes--)
            Byte();
    }

    private int Byte() => Next() is >= 0 and var next ? next : throw Cut();

    /// <summary>The next byte; -1 at the end of the file.</summary>
    private int Next() => left.At < left.End || Fill() ? input[left.At++] : -1;

    private bool Fill()
    {
        left = (0, file.Read(input));
        return left.End > 0;
    }

    private static InvalidDataException Cut() => new("it ends within a member");
}
