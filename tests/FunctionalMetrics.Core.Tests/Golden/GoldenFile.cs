using System.Text.Json;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The golden values of tests/golden: null there is undefined here.</summary>
internal static class GoldenFile
{
    /// <summary>The cases of a file; a file that is missing or empty fails the test.</summary>
    public static IReadOnlyList<JsonElement> Cases(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", file)));
        JsonElement[] cases = [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(golden => golden.Clone())];
        return cases.Length > 0 ? cases : throw new InvalidDataException($"{file} holds no cases");
    }

    /// <summary>For theories: the names of a file's cases.</summary>
    public static TheoryData<string> Names(string file) => [.. Cases(file).Select(golden => golden.GetProperty("name").GetString()!)];

    public static JsonElement Case(string file, string name) =>
        Cases(file).Single(golden => golden.GetProperty("name").GetString() == name);

    public static bool IsNarrow(this JsonElement golden) => golden.GetProperty("dtype").GetString() == "float32";

    /// <summary>A value that must be there; nothing where it is null.</summary>
    public static double? Number(this JsonElement golden, string key) =>
        golden.GetProperty(key) is { ValueKind: not JsonValueKind.Null } value ? value.GetDouble() : null;

    public static double[] Numbers(this JsonElement golden, string key) => golden.GetProperty(key).Numbers();

    /// <summary>Numbers, the first threshold of a curve being written as null for +infinity.</summary>
    public static double[] Numbers(this JsonElement values) =>
        [.. values.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.PositiveInfinity : value.GetDouble())];

    public static bool[] Labels(this JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetInt32() == 1)];

    public static bool IsNull(this JsonElement golden, string key) => golden.GetProperty(key).ValueKind == JsonValueKind.Null;
}
