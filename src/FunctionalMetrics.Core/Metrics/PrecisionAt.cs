using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The share of anomalous rows among the n highest, expected over all orders of tied rows, of scores and labels (or of N x H x W pixels): a number
/// in [0, 1].
/// <para>
/// Formula: (tp above + (n - rows above) x share of anomalous rows in the tied block) / n; the block is that of the n-th row, and its score is the
/// threshold.
/// </para>
/// <para>Undefined without a row; one class may be missing. Fails with <see cref="OutOfRange"/> for an n below 1 or above the number of rows.</para>
/// <para>Source: precision at k of information retrieval, with ties as in McSherry and Najork, "Computing information retrieval performance measures
/// efficiently in the presence of tied scores", 2008.</para>
/// </summary>
public static class PrecisionAt
{
    /// <summary>The metric of the 10 highest rows; its result gives the share, the threshold and the counts there.</summary>
    public static Metric<ScoreBatch, RankState, RateAtThreshold> Metric { get; } = Top();

    /// <summary>How it is asked for by name.</summary>
    public static NumberForm Form { get; } =
        NumberForm.Of(
            "precision@n=N",
            "precision@n=10",
            "share of anomalies among the N highest rows, expected over the order of ties",
            "(tp above + (N - rows above) x share of anomalies in the tied block) / N",
            values => Share(values[0])
        );

    /// <summary>The metric of the n highest rows. All share one state.</summary>
    /// <param name="n">How many, 1 at least; others are refused, and so are data of fewer rows.</param>
    public static Metric<ScoreBatch, RankState, RateAtThreshold> Top(int n = 10) => Share(n).Metric();

    /// <summary>
    /// The same in bounded memory, an interval in [0, 1] that is certain to hold it: the normal rows of each bin come before its anomalous ones
    /// (lower), or after them (upper), and are tied with them where the bin has seen one score only; rounded outward.
    /// </summary>
    /// <param name="bits">The resolution: scores are counted in 2^bits bins, from 1 to 24; others are refused.</param>
    /// <param name="n">How many, 1 at least; others are refused, and so are data of fewer rows.</param>
    public static Metric<ScoreBatch, BoundedRankState, Interval> Bounded(int bits = BoundedRankState.DefaultBits, int n = 10) =>
        Share(n).Bounded(bits);

    private static RankNumber Share(double n)
    {
        var whole = n is >= 1 and <= 1L << 53 && n == Math.Floor(n);
        return new("precision at n", Needs.Row, TopRows.Share(whole ? (long)n : 1))
        {
            Problem = whole ? None : Some<MetricError>(new OutOfRange("n", n, "[1, the number of rows], and whole")),
        };
    }
}
