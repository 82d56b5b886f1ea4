using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// The mean of the true positive rate over the logarithm of the false positive rate, between two small rates, of n scores and labels (or of
/// N x H x W pixels): a number in [0, 1].
/// <para>
/// Formula: the integral of tpr over ln fpr in [ln lo, ln hi], divided by ln(hi / lo); the ROC curve is straight in fpr between its points, so a piece
/// y = a + b x from x1 to x2 gives a ln(x2 / x1) + b (x2 - x1). Error below 2^-50 / ln(hi / lo).
/// </para>
/// <para>
/// Undefined without an anomalous or without a normal row (<see cref="Undefined"/>), and where lo N is below 1 (<see cref="TooFewNormalRows"/>). Fails
/// with <see cref="OutOfRange"/> unless 0 &lt; lo &lt; hi &lt;= 1.
/// </para>
/// <para>
/// Source: torchmetrics' LogAUC, which is straight in ln fpr instead: the same unless a tie joins the classes, and too high then.
/// </para>
/// </summary>
public static class LogAuroc
{
    private const double DefaultLo = 0.001;
    private const double DefaultHi = 0.1;

    /// <summary>The metric between false positive rates of 0.001 and 0.1.</summary>
    public static Metric<ScoreBatch, RankState, LogAurocResult> Metric { get; } = Between();

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of(
            "logauroc@LO:HI",
            "logauroc@0.001:0.1",
            "mean true positive rate over ln of the false positive rate from LO to HI",
            "integral of tpr over ln fpr in [ln LO, ln HI] / ln(HI / LO)",
            values => Area(values[0], values[1])
        );

    /// <summary>The metric between other rates. All share one state.</summary>
    /// <param name="lo">The lower false positive rate, above 0.</param>
    /// <param name="hi">The upper one, above the lower one and at most 1; others are refused.</param>
    public static Metric<ScoreBatch, RankState, LogAurocResult> Between(double lo = DefaultLo, double hi = DefaultHi)
    {
        var area = Area(lo, hi);
        return area.Metric(state => new LogAurocResult(area.Number.Of(state.Sweep)));
    }

    /// <summary>
    /// The same in bounded memory, an interval in [0, 1] that is certain to hold it: the normal rows of each bin come before its anomalous ones
    /// (lower), or after them (upper), and are tied with them where the bin has seen one score only; rounded outward.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    /// <param name="lo">The lower false positive rate, above 0.</param>
    /// <param name="hi">The upper one, above the lower one and at most 1; others are refused.</param>
    public static Metric<ScoreBatch, BoundedRankState, Interval> Bounded(
        int bits = BoundedRankState.DefaultBits,
        double lo = DefaultLo,
        double hi = DefaultHi
    ) => Area(lo, hi).Bounded(bits);

    private static RankNumber Area(double lo, double hi)
    {
        var problem = LogArea.Problem(lo, hi);
        return new("log AUROC", Needs.BothClasses, problem.IsNone ? LogArea.Between(lo, hi) : LogArea.Between(DefaultLo, DefaultHi))
        {
            Problem = problem,
        };
    }
}

/// <summary>An area under the ROC curve over the logarithm of the false positive rate. Compared by value; immutable.</summary>
/// <param name="Value">The mean true positive rate, in [0, 1].</param>
public sealed record LogAurocResult([property: Headline] double Value);
