using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.IO;

/// <summary>
/// Threshold files (JSON), which <c>fmetrics threshold --out</c> writes: a <see cref="Threshold"/> that was chosen on some data, for those who apply it to other
/// data. The bits of the threshold stand beside its text, so that no reader rounds it; an infinite one is the text "inf" or "-inf".
/// <code>
/// Threshold threshold = ThresholdFile.Read("threshold.json");
/// bool alarm = threshold.Flags(score);
/// </code>
/// </summary>
public static class ThresholdFile
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It is no sound threshold file; the message says what is wrong, and where.</exception>
    public static Threshold Read(string path) => Reading.OrThrow(TryRead(path));

    /// <summary>Reads a file, or says what is wrong with it (<see cref="InputError"/>).</summary>
    public static Fin<Threshold> TryRead(string path) =>
        Reading.Try(
            path,
            () =>
            {
                using var stream = Reading.Open(path);
                using var json = Parse(path, stream);
                // Texts are decoded when they are asked for.
                return Reading.Decode(path, "threshold", () => Of(new(path, json.RootElement)));
            }
        );

    /// <summary>The text of the file.</summary>
    public static string Text(Threshold threshold) => Json(threshold).ToJsonString(Options) + "\n";

    /// <summary>What writes the file, for <see cref="AtomicFiles"/>.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="reached">What it reaches on the data that it was chosen on, for people; no reader looks at it.</param>
    public static Action<Stream> Content(Threshold threshold, JsonObject? reached = null)
    {
        var json = Json(threshold);
        if (reached is not null)
            json["reached"] = reached;
        return stream => stream.Write(Encoding.UTF8.GetBytes(json.ToJsonString(Options) + "\n"));
    }

    /// <summary>The file as JSON.</summary>
    public static JsonObject Json(Threshold threshold)
    {
        var counts = threshold.Counts;
        var json = new JsonObject
        {
            ["version"] = Version,
            ["level"] = threshold.Level,
            ["rule"] = threshold.Rule.Text,
            ["parameters"] = new JsonObject(
                threshold.Rule.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, (JsonNode?)parameter.Value))
            ),
            ["threshold"] =
                double.IsPositiveInfinity(threshold.Value) ? "inf"
                : double.IsNegativeInfinity(threshold.Value) ? "-inf"
                : threshold.Value,
            ["threshold_bits"] = Bits(threshold.Value),
            ["lower_is_anomalous"] = threshold.LowerIsAnomalous,
            ["min"] = threshold.Min,
            ["max"] = threshold.Max,
            ["rows"] = threshold.Rows,
            ["positives"] = threshold.Positives,
            ["counts"] = new JsonObject
            {
                ["tp"] = counts.TruePositives,
                ["fp"] = counts.FalsePositives,
                ["fn"] = counts.FalseNegatives,
                ["tn"] = counts.TrueNegatives,
            },
            ["data_hash"] = threshold.DataHash,
        };
        if (threshold.Remark.Length > 0)
            json["remark"] = threshold.Remark;
        return json;
    }

    private static JsonDocument Parse(string path, Stream stream)
    {
        try
        {
            return JsonDocument.Parse(stream);
        }
        catch (JsonException e)
        {
            throw new InputException(path, $"is no threshold file: {Reading.OneLine(e.Message)}", e);
        }
    }

    private static Threshold Of(Place file)
    {
        if (file["version"].Whole() is var version and not Version)
            throw file.Wrong("version", $"is {version}; this version of the library reads {Version}");
        var text = file["rule"].Text();
        var rule = RuleForm.Parse(text).Match(rule => rule, error => throw file.Wrong("rule", $"is '{text}': {error.Message}"));
        var level = file["level"].Text();
        if (level is not (Levels.Image or Levels.Pixel))
            throw file.Wrong("level", $"is '{level}'; it must be {Levels.Image} or {Levels.Pixel}");
        var (value, bits) = (file["threshold"].NumberOrInfinity(), file["threshold_bits"].Text());
        if (double.IsNaN(value) || Bits(value) != bits)
            throw file.Wrong("threshold_bits", $"is '{bits}', but the threshold has the bits {Bits(value)}; one of the two was changed");
        var counts = file["counts"];
        var all = new ConfusionMatrix(counts["tp"].Whole(), counts["fp"].Whole(), counts["fn"].Whole(), counts["tn"].Whole());
        if (all.Rows != file["rows"].Whole() || all.TruePositives + all.FalseNegatives != file["positives"].Whole())
            throw file.Wrong("counts", "do not add up to rows and positives");
        var (min, max) = (file["min"].Number(), file["max"].Number());
        return min <= max
            ? new(rule, level, value, file["lower_is_anomalous"].Flag(), min, max, all, file["data_hash"].Text(), file.Remark)
            : throw file.Wrong("min", FormattableString.Invariant($"is {min}, above max, {max}"));
    }

    private static string Bits(double value) => BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>A value of the file, and where it stands.</summary>
    private readonly record struct Place(string Path, JsonElement Value, string Name = "")
    {
        public Place this[string name] =>
            Value.ValueKind == JsonValueKind.Object && Value.TryGetProperty(name, out var inside)
                ? new(Path, inside, Name.Length > 0 ? $"{Name}.{name}" : name)
                : throw new InputException(Path, $"is no threshold file: it has no \"{(Name.Length > 0 ? $"{Name}.{name}" : name)}\"");

        /// <summary>What must be said of the threshold, where the file says it.</summary>
        public string Remark => Value.TryGetProperty("remark", out _) ? this["remark"].Text() : "";

        public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Not("a text");

        public bool Flag() =>
            Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Not("true or false");

        public long Whole() =>
            Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out var whole) && whole >= 0
                ? whole
                : throw Not("a whole number from 0");

        public double Number() =>
            Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number) && double.IsFinite(number)
                ? number
                : throw Not("a finite number");

        public double NumberOrInfinity() =>
            Value.ValueKind != JsonValueKind.String ? Number()
            : Text() == "inf" ? double.PositiveInfinity
            : Text() == "-inf" ? double.NegativeInfinity
            : throw Not("a number, \"inf\" or \"-inf\"");

        public InputException Wrong(string name, string problem) => new(Path, $"\"{name}\" {problem}");

        private InputException Not(string right) => new(Path, $"\"{Name}\" is {Shown()}; it must be {right}");

        private string Shown() => Value.GetRawText() is { Length: <= 40 } text ? Reading.OneLine(text) : Value.ValueKind.ToString();
    }
}
