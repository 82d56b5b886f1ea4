using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Cli;

/// <summary>The numbers of one level. Threshold, smallest and largest score are in the user's own scores.</summary>
internal sealed record LevelResult(
    string Name,
    long Rows,
    long Positives,
    Fin<double> Auroc,
    Fin<double> Aupr,
    Fin<double> AveragePrecision,
    Fin<double> OptimalF1,
    double Threshold,
    bool IsDefault,
    ConfusionMatrix Counts,
    Fin<MinMaxResult> Range
)
{
    /// <summary>What only maps have.</summary>
    public Option<RegionResult> Regions { get; init; }

    public static LevelResult Of(string name, RankState state, Settings settings)
    {
        var adaptive = AdaptiveThreshold.WithDefault(settings.Own(settings.DefaultThreshold)).Compute(state).ThrowIfFail();
        return new(
            name,
            state.Rows,
            state.Positives,
            Core.Auroc.Metric.Compute(state).Map(roc => roc.Area),
            Core.Aupr.Metric.Compute(state).Map(curve => curve.Area),
            Core.AveragePrecision.Metric.Compute(state).Map(result => result.Value),
            Core.OptimalF1.Metric.Compute(state).Map(result => result.F1),
            settings.Own(adaptive.Threshold),
            adaptive.IsDefault,
            adaptive.Counts,
            settings.Own(MinMax.Metric.Compute(state.Extrema))
        );
    }

    /// <summary>The same of numbers that are found already.</summary>
    public static LevelResult Of(string name, RankNumbers numbers, Settings settings) =>
        new(
            name,
            numbers.Rows,
            numbers.Positives,
            numbers.Auroc,
            numbers.Aupr,
            numbers.AveragePrecision,
            numbers.OptimalF1,
            settings.Own(numbers.Threshold),
            numbers.IsDefault,
            numbers.Counts,
            settings.Own(MinMax.Metric.Compute(numbers.Extrema))
        );

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["rows"] = Rows, ["positives"] = Positives }
            .With("auroc", Auroc)
            .With("aupr", Aupr)
            .With("average_precision", AveragePrecision)
            .With("optimal_f1", OptimalF1)
            .With("adaptive_threshold", Threshold);
        json["adaptive_threshold_is_default"] = IsDefault;
        json["at_threshold"] = new JsonObject
        {
            ["tp"] = Counts.TruePositives,
            ["fp"] = Counts.FalsePositives,
            ["fn"] = Counts.FalseNegatives,
            ["tn"] = Counts.TrueNegatives,
            ["precision"] = OrNull(Counts.Precision),
            ["recall"] = OrNull(Counts.Recall),
        };
        json.With("min", Range.Map(range => range.Min)).With("max", Range.Map(range => range.Max));
        Regions.IfSome(regions =>
        {
            json.With("aupro", regions.Aupro);
            json["fpr_limit"] = regions.FprLimit;
            json["regions"] = regions.Regions;
        });
        return json.Because("precision", Counts.Precision).Because("recall", Counts.Recall);
    }

    private static JsonNode? OrNull(Fin<double> value) => value.Match(number => (JsonNode?)JsonValue.Create(number), _ => null);
}

/// <summary>What a level of pixels has beside the numbers of rows.</summary>
internal sealed record RegionResult(Fin<double> Aupro, double FprLimit, long Regions)
{
    public static RegionResult Of(RegionState state, double fprLimit) =>
        new(Core.Aupro.UpTo(fprLimit).Compute(state).Map(pro => pro.Area), fprLimit, state.Regions);
}
