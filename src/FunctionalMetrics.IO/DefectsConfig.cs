using System.Collections.Immutable;
using System.Text.Json;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.IO;

/// <summary>A type of defect: the pixel value that marks it in masks, and how much of it must be found until it counts as found in whole.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PixelValue">The value of its pixels.</param>
/// <param name="Saturation">How much must be found.</param>
public sealed record DefectType(string Name, int PixelValue, SaturationThreshold Saturation);

/// <summary>
/// The types of defects of a data set, as <c>defects_config.json</c> of MVTec LOCO has them: a list of objects with <c>defect_name</c>,
/// <c>pixel_value</c>, <c>saturation_threshold</c> and <c>relative_saturation</c>. An absolute threshold is a whole number of pixels from 1, a relative one
/// a share of the area, above 0 and at most 1. Immutable.
/// </summary>
public sealed class DefectsConfig
{
    private const string Form =
        "it is a list of objects with defect_name, pixel_value, saturation_threshold and relative_saturation, as MVTec LOCO has it";

    private const int NamedInErrors = 20;

    private DefectsConfig(string path, ImmutableArray<DefectType> types) => (Path, Types) = (path, types);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The types in the order of the file; their pixel values differ.</summary>
    public ImmutableArray<DefectType> Types { get; }

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    public static Fin<DefectsConfig> TryRead(string path) =>
        Reading.Try(
            path,
            () =>
            {
                using var file = Reading.Open(path);
                using var json = Parsed(path, file);
                if (json.RootElement.ValueKind != JsonValueKind.Array)
                    throw new InputException(path, $"holds {Kind(json.RootElement)}; {Form}");
                // Texts are decoded when they are asked for.
                var types = Reading.Decode(
                    path,
                    "JSON",
                    () => json.RootElement.EnumerateArray().Select((entry, index) => Type(path, entry, index)).ToImmutableArray()
                );
                if (types.IsEmpty)
                    throw new InputException(path, $"holds no defect; {Form}");
                for (var index = 0; index < types.Length; index++)
                    if (types.Take(index).Any(before => before.PixelValue == types[index].PixelValue))
                        throw new InputException(
                            path,
                            FormattableString.Invariant(
                                $"[{index}].pixel_value is {types[index].PixelValue}, as that of an entry before; each type of defect has its own"
                            )
                        );
                return new DefectsConfig(path, types);
            }
        );

    /// <summary>The same for those who prefer exceptions.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is no such file; the message says what is wrong, and where.</exception>
    public static DefectsConfig Read(string path) => Reading.OrThrow(TryRead(path));

    /// <summary>The type of a pixel value; null where the file names none.</summary>
    internal DefectType? Of(double value) => Types.FirstOrDefault(type => type.PixelValue == value);

    /// <summary>The pixel values that the file names, for errors.</summary>
    internal string Values =>
        Quoted.List(Types.Select(type => FormattableString.Invariant($"{type.PixelValue}")), NamedInErrors, Types.Length);

    private static JsonDocument Parsed(string path, Stream file)
    {
        try
        {
            return JsonDocument.Parse(file);
        }
        catch (JsonException broken)
        {
            throw new InputException(
                path,
                FormattableString.Invariant(
                    $"is no JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1} is wrong; {Form}"
                ),
                broken
            );
        }
    }

    private static DefectType Type(string path, JsonElement entry, int index)
    {
        var place = FormattableString.Invariant($"[{index}]");
        if (entry.ValueKind != JsonValueKind.Object)
            throw new InputException(path, $"{place} is {Kind(entry)}; {Form}");
        var name = Member("defect_name");
        if (name.ValueKind != JsonValueKind.String)
            throw Wrong("defect_name", name, "a text");
        var pixel = Member("pixel_value");
        if (pixel.ValueKind != JsonValueKind.Number || !pixel.TryGetInt32(out var value) || value < 1)
            throw Wrong("pixel_value", pixel, "a whole number from 1 (0 is normal)");
        var relative = Member("relative_saturation");
        if (relative.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw Wrong("relative_saturation", relative, "true or false");
        var threshold = Member("saturation_threshold");
        if (threshold.ValueKind != JsonValueKind.Number || !threshold.TryGetDouble(out var much))
            throw Wrong("saturation_threshold", threshold, "a number");
        if (relative.ValueKind == JsonValueKind.True)
            return much is > 0 and <= 1
                ? new(name.GetString()!, value, SaturationThreshold.Share(much))
                : throw Wrong("saturation_threshold", threshold, "above 0 and at most 1, since relative_saturation is true");
        return much is >= 1 and <= long.MaxValue && Math.Floor(much) == much
            ? new(name.GetString()!, value, SaturationThreshold.Pixels((long)much))
            : throw Wrong("saturation_threshold", threshold, "a whole number of pixels from 1, since relative_saturation is false");

        JsonElement Member(string member) =>
            entry.TryGetProperty(member, out var found) ? found : throw new InputException(path, $"{place} has no {member}; {Form}");

        InputException Wrong(string member, JsonElement found, string right) =>
            new(path, $"{place}.{member} is {Kind(found)}; it must be {right}");
    }

    private static string Kind(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => Quoted.Of(json.GetString()),
            _ => Quoted.Cut(json.GetRawText()),
        };
}
