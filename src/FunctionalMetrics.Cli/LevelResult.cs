using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>The metrics of one level. Threshold, smallest and largest score are in the user's own scores.</summary>
internal sealed record LevelResult(
    string Name,
    RankState State,
    Fin<RocCurve> Roc,
    Fin<PrecisionRecallCurve> PrecisionRecall,
    Fin<AveragePrecisionResult> AveragePrecision,
    Fin<OptimalF1Result> OptimalF1,
    AdaptiveThresholdResult AtThreshold,
    double Threshold,
    Fin<MinMaxResult> Range
)
{
    /// <summary>What only maps have.</summary>
    public Option<RegionResult> Regions { get; init; }

    public static LevelResult Of(string name, RankState state, Settings settings)
    {
        var range = MinMax.Metric.Compute(state.Extrema);
        var adaptive = AdaptiveThreshold.WithDefault(settings.Own(settings.DefaultThreshold)).Compute(state).ThrowIfFail();
        return new(
            name,
            state,
            Auroc.Metric.Compute(state),
            Aupr.Metric.Compute(state),
            Core.AveragePrecision.Metric.Compute(state),
            Core.OptimalF1.Metric.Compute(state),
            adaptive,
            settings.Own(adaptive.Threshold),
            settings.LowerIsAnomalous ? range.Map(turned => new MinMaxResult(settings.Own(turned.Max), settings.Own(turned.Min))) : range
        );
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["rows"] = State.Rows, ["positives"] = State.Positives }
            .With("auroc", Roc.Map(roc => roc.Area))
            .With("aupr", PrecisionRecall.Map(curve => curve.Area))
            .With("average_precision", AveragePrecision.Map(result => result.Value))
            .With("optimal_f1", OptimalF1.Map(result => result.F1))
            .With("adaptive_threshold", Threshold);
        json["adaptive_threshold_is_default"] = AtThreshold.IsDefault;
        var counts = AtThreshold.Counts;
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
            json.With("aupro", regions.Pro.Map(pro => pro.Area));
            json["fpr_limit"] = regions.FprLimit;
            json["regions"] = regions.State.Regions;
        });
        return json.Because("precision", counts.Precision).Because("recall", counts.Recall);
    }

    private static JsonNode? OrNull(Fin<double> value) => value.Match(number => (JsonNode?)JsonValue.Create(number), _ => null);
}

/// <summary>What a level of pixels has beside the metrics of rows.</summary>
internal sealed record RegionResult(RegionState State, double FprLimit)
{
    public Fin<ProCurve> Pro { get; } = Aupro.UpTo(FprLimit).Compute(State);
}
