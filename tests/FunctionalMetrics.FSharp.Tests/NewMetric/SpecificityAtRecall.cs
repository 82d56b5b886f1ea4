using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// The largest share of normal rows called normal by a threshold that finds a given share of the anomalous ones, of n scores and labels (or
/// of N x H x W pixels): a number in [0, 1].
/// <para>Formula: the maximum of tn / N over thresholds with tp / P >= recall.</para>
/// <para>Undefined without an anomalous or without a normal row. Fails with <see cref="OutOfRange"/> for a recall outside [0, 1].</para>
/// <para>Source: torchmetrics' SpecificityAtSensitivity.</para>
/// </summary>
public static class SpecificityAtRecall
{
    /// <summary>The metric at a recall of 0.95.</summary>
    public static Metric<ScoreBatch, RankState, SpecificityAtRecallResult> Metric { get; } = Of();

    /// <summary>What evaluations show of it.</summary>
    public static EvaluationNumber Number { get; } =
        EvaluationNumber.Rate("specificity_at_recall", "specificity at recall 0.95", 450, At(0.95));

    /// <summary>The metric at another recall.</summary>
    /// <param name="recall">The share of anomalous rows to be found, in [0, 1].</param>
    public static Metric<ScoreBatch, RankState, SpecificityAtRecallResult> Of(double recall = 0.95) =>
        At(recall)
            .Metric(state =>
            {
                var (threshold, counts) = First(recall).Over(state.Sweep);
                return new SpecificityAtRecallResult(threshold, counts);
            });

    private static RankNumber At(double recall)
    {
        var rate = FprLimit.CheckRate("the recall", recall);
        var number = new SweepNumber<(double, ConfusionMatrix Counts)>(
            First(rate.IfFail(1)),
            (found, of) => new(found.Counts.TrueNegatives, of.Negatives)
        );
        return new("specificity at recall", Needs.BothClasses, number)
        {
            Problem = rate.Match(_ => Option<MetricError>.None, error => (MetricError)error),
        };
    }

    /// <summary>The highest threshold that finds enough: of two parts the first that has one.</summary>
    private static Reduction<(double Threshold, ConfusionMatrix Counts)> First(double recall) =>
        new(default, sweep => In(sweep, recall), (above, below) => above.Counts.Rows > 0 ? above : below);

    private static (double, ConfusionMatrix) In(ThresholdSweep sweep, double recall)
    {
        var (numerator, denominator) = Ratio.Exact(recall);
        var enough = (long)((numerator * sweep.Positives + denominator - 1) / denominator);
        var step = Ascending.UpTo(sweep.TruePositives, enough - 1);
        return step < sweep.Count ? (sweep.Thresholds[step], sweep.CountsAt(step)) : default;
    }
}

/// <summary>A specificity and where it is reached. Compared by value; immutable.</summary>
/// <param name="Threshold">Scores of at least this are called anomalous.</param>
/// <param name="Counts">tp, fp, fn and tn there.</param>
public sealed record SpecificityAtRecallResult(double Threshold, ConfusionMatrix Counts)
{
    /// <summary>tn / N, in [0, 1].</summary>
    [Headline]
    public double Value => Ratio.Round(Counts.TrueNegatives, Counts.TrueNegatives + Counts.FalsePositives);
}
