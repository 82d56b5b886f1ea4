using System.Collections.Immutable;
using System.Numerics;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static System.FormattableString;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>Rules that look at normal scores alone: a validation folder of good images is enough.</summary>
public static class NormalScoreRules
{
    /// <summary>MVTec AD 2's rule.</summary>
    public static RuleForm Sigma { get; } =
        RuleForm.Of(
            "sigma:3",
            [Deviations],
            values => new((_, rows, _) => MeanAndDeviations(rows, Fraction.OfDecimal(values[0]))),
            Needs.NormalRow,
            "K standard deviations above the mean of the normal scores (MVTec AD 2 takes 3); good data are enough",
            "mean + K std of the normal scores, with divisor N"
        );

    /// <summary>The same of logarithms.</summary>
    public static RuleForm LogSigma { get; } =
        RuleForm.Of(
            "log-sigma:3",
            [Deviations],
            values => new((name, rows, isNegated) => OfLogarithms(name, rows, isNegated, Fraction.OfDecimal(values[0]))),
            Needs.NormalRow,
            "the same of the logarithms of the normal scores, which must be above 0; good data are enough",
            "exp(mean + K std) of their logarithms, with divisor N - 1; exp(mean - K std) where low scores are anomalous"
        );

    /// <summary>A quantile.</summary>
    public static RuleForm Quantile { get; } =
        RuleForm.Of(
            "quantile:0.99",
            [RuleArgument.Share("Q", "quantile")],
            values => new((_, rows, _) => OfOrder(rows, Fraction.OfDecimal(values[0]))),
            Needs.NormalRow,
            "a quantile of the normal scores; good data are enough",
            "between the normal scores around place (N - 1) Q, linearly, as numpy's"
        );

    /// <summary>Split conformal prediction.</summary>
    public static RuleForm Conformal { get; } =
        RuleForm.Of(
            "conformal:0.01",
            [new("ALPHA", "alpha", value => value is > 0 and < 1, "(0, 1)")],
            values => new((name, rows, _) => Exchangeable(name, rows, values[0])),
            Needs.NormalRow,
            "a new normal row or image is flagged with probability ALPHA at most, ties or not; good data are enough",
            "the next number above the normal score of place ceil((1 - ALPHA)(N + 1)) from the lowest",
            isOfRowsOnly: true
        );

    private static RuleArgument Deviations => new("K", "k", double.IsFinite, "(-inf, inf)");

    /// <summary>How many normal rows a promise of conformal prediction needs: ceil(1 / alpha) - 1.</summary>
    public static long ConformalRows(double alpha) =>
        Fraction.OfDecimal(alpha) is var share
            ? (long)BigInteger.Min((share.Denominator + share.Numerator - 1) / share.Numerator - 1, long.MaxValue)
            : 0;

    /// <summary>
    /// Which normal score, from the lowest, conformal prediction flags what lies above: ceil((1 - alpha)(n + 1)). Fails with <see cref="TooFewNormalScores"/> where
    /// that is above n, and with <see cref="OutOfRange"/> unless 0 &lt; alpha &lt; 1 and n is at least 0.
    /// </summary>
    /// <param name="normal">n, how many normal scores there are.</param>
    /// <param name="alpha">The rate that is promised, taken as the decimal that it is written as.</param>
    public static Fin<long> ConformalRank(long normal, double alpha) =>
        alpha is not (> 0 and < 1) ? new OutOfRange("alpha", alpha, "(0, 1)")
        : normal < 0 ? new OutOfRange("the number of normal scores", normal, "[0, inf)")
        : Rank(Invariant($"conformal:{alpha}"), normal, alpha);

    private static Fin<long> Rank(string name, long normal, double alpha) =>
        Fraction.OfDecimal(alpha).Rest.Ceiling(normal + 1) is var rank && rank > normal
            ? new TooFewNormalScores(name, Invariant($"a promise of {alpha}"), ConformalRows(alpha), normal)
            : rank;

    private static Fin<ChosenPoint> MeanAndDeviations(RankState rows, Fraction deviations)
    {
        var range = ExtremaState.Of(new Scores([.. rows.NegativeKeys.Chunks])).Range;
        return new ChosenPoint(
            ExactMoments.Of(rows.NegativeKeys).MeanAndDeviations(deviations) + 0.0,
            range.Exists(ends => ends.Min.Equals(ends.Max)) ? "all normal scores are the same, so every normal row is flagged" : ""
        );
    }

    private static Fin<ChosenPoint> OfLogarithms(string name, RankState rows, bool isNegated, Fraction deviations)
    {
        var chunks = rows.NegativeKeys.Chunks.Select(chunk => isNegated ? chunk.Ungrouped.Negated : chunk);
        var sums = chunks.Select(LogSums.Of).Aggregate(LogSums.Empty, LogSums.Merge);
        if (sums.NonPositive > 0)
            return new NonPositiveScores(name, sums.NonPositive, sums.Count);
        if (sums.Count < 2)
            return new TooFewNormalScores(name, "a standard deviation", 2, sums.Count);
        // x = (sum +- k sqrt(n / (n - 1) (n squares - sum^2))) / n, in multiples of 2^-60; the root in those of 2^-188.
        var (n, sum) = ((BigInteger)sums.Count, (BigInteger)sums.Sum);
        var square = deviations.Numerator * deviations.Numerator * n * (n * sums.Squares.ToBigInteger() - sum * sum);
        var root = Ratio.FloorOfRoot((square << (2 * FixedExp.FractionBits)) / (n - 1)) * deviations.Numerator.Sign;
        var x =
            ((deviations.Denominator * sum << FixedExp.FractionBits) + (isNegated ? -root : root))
            / (deviations.Denominator * n << FixedLog.FractionBits);
        var threshold = FixedExp.Of(x);
        return new ChosenPoint(isNegated ? 0 - threshold : threshold);
    }

    private static Fin<ChosenPoint> OfOrder(RankState rows, Fraction share)
    {
        var below = share.Floor(rows.Negatives - 1);
        var above = Math.Min(below + 1, rows.Negatives - 1);
        var scores = rows.NormalScores([rows.Negatives - below, rows.Negatives - above]);
        var ((low, lowUnit), (high, highUnit)) = (Ratio.Exact(scores[0]), Ratio.Exact(scores[1]));
        // low + (high - low) h, with h what (N - 1) Q has after its whole part.
        var h = share.Numerator * (rows.Negatives - 1) - share.Denominator * below;
        return new ChosenPoint(
            Ratio.Round(low * highUnit * share.Denominator + (high * lowUnit - low * highUnit) * h, lowUnit * highUnit * share.Denominator)
                + 0.0
        );
    }

    private static Fin<ChosenPoint> Exchangeable(string name, RankState rows, double alpha) =>
        Rank(name, rows.Negatives, alpha)
            .Map(rank => new ChosenPoint(Math.BitIncrement(rows.NormalScores([rows.Negatives - rank + 1])[0]) + 0.0));

    /// <summary>The scores of normal rows by their places from the highest down.</summary>
    internal static ImmutableArray<double> NormalScores(this RankState rows, ImmutableArray<long> places) =>
        [
            .. NormalRows
                .Find(places, rows.NegativeKeys.IsWide, thresholds => KeyBag.CountAtLeast(rows.NegativeKeys, thresholds))
                .IfFail([])
                .Select(found => found.Score),
        ];
}
