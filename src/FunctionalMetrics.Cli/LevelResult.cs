using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Cli;

/// <summary>The numbers of one level.</summary>
/// <param name="Name">Which level.</param>
/// <param name="Numbers">What does not depend on the sign of scores; its threshold and extrema do, and are the core's.</param>
/// <param name="Threshold">The adaptive threshold in the user's own scores.</param>
/// <param name="Range">The smallest and the largest of the user's own scores.</param>
internal sealed record LevelResult(string Name, RankNumbers Numbers, double Threshold, Fin<MinMaxResult> Range)
{
    /// <summary>What only maps have.</summary>
    public Option<RegionResult> Regions { get; init; }

    public static LevelResult Of(string name, RankState state, Settings settings) =>
        Of(name, RankNumbers.Of(state, settings.Own(settings.DefaultThreshold)), settings);

    public static LevelResult Of(string name, RankNumbers numbers, Settings settings) =>
        new(name, numbers, settings.Own(numbers.Threshold), settings.Own(MinMax.Metric.Compute(numbers.Extrema)));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["rows"] = Numbers.Rows, ["positives"] = Numbers.Positives }
            .With("auroc", Numbers.Auroc)
            .With("aupr", Numbers.Aupr)
            .With("average_precision", Numbers.AveragePrecision)
            .With("optimal_f1", Numbers.OptimalF1)
            .With("adaptive_threshold", Threshold);
        json["adaptive_threshold_is_default"] = Numbers.IsDefault;
        var counts = Numbers.Counts;
        json["at_threshold"] = new JsonObject
        {
            ["tp"] = counts.TruePositives,
            ["fp"] = counts.FalsePositives,
            ["fn"] = counts.FalseNegatives,
            ["tn"] = counts.TrueNegatives,
            ["precision"] = OrNull(counts.Precision),
            ["recall"] = OrNull(counts.Recall),
        };
        json.With("min", Range.Map(range => range.Min)).With("max", Range.Map(range => range.Max));
        Regions.IfSome(regions =>
        {
            json.With("aupro", regions.Aupro);
            json["fpr_limit"] = regions.FprLimit;
            json["regions"] = regions.Regions;
        });
        return json.Because("precision", counts.Precision).Because("recall", counts.Recall);
    }

    private static JsonNode? OrNull(Fin<double> value) => value.Match(number => (JsonNode?)JsonValue.Create(number), _ => null);
}

/// <summary>What a level of pixels has beside the numbers of rows.</summary>
internal sealed record RegionResult(Fin<double> Aupro, double FprLimit, long Regions)
{
    public static RegionResult Of(RegionState state, double fprLimit) =>
        new(Core.Aupro.UpTo(fprLimit).Compute(state).Map(pro => pro.Area), fprLimit, state.Regions);
}
