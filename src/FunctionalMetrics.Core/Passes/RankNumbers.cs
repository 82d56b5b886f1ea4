using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// The numbers of scores and labels, each the one that its metric gives, to the bit; where a metric is undefined, why. Compared by value;
/// immutable.
/// </summary>
/// <param name="Positives">P, how many rows were labelled anomalous.</param>
/// <param name="Negatives">N, how many rows were labelled normal.</param>
/// <param name="Auroc"><see cref="Core.Auroc"/>.</param>
/// <param name="Aupr"><see cref="Core.Aupr"/>.</param>
/// <param name="AveragePrecision"><see cref="Core.AveragePrecision"/>.</param>
/// <param name="OptimalF1"><see cref="Core.OptimalF1"/>.</param>
/// <param name="Threshold"><see cref="AdaptiveThreshold"/>.</param>
/// <param name="IsDefault">Whether that is only the default.</param>
/// <param name="Counts">tp, fp, fn and tn there.</param>
/// <param name="Extrema">The smallest and the largest score.</param>
public sealed record RankNumbers(
    long Positives,
    long Negatives,
    Fin<double> Auroc,
    Fin<double> Aupr,
    Fin<double> AveragePrecision,
    Fin<double> OptimalF1,
    double Threshold,
    bool IsDefault,
    ConfusionMatrix Counts,
    ExtremaState Extrema
)
{
    /// <summary>How many rows there are.</summary>
    public long Rows => Positives + Negatives;

    /// <summary>The numbers of a state.</summary>
    /// <param name="state">The rows.</param>
    /// <param name="defaultThreshold">The threshold where no row is anomalous.</param>
    public static RankNumbers Of(RankState state, double defaultThreshold = AdaptiveThreshold.DefaultValue)
    {
        var adaptive = AdaptiveThreshold.WithDefault(defaultThreshold).Compute(state).ThrowIfFail();
        return new(
            state.Positives,
            state.Negatives,
            Core.Auroc.Metric.Compute(state).Map(roc => roc.Area),
            Core.Aupr.Metric.Compute(state).Map(curve => curve.Area),
            Core.AveragePrecision.Metric.Compute(state).Map(result => result.Value),
            Core.OptimalF1.Metric.Compute(state).Map(result => result.F1),
            adaptive.Threshold,
            adaptive.IsDefault,
            adaptive.Counts,
            state.Extrema
        );
    }

    /// <summary>The numbers of a table and what was summed.</summary>
    /// <param name="table">All rows.</param>
    /// <param name="sums">The sums over all thresholds.</param>
    /// <param name="atLeast">Where no row is anomalous: how many normal ones are at least the default threshold.</param>
    /// <param name="defaultThreshold">The threshold there.</param>
    internal static RankNumbers Of(BucketTable table, SweepSums sums, long atLeast, double defaultThreshold)
    {
        var (positives, negatives) = table.Rows;
        var (threshold, counts) =
            positives > 0 ? sums.Optimum : (defaultThreshold + 0.0, new ConfusionMatrix(0, atLeast, 0, negatives - atLeast));
        return new(
            positives,
            negatives,
            Value(Core.Auroc.Metric.Name, true, () => sums.Auroc),
            Value(Core.Aupr.Metric.Name, false, () => sums.PrecisionAreas.Trapezoids),
            Value(Core.AveragePrecision.Metric.Name, false, () => sums.PrecisionAreas.Steps),
            Value(Core.OptimalF1.Metric.Name, false, () => counts.F1.IfFail(0)),
            threshold,
            positives == 0,
            counts,
            ExtremaState.Between(table.Lowest, table.Highest)
        );

        Fin<double> Value(string metric, bool needsNormal, Func<double> value) =>
            RankState.Refusal(metric, needsNormal, positives, negatives).Match(Prelude.FinFail<double>, () => value());
    }
}
