namespace FunctionalMetrics.IO.Tests;

/// <summary>A structure of a Parquet file is walked over where each field has the type that parquet.thrift gives it, and refused otherwise.</summary>
public class ParquetStructureTests
{
    private const byte Int = 5;
    private const byte Binary = 8;
    private const byte List = 9;
    private const byte Struct = 12;
    private const byte True = 1;
    private const byte Byte = 3;

    private static readonly Dictionary<char, byte> Codes = new()
    {
        ['i'] = Int,
        ['b'] = Binary,
        ['['] = List,
        ['s'] = Struct,
        ['t'] = True,
        ['y'] = Byte,
    };

    /// <summary>
    /// Structures by the name that the walk knows them by, with the types of their fields from 1 on, as parquet.thrift has them: a whole number, bytes, a
    /// truth, one byte, or a structure; a list of one of these; - where the format gives the number to nothing.
    /// </summary>
    public static TheoryData<string, string> Formats =>
        new()
        {
            { "File", "i [s i [s [s b [s s b" },
            { "Schema", "i i i b i i i i i s" },
            { "Logical", "s s s s s s s s - s s s s s s s" },
            { "Decimal", "i i" },
            { "Time", "t s" },
            { "Unit", "s s s" },
            { "Integer", "y t" },
            { "RowGroup", "[s i i [s i i i" },
            { "Sorting", "i t t" },
            { "Chunk", "b i s i i i i s b" },
            { "Column", "i [i [b i i i i [s i i i s [s i i s" },
            { "KeyValue", "b b" },
            { "Statistics", "b b i i b b t t" },
            { "Encoding", "i i i" },
            { "Sizes", "i [i [i" },
            { "Crypto", "s s" },
            { "Key", "[b b" },
            { "ColumnOrder", "s" },
            { "Encryption", "s s" },
            { "Aes", "b b t" },
            { "Page", "i i i i s s s s" },
            { "DataPage", "i i i i s" },
            { "DictionaryPage", "i i t" },
            { "DataPageV2", "i i i i i i t s" },
        };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Each_field_has_its_type(string name, string types)
    {
        var fields = Fields(types);
        for (var number = 1; number <= fields.Length; number++)
        {
            var type = fields[number - 1];
            // The format gives the number to nothing.
            if (type.Length == 0)
                continue;
            byte[] right = [.. Field(number, type), 0];
            Assert.Equal(right.Length, ParquetStructure.Walk(name, right, "a.parquet", "its footer").Length);
            Refused(name, Field(number, [type[0] == Binary ? Int : Binary]));
            if (type is [List, var element])
                Refused(name, Field(number, [List, element == Binary ? Int : Binary]));
        }
    }

    /// <summary>What lies within a structure is walked over by its own types.</summary>
    [Theory]
    [InlineData("File", 7, true, "ColumnOrder")]
    [InlineData("File", 2, true, "Schema")]
    [InlineData("File", 5, true, "KeyValue")]
    [InlineData("RowGroup", 1, true, "Chunk")]
    [InlineData("RowGroup", 4, true, "Sorting")]
    [InlineData("Chunk", 3, false, "Column")]
    [InlineData("Column", 12, false, "Statistics")]
    [InlineData("Column", 13, true, "Encoding")]
    [InlineData("Column", 16, false, "Sizes")]
    [InlineData("Chunk", 8, false, "Crypto")]
    [InlineData("File", 8, false, "Encryption")]
    [InlineData("Schema", 10, false, "Logical")]
    [InlineData("Logical", 5, false, "Decimal")]
    [InlineData("Logical", 7, false, "Time")]
    [InlineData("Logical", 8, false, "Time")]
    [InlineData("Logical", 10, false, "Integer")]
    [InlineData("Time", 2, false, "Unit")]
    [InlineData("Crypto", 2, false, "Key")]
    [InlineData("Encryption", 1, false, "Aes")]
    [InlineData("Encryption", 2, false, "Aes")]
    [InlineData("Page", 5, false, "DataPage")]
    [InlineData("Page", 7, false, "DictionaryPage")]
    [InlineData("Page", 8, false, "DataPageV2")]
    [InlineData("DataPage", 5, false, "Statistics")]
    [InlineData("DataPageV2", 8, false, "Statistics")]
    public void What_lies_within_has_its_types_too(string name, int number, bool isList, string within)
    {
        var fields = Fields((string)Formats.Single(format => (string)format[0] == within)[1]);
        for (var inner = 1; inner <= fields.Length && fields[inner - 1].Length > 0; inner++)
        {
            Check(Field(inner, fields[inner - 1]), true);
            Check(Field(inner, [fields[inner - 1][0] == Binary ? Int : Binary]), false);
        }

        void Check(byte[] field, bool fits)
        {
            byte[] all = [.. Header(number, isList ? List : Struct), .. isList ? (byte[])[0x10 | Struct] : [], .. field, 0, 0];
            if (fits)
                Assert.Equal(all.Length, ParquetStructure.Walk(name, all, "a.parquet", "its footer").Length);
            else
                Refused(name, all[..^1]);
        }
    }

    [Fact]
    public void Numbers_and_truths_are_found_by_their_places()
    {
        byte[] version2 = [.. Header(1, Int), 6, .. Header(7, 2), 0];
        byte[] page = [.. Header(2, Int), 3, .. Header(8, Struct), .. version2, 0];
        Assert.Equal(
            [("2", -2L), ("8.1", 3), ("8.7", 0)],
            ParquetStructure
                .Walk("Page", page, "a.parquet", "a page")
                .Numbers.Select(pair => (pair.Key, pair.Value))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        );
    }

    private static byte[][] Fields(string types) =>
        [.. types.Split(' ').Select(type => type == "-" ? (byte[])[] : [.. type.Select(letter => Codes[letter])])];

    private static void Refused(string name, byte[] field)
    {
        byte[] all = [.. field, 0];
        var refusal = Assert.Throws<InputException>(() => ParquetStructure.Walk(name, all, "a.parquet", "its footer"));
        Assert.Contains("a field of its footer has another type", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A field with the smallest value of its type; a list has one element where its type is given.</summary>
    private static byte[] Field(int number, byte[] type) =>
        [
            .. Header(number, type[0]),
            .. type is [List, var element] ? [(byte)(0x10 | element), .. Value(element)]
            : type[0] == List ? [0]
            : Value(type[0]),
        ];

    private static byte[] Value(byte type) =>
        type switch
        {
            True => [],
            _ => [0],
        };

    /// <summary>The type, and the number of the field in zigzag.</summary>
    private static byte[] Header(int number, byte type) => [type, (byte)(2 * number)];
}
