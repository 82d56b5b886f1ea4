using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.IO;

/// <summary>
/// The header of a .npy array, versions 1, 2 and 3: the magic bytes <c>93 'NUMPY'</c>, version major and minor, the length of the text as
/// little-endian uint16 (version 1) or uint32, and the text of a Python dictionary with the keys descr, fortran_order and shape.
/// </summary>
/// <param name="Type">The type of the numbers.</param>
/// <param name="BigEndian">Whether their bytes stand in big-endian order.</param>
/// <param name="IsFortran">Whether the first dimension runs fastest, not the last.</param>
/// <param name="Shape">The lengths of the dimensions.</param>
internal sealed partial record NpyHeader(NumberType Type, bool BigEndian, bool IsFortran, ImmutableArray<long> Shape)
{
    // numpy itself writes a few hundred bytes and warns above 10000
    private const int LongestText = 1 << 16;

    /// <summary>The shape as numpy writes it.</summary>
    public string ShapeText => Shape.Length == 1 ? $"({Shape[0]},)" : $"({string.Join(", ", Shape)})";

    /// <summary>Reads a header and leaves the stream at the first number.</summary>
    /// <param name="stream">At the first byte of the array.</param>
    /// <param name="path">The file as errors name it.</param>
    /// <param name="length">
    /// How many bytes header and numbers take together; anything else than what the header asks for is an error.
    /// </param>
    public static NpyHeader Read(Stream stream, string path, long length)
    {
        Span<byte> start = stackalloc byte[12];
        if (stream.ReadAtLeast(start[..8], 8, false) < 8 || start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8))
            throw new InputException(path, "is not a .npy file: it does not begin with the bytes 93 'NUMPY'");
        var (major, minor) = (start[6], start[7]);
        if (major is < 1 or > 3)
            throw new InputException(path, $"has the .npy version {major}.{minor}; 1.0, 2.0 and 3.0 can be read");
        var lengthBytes = major == 1 ? 2 : 4;
        Fill(stream, start[8..(8 + lengthBytes)], path);
        var textLength =
            major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (textLength > LongestText || textLength > length - 8 - lengthBytes)
            throw new InputException(path, $"is damaged: its header claims {textLength} bytes of text");
        var text = new byte[textLength];
        Fill(stream, text, path);
        var header = Parse((major == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text), path);
        header.RequireLength(length - 8 - lengthBytes - textLength, path);
        return header;
    }

    private static NpyHeader Parse(string text, string path)
    {
        var dictionary = text.Trim();
        var (descr, order, shape) = (Descr().Match(dictionary), FortranOrder().Match(dictionary), ShapeTuple().Match(dictionary));
        if (!dictionary.StartsWith('{') || !dictionary.EndsWith('}') || !descr.Success || !order.Success || !shape.Success)
            throw new InputException(path, "is damaged: its header does not give descr, fortran_order and shape");
        var lengths = ImmutableArray.CreateBuilder<long>();
        foreach (var part in shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            lengths.Add(
                long.TryParse(part.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw new InputException(path, $"is damaged: its header gives the shape ({shape.Groups[1].Value})")
            );
        var code = descr.Groups[1].Value;
        if (code.Length == 0 || code[0] is 'O' || code.EndsWith('O'))
            throw new InputException(
                path,
                code.Length == 0 ? "has a structured dtype; plain numbers are needed" : "holds Python objects; plain numbers are needed"
            );
        var type =
            NumberType.Of(code[0] is '<' or '>' or '|' or '=' ? code[1..] : code)
            ?? throw new InputException(
                path,
                $"has the dtype '{code}'; bool, integers, float16, float32, float64 and text (U, S) can be read"
            );
        // '=' is the writer's own order, and no big-endian machine is left to have written it
        return new(
            type,
            code[0] == '>',
            order.Groups[1].Value == "True" && lengths.Count(length => length != 1) > 1,
            lengths.ToImmutable()
        );
    }

    private void RequireLength(long available, string path)
    {
        var needed = Shape.Aggregate((Int128)Type.Size, (product, length) => product > long.MaxValue ? product : product * length);
        if (Shape.Contains(0))
            needed = 0;
        if (needed > available)
            throw new InputException(
                path,
                $"is truncated: the shape {ShapeText} of {Type.Name} takes {needed} bytes, {available} are there"
            );
        if (needed < available)
            throw new InputException(
                path,
                $"has {available - needed} bytes after the {needed} that the shape {ShapeText} of {Type.Name} takes"
            );
    }

    private static void Fill(Stream stream, Span<byte> buffer, string path)
    {
        if (stream.ReadAtLeast(buffer, buffer.Length, false) < buffer.Length)
            throw new InputException(path, "is truncated: it ends inside its header");
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*(?:['"]([^'"]+)['"]|\[)""")]
    private static partial Regex Descr();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex FortranOrder();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^)]*)\)""")]
    private static partial Regex ShapeTuple();
}
