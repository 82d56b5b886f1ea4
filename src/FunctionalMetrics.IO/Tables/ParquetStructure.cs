using System.Collections.Frozen;
using System.Globalization;

namespace FunctionalMetrics.IO;

/// <summary>
/// A walk over a structure in Thrift's compact protocol, before Parquet.Net reads it. Parquet.Net 6.1 takes every field for one of the type that
/// the format gives it, and reads for ever where a structure does not end. Here fields have their types, every element takes at least one byte, and
/// the walk ends with the bytes.
/// </summary>
internal ref struct ParquetStructure
{
    private const int Deepest = 64;

    /// <summary>Numbers of lists and of what lies deeper are walked over.</summary>
    private const int DeepestNumber = 1;

    /// <summary>
    /// The structures of the format by name (parquet.thrift): the number of each field with its type; i is a whole number, b bytes, t true or false,
    /// y one byte; a structure is named, and a list begins with [. What is not named is walked over by the types that it claims.
    /// </summary>
    private static readonly FrozenDictionary<string, FrozenDictionary<int, string>> Structures = new Dictionary<string, string>
    {
        ["File"] = "1i 2[Schema 3i 4[RowGroup 5[KeyValue 6b 7[ColumnOrder 8Encryption 9b",
        ["Schema"] = "1i 2i 3i 4b 5i 6i 7i 8i 9i 10Logical",
        ["Logical"] = "1None 2None 3None 4None 5Decimal 6None 7Time 8Time 10Integer 11None 12None 13None 14None 15None 16None",
        ["Decimal"] = "1i 2i",
        ["Time"] = "1t 2Unit",
        ["Unit"] = "1None 2None 3None",
        ["Integer"] = "1y 2t",
        ["RowGroup"] = "1[Chunk 2i 3i 4[Sorting 5i 6i 7i",
        ["Sorting"] = "1i 2t 3t",
        ["Chunk"] = "1b 2i 3Column 4i 5i 6i 7i 8Crypto 9b",
        ["Column"] = "1i 2[i 3[b 4i 5i 6i 7i 8[KeyValue 9i 10i 11i 12Statistics 13[Encoding 14i 15i 16Sizes",
        ["KeyValue"] = "1b 2b",
        ["Statistics"] = "1b 2b 3i 4i 5b 6b 7t 8t",
        ["Encoding"] = "1i 2i 3i",
        ["Sizes"] = "1i 2[i 3[i",
        ["Crypto"] = "1None 2Key",
        ["Key"] = "1[b 2b",
        ["ColumnOrder"] = "1None",
        ["Encryption"] = "1Aes 2Aes",
        ["Aes"] = "1b 2b 3t",
        ["Page"] = "1i 2i 3i 4i 5DataPage 6None 7DictionaryPage 8DataPageV2",
        ["DataPage"] = "1i 2i 3i 4i 5Statistics",
        ["DictionaryPage"] = "1i 2i 3t",
        ["DataPageV2"] = "1i 2i 3i 4i 5i 6i 7t 8Statistics",
        ["None"] = "",
    }.ToFrozenDictionary(
        structure => structure.Key,
        structure =>
            structure
                .Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(field => (Number: string.Concat(field.TakeWhile(char.IsAsciiDigit)), field))
                .ToFrozenDictionary(pair => int.Parse(pair.Number, CultureInfo.InvariantCulture), pair => pair.field[pair.Number.Length..])
    );

    private readonly string path;
    private readonly string what;
    private readonly Dictionary<string, long> numbers = [];
    private ReadOnlySpan<byte> rest;

    private ParquetStructure(string path, string what, ReadOnlySpan<byte> bytes)
    {
        (this.path, this.what) = (path, what);
        rest = bytes;
    }

    /// <summary>Walks over a structure at the beginning of some bytes, and fails where it is not whole.</summary>
    /// <param name="name">The structure.</param>
    /// <param name="bytes">Where it begins.</param>
    /// <param name="path">The file as errors name it.</param>
    /// <param name="what">What the structure is, for errors.</param>
    /// <returns>How many bytes it takes, and its whole numbers by the numbers of their fields, true as 1 and false as 0: those of the structure in field 5 are 5.1, 5.2 …</returns>
    public static (int Length, IReadOnlyDictionary<string, long> Numbers) Walk(
        string name,
        ReadOnlySpan<byte> bytes,
        string path,
        string what
    )
    {
        var walk = new ParquetStructure(path, what, bytes);
        walk.SkipStruct(name, "", 0);
        return (bytes.Length - walk.rest.Length, walk.numbers);
    }

    private void SkipStruct(string? name, string place, int depth)
    {
        if (depth > Deepest)
            throw Damaged();
        var (known, number) = (Structures.GetValueOrDefault(name ?? ""), 0);
        while (Byte() is var header and not 0)
        {
            number = header >> 4 == 0 ? (int)ZigZag(Varint()) : number + (header >> 4);
            var (type, wanted) = (header & 0x0F, known?.GetValueOrDefault(number));
            Require(type, wanted);
            var field = FormattableString.Invariant($"{place}{number}");
            if (type is not (1 or 2))
                SkipValue(type, wanted, field, depth);
            else if (depth <= DeepestNumber)
                numbers[field] = type == 1 ? 1 : 0;
        }
    }

    /// <summary>Fails where a value is not of the type that it should have.</summary>
    private readonly void Require(int type, string? wanted)
    {
        var fits = wanted switch
        {
            null => true,
            "i" => type is 4 or 5 or 6,
            "b" => type == 8,
            "t" => type is 1 or 2,
            "y" => type == 3,
            ['[', ..] => type is 9 or 10,
            _ => type == 12,
        };
        if (!fits)
            throw new InputException(path, $"is damaged: a field of {what} has another type than the format gives it");
    }

    private static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private void SkipValue(int type, string? wanted, string place, int depth)
    {
        switch (type)
        {
            case 1 or 2 or 3:
                Skip(1);
                break;
            case 4 or 5 or 6:
                var number = ZigZag(Varint());
                if (depth <= DeepestNumber)
                    numbers[place] = number;
                break;
            case 7:
                Skip(8);
                break;
            case 8:
                Skip(Varint());
                break;
            case 9 or 10:
                SkipList(wanted?[1..], depth);
                break;
            case 12:
                SkipStruct(wanted, place + ".", depth + 1);
                break;
            default:
                throw Damaged();
        }
    }

    private void SkipList(string? wanted, int depth)
    {
        var header = Byte();
        var count = header >> 4 == 15 ? Varint() : (ulong)(header >> 4);
        if (count > 0)
            Require(header & 0x0F, wanted);
        for (var i = 0ul; i < count; i++)
            SkipValue(header & 0x0F, wanted, "", depth + DeepestNumber + 1);
    }

    private ulong Varint()
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (next & 0x7Ful) << shift;
            if (next < 0x80)
                return value;
        }
        throw Damaged();
    }

    private byte Byte()
    {
        var value = rest.IsEmpty ? throw Damaged() : rest[0];
        rest = rest[1..];
        return value;
    }

    private void Skip(ulong count) => rest = count <= (ulong)rest.Length ? rest[(int)count..] : throw Damaged();

    private readonly InputException Damaged() => new(path, $"is damaged: {what} does not end where it should");
}
