using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Statistics;

/// <summary>
/// Wilcoxon's signed rank test, two-sided, of pairs of numbers: whether differences lie about 0. Differences of 0 are left out and counted; the others are ranked by their distance from 0, ties
/// at their mean rank. To 50 differences p is exact over all signs of these ranks; above, W is normal about Sum r / 2 with variance Sum r^2 / 4, without correction for continuity. Differences
/// are compared without rounding. Values of scipy's <c>wilcoxon(zero_method="wilcox")</c>. Source: Wilcoxon, Biometrics Bulletin 1 (1945).
/// </summary>
public static class Wilcoxon
{
    private const int MostExact = 50;

    /// <summary>The test. Fails with <see cref="OutOfRange"/> where the two have not as many values, or one is not finite.</summary>
    /// <param name="a">The values of one model.</param>
    /// <param name="b">The values of another, in the same order.</param>
    public static Fin<SignedRanks> Test(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
            return new OutOfRange(
                "the number of values of the second model",
                b.Length,
                FormattableString.Invariant($"[{a.Length}, {a.Length}]")
            );
        var (kept, zeros) = (new List<(double High, double Low)>(a.Length), 0L);
        for (var i = 0; i < a.Length; i++)
        {
            if (!double.IsFinite(a[i]) || !double.IsFinite(b[i]))
                return new OutOfRange(
                    FormattableString.Invariant($"value {i} of a model"),
                    double.IsFinite(a[i]) ? b[i] : a[i],
                    "the finite numbers"
                );
            if (a[i] == b[i])
                zeros++;
            else
                kept.Add(Exactly(a[i], b[i]));
        }
        if (kept.Count == 0)
            return new SignedRanks(1, 0, zeros, 0);
        var (doubled, plus) = Ranks(kept);
        var whole = doubled.Sum();
        var p = kept.Count <= MostExact ? Exact(doubled, Math.Min(plus, whole - plus)) : Normal(doubled, plus, whole);
        return new SignedRanks(p, kept.Count, zeros, plus / 2.0);
    }

    /// <summary>a - b and what rounding took from it: an order by both is that of the differences themselves.</summary>
    private static (double High, double Low) Exactly(double a, double b)
    {
        var high = a - b;
        var back = high - a;
        return (high, a - (high - back) - (b + back));
    }

    /// <summary>Twice the rank of each distance from 0, and the sum of those of positive differences.</summary>
    private static (long[] Doubled, long Plus) Ranks(List<(double High, double Low)> differences)
    {
        var sorted = differences
            .Select(d => (IsPlus: d.High > 0, Size: d.High > 0 ? d : (-d.High, 0 - d.Low)))
            .OrderBy(d => d.Size)
            .ToArray();
        var doubled = new long[sorted.Length];
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end].Size == sorted[start].Size; end++) { }
            doubled.AsSpan(start, end - start).Fill(start + end + 1);
        }
        return (doubled, sorted.Zip(doubled, (d, rank) => d.IsPlus ? rank : 0).Sum());
    }

    private static double Exact(long[] doubled, long least)
    {
        // At most 2^50 ways in all.
        var ways = new long[doubled.Sum() + 1];
        ways[0] = 1;
        foreach (var rank in doubled)
            for (var sum = ways.Length - 1; sum >= rank; sum--)
                ways[sum] += ways[sum - rank];
        return Math.Min(1, Math.ScaleB(2.0 * ways.Take((int)least + 1).Sum(), -doubled.Length));
    }

    private static double Normal(long[] doubled, long plus, long whole)
    {
        var squares = doubled.Aggregate(Int128.Zero, (sum, rank) => sum + (Int128)rank * rank);
        return Math.Min(1, 2 * Student.Tail((plus - whole / 2.0) / Math.Sqrt((double)squares / 4), double.PositiveInfinity));
    }
}

/// <summary>What Wilcoxon's signed rank test found. Compared by value; immutable.</summary>
/// <param name="P">The chance of ranks as uneven, were differences as often above 0 as below; 1 where all are 0.</param>
/// <param name="Differences">How many differences are not 0.</param>
/// <param name="Zeros">How many are 0, and left out.</param>
/// <param name="Plus">W+, the sum of the ranks of those above 0.</param>
public sealed record SignedRanks(double P, long Differences, long Zeros, double Plus);
