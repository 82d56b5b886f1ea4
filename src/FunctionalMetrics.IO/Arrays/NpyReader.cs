using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FunctionalMetrics.IO;

/// <summary>An open .npy array, in a file of its own or inside an .npz archive, read forward in pieces.</summary>
internal sealed class NpyReader : IDisposable
{
    private const long Page = 4096;
    private const long Near = 32;
    private const int Tries = 4;

    /// <summary>Longer arrays are not made anew for the sake of their place.</summary>
    private const long Large = 64 << 20;

    private readonly IDisposable owner;
    private readonly (long Length, DateTime Written) opened;
    private readonly bool widens;
    private readonly long count;
    private Stream stream;
    private bool isOrdered;
    private Array? last;
    private double[] wide = [];
    private long left;

    private NpyReader(string path, NpyHeader header, Stream stream, IDisposable owner, bool asScores)
    {
        (Path, Header, this.stream, this.owner) = (path, header, stream, owner);
        left = count = header.Shape.Aggregate(1L, (product, length) => product * length);
        isOrdered = !header.IsFortran;
        widens = asScores && header.Type.IsWidened;
        opened = Stamp;
    }

    /// <summary>The file as errors name it, with the array's name behind an archive.</summary>
    public string Path { get; }

    public NpyHeader Header { get; }

    /// <summary>The type of the numbers as they are given.</summary>
    public NumberType Type => widens ? NumberType.Float64 : Header.Type;

    /// <summary>Whether it lies in a file of its own as it is given.</summary>
    public bool IsRaw => stream is FileStream && !Header.IsFortran && !widens && Header.BigEndian != BitConverter.IsLittleEndian;

    /// <summary>Whether the path names a .npy file, an .npz archive, or an array in one as <c>FILE.npz:name</c>.</summary>
    public static bool Reads(string path) => Reading.Extension(NpzPath.Parse(path).File) is ".npy" or ".npz";

    /// <param name="path">The file, or the array in an archive.</param>
    /// <param name="asScores">Whether whole numbers that are no scores as they are come as float64.</param>
    public static NpyReader Open(string path, bool asScores = false)
    {
        var npz = NpzPath.Parse(path);
        return Reading.Extension(npz.File) == ".npz" ? NpzArchive.Open(npz, asScores) : Open(path, Reading.Open(path), asScores);
    }

    /// <summary>Reads the header of an array in a stream of its own, which is disposed with the reader.</summary>
    private static NpyReader Open(string path, FileStream file, bool asScores)
    {
        try
        {
            return new(path, NpyHeader.Read(file, path, file.Length), file, file, asScores);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the header of an array inside an archive.</summary>
    public static NpyReader Open(string path, Stream entry, long length, IDisposable owner, bool asScores) =>
        new(path, Reading.Decode(path, ".npz", () => NpyHeader.Read(entry, path, length)), entry, owner, asScores);

    /// <summary>
    /// The next numbers, in the machine's byte order, good until the next call: blocks of one size share one array. After the last ones the
    /// stream must end.
    /// </summary>
    public Array Next(int count) => Next(count, count);

    /// <summary>The same at the beginning of an array that has room for more.</summary>
    public Array Next(int count, int room)
    {
        Order();
        var values = last = Room(room);
        var bytes = count * Header.Type.Size;
        left -= count;
        if (Reading.Decode(Path, ".npy", () => stream.ReadAtLeast(Header.Type.Bytes(values)[..bytes], bytes, false)) < bytes)
            throw new InputException(Path, "is truncated: it ends inside its numbers");
        if (left == 0)
            End();
        if (Header.BigEndian == BitConverter.IsLittleEndian)
            Header.Type.SwapBytes(Header.Type.Bytes(values)[..bytes]);
        return widens ? Widened(values, count) : values;
    }

    private double[] Widened(Array values, int some)
    {
        if (wide.Length != values.Length)
            wide = new double[values.Length];
        return Header.Type.Widen(values, wide.AsSpan(0, some)) is >= 0 and var bad
            ? throw new InputException(
                Path,
                $"{Place(count - left - some + bad)} is {values.GetValue(bad)}, which no float64 equals; scores are numbers that float64 holds"
            )
            : wide;
    }

    /// <summary>Where a number stands, as numpy indexes it.</summary>
    private string Place(long index)
    {
        var indices = new Stack<long>();
        foreach (var length in Header.Shape.Reverse())
        {
            indices.Push(index % length);
            index /= length;
        }
        return FormattableString.Invariant($"[{string.Join(", ", indices)}]");
    }

    /// <summary>All numbers of an array in Fortran order, before the first of them is given: the ones that stand together there are far apart here.</summary>
    private void Order()
    {
        if (isOrdered)
            return;
        isOrdered = true;
        var bytes = (Int128)count * Header.Type.Size;
        if (bytes > Array.MaxLength)
            throw new InputException(
                Path,
                "is stored in Fortran order, and so is read whole, which is possible up to 2 GiB; save it in C order (numpy.ascontiguousarray)"
            );
        var (stored, ordered) = (new byte[(int)bytes], new byte[(int)bytes]);
        if (Reading.Decode(Path, ".npy", () => stream.ReadAtLeast(stored, stored.Length, false)) < stored.Length)
            throw new InputException(Path, "is truncated: it ends inside its numbers");
        End();
        FortranOrder.ToC(stored, ordered, Header.Shape.AsSpan(), Header.Type.Size);
        stream.Dispose();
        stream = new MemoryStream(ordered);
    }

    /// <summary>
    /// The array of the last numbers or a new one. Processors copy five times more slowly (1.6 GB/s instead of 8.9 on AMD's Zen 3) where the target lies up to
    /// 32 bytes behind the source in their pages, and the system copies from pages of the file: an array that lies so is passed over.
    /// </summary>
    private Array Room(int count)
    {
        var values = last is { } same && same.Length == count ? same : Header.Type.Allocate(count);
        for (
            var tries = 0;
            tries < Tries && IsRaw && LengthOf(count) < Large && (AddressOf(values) - stream.Position) % Page is > 0 and < Near;
            tries++
        )
            values = Header.Type.Allocate(count);
        return values;
    }

    private long LengthOf(int count) => (long)count * Header.Type.Size;

    private static long AddressOf(Array values) =>
        Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetArrayDataReference(values));

    /// <summary>Passes over the next numbers, of which there must be as many.</summary>
    public void Skip(long count)
    {
        Order();
        left -= count;
        var bytes = count * Header.Type.Size;
        if (stream.CanSeek)
        {
            stream.Seek(bytes, SeekOrigin.Current);
            return;
        }
        var passed = new byte[Math.Min(1 << 16, bytes)];
        for (var part = 0; bytes > 0; bytes -= part)
        {
            part = (int)Math.Min(passed.Length, bytes);
            if (Reading.Decode(Path, ".npy", () => stream.ReadAtLeast(passed.AsSpan(0, part), part, false)) < part)
                throw new InputException(Path, "is truncated: it ends inside its numbers");
        }
    }

    /// <summary>
    /// Says that nothing more is read. A file of its own that was written to in the meantime is refused: some numbers could be old and others new.
    /// </summary>
    public void Finish()
    {
        // What was read whole is not looked at again.
        if (stream is not MemoryStream && Stamp != opened)
            throw new InputException(Path, "was written to while it was read; it must not change");
    }

    private (long, DateTime) Stamp => stream is FileStream file ? (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle)) : default;

    private void End()
    {
        Finish();
        if (Reading.Decode(Path, ".npy", stream.ReadByte) >= 0)
            throw new InputException(Path, "has bytes after its last number");
    }

    public void Dispose()
    {
        stream.Dispose();
        owner.Dispose();
    }
}
