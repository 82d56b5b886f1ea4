using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>The intervals of one level. Threshold, smallest and largest score are in the user's own scores; these two are exact.</summary>
internal sealed record BoundedLevel(
    string Name,
    long Rows,
    long Positives,
    Fin<Interval> Auroc,
    Fin<Interval> Aupr,
    Fin<Interval> AveragePrecision,
    Fin<Interval> OptimalF1,
    Interval Threshold,
    bool IsDefault,
    Fin<MinMaxResult> Range
)
{
    /// <summary>What only maps have.</summary>
    public Option<(Fin<Interval> Aupro, double FprLimit, long Regions)> Regions { get; init; }

    /// <summary>One sentence for each reason why a number of this level is undefined.</summary>
    public Seq<string> Reasons =>
        Seq(Auroc, Aupr, AveragePrecision, OptimalF1)
            .Concat(Regions.Map(regions => regions.Aupro).ToSeq())
            .Bind(result => result.Match(_ => Seq<string>(), error => Seq1(error.Message)))
            .Concat(Range.Match(_ => Seq<string>(), error => Seq1(error.Message)));

    public static BoundedLevel Of(string name, BoundedRankState state, Settings settings)
    {
        var best = BoundedOptimalF1.Metric.Compute(state);
        var fallback = settings.Own(settings.DefaultThreshold) + 0.0;
        return new(
            name,
            state.Rows,
            state.Positives,
            BoundedAuroc.Metric.Compute(state),
            BoundedAupr.Metric.Compute(state),
            BoundedAveragePrecision.Metric.Compute(state),
            best.Map(result => result.F1),
            settings.Own(best.Match(result => result.Threshold, _ => new Interval(fallback, fallback))),
            best.IsFail,
            settings.Own(MinMax.Metric.Compute(state.Extrema))
        );
    }

    public static BoundedLevel Of(string name, BoundedRegionState state, Settings settings) =>
        Of(name, state.Rank, settings) with
        {
            Regions = (
                BoundedAupro.InBuckets(fprLimit: settings.FprLimit).Compute(state).Map(pro => pro.Area),
                settings.FprLimit,
                state.Regions
            ),
        };

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["rows"] = Rows, ["positives"] = Positives }
            .With("auroc", Auroc)
            .With("aupr", Aupr)
            .With("average_precision", AveragePrecision)
            .With("optimal_f1", OptimalF1)
            .With("adaptive_threshold", Threshold);
        json["adaptive_threshold_is_default"] = IsDefault;
        json.With("min", Range.Map(range => range.Min)).With("max", Range.Map(range => range.Max));
        Regions.IfSome(regions =>
        {
            json.With("aupro", regions.Aupro);
            json["fpr_limit"] = regions.FprLimit;
            json["regions"] = regions.Regions;
        });
        return json;
    }

    public Seq<(string Name, string Value)> Numbers(Settings settings) =>
        Seq(
            ("rows", Text.Whole(Rows)),
            ("anomalous", Text.Whole(Positives)),
            ("AUROC", Text.Rate(Auroc)),
            ("AUPR", Text.Rate(Aupr)),
            ("average precision", Text.Rate(AveragePrecision))
        )
        + Regions
            .ToSeq()
            .Bind(regions =>
                Seq(
                    ("AUPRO, FPR up to " + Text.Exact(regions.FprLimit), Text.Rate(regions.Aupro)),
                    ("regions", Text.Whole(regions.Regions))
                )
            )
        + Seq(
            ("optimal F1", Text.Rate(OptimalF1)),
            (
                $"threshold (anomalous: score {(settings.LowerIsAnomalous ? "≤" : "≥")} it)",
                Text.Exact(Threshold) + (IsDefault ? " (default)" : "")
            ),
            ("smallest score", Range.Match(range => Text.Exact(range.Min), _ => Text.Undefined)),
            ("largest score", Range.Match(range => Text.Exact(range.Max), _ => Text.Undefined))
        );
}
