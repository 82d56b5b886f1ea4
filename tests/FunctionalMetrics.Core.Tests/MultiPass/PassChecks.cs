using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core.Tests;

/// <summary>What tests of several passes ask: the least limit that would do, and whether numbers are those of a state.</summary>
internal static class PassChecks
{
    public static readonly MemoryLimit Plenty = new(long.MaxValue / 2);

    public static void SameNumbers(RegionState state, LevelNumbers numbers, EvaluationSettings? settings = null)
    {
        Same(LevelNumbers.Of(state, settings ?? new()), numbers);
        SameBits(Aupro.UpTo((settings ?? new()).FprLimit).Compute(state).Map(pro => pro.Area), numbers, "aupro");
        SameNumbers(state.Rank, numbers with { Level = LevelNumbers.Image, Numbers = [.. numbers.Numbers.Where(OfRows)] }, settings);

        static bool OfRows(LevelNumber number) => number.Key is not ("aupro" or "fpr_limit" or "regions");
    }

    /// <summary>All numbers of a level are those of the state, and these are those of its metrics.</summary>
    public static void SameNumbers(RankState state, LevelNumbers numbers, EvaluationSettings? settings = null)
    {
        Same(LevelNumbers.Of(state, settings ?? new()), numbers);
        SameBits(Auroc.Metric.Compute(state).Map(roc => roc.Area), numbers, "auroc");
        SameBits(Aupr.Metric.Compute(state).Map(curve => curve.Area), numbers, "aupr");
        SameBits(AveragePrecision.Metric.Compute(state).Map(result => result.Value), numbers, "average_precision");
        SameBits(OptimalF1.Metric.Compute(state).Map(result => result.F1), numbers, "optimal_f1");
        var threshold = AdaptiveThreshold.WithDefault((settings ?? new()).DefaultThreshold).Compute(state).ThrowIfFail();
        SameBits(threshold.Threshold, numbers, "adaptive_threshold");
        SameBits(threshold.Counts.Precision, numbers, "at_threshold.precision");
        foreach (
            var (key, count) in (ReadOnlySpan<(string, double)>)
                [
                    ("rows", state.Rows),
                    ("positives", state.Positives),
                    ("adaptive_threshold_is_default", threshold.IsDefault ? 1 : 0),
                    ("at_threshold.tp", threshold.Counts.TruePositives),
                    ("at_threshold.fp", threshold.Counts.FalsePositives),
                    ("at_threshold.fn", threshold.Counts.FalseNegatives),
                    ("at_threshold.tn", threshold.Counts.TrueNegatives),
                ]
        )
            SameBits(count, numbers, key);
        SameBits(MinMax.Metric.Compute(state.Extrema).Map(range => range.Min), numbers, "min");
        SameBits(MinMax.Metric.Compute(state.Extrema).Map(range => range.Max), numbers, "max");
    }

    private static void Same(LevelNumbers expected, LevelNumbers actual)
    {
        Assert.Equal((expected.Level, expected.IsBounded), (actual.Level, actual.IsBounded));
        Assert.Equal(expected.Numbers.Select(Text), actual.Numbers.Select(Text));

        static string Text(LevelNumber number) =>
            FormattableString.Invariant($"{number.Key} {number.Title} {number.Kind} ")
            + number.Value.Match(value => $"{Bits(value.Lower)} {Bits(value.Upper)}", error => error.Message);

        static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x", null);
    }

    private static void SameBits(Fin<double> expected, LevelNumbers numbers, string key)
    {
        var actual = numbers.Find(key).IfNone(() => throw new KeyNotFoundException(key)).Map(value => value.Lower);
        Assert.Equal(expected.Match(_ => "", error => error.Message), actual.Match(_ => "", error => error.Message));
        Tests.Same.Bits(expected.IfFail(0), actual.IfFail(0));
    }

    public static long LeastFor(IReadOnlyList<ScoreBatch> batches) => Least(ExactPasses.OfRows(_ => batches.Select(FinSucc), new(0)));

    public static long Least<T>(Fin<T> refused) => Assert.IsType<TooLittleMemory>(refused.Case).Least;
}
