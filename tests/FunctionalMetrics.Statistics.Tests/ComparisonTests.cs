using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Statistics.Tests;

/// <summary>What a comparison says follows from its numbers.</summary>
public class ComparisonTests
{
    private static readonly ComparisonRules Quick = new() { Replicates = 200, Margin = 0.1 };

    [Fact]
    public void The_order_of_rows_does_not_matter_to_any_number()
    {
        var (labels, a, b) = Rows(new Random(1), 12, 0);
        int[] order = [.. Enumerable.Range(0, labels.Length).OrderBy(i => i * 7 % 23)];
        var plain = Valid.Of(Comparison.OfRows(["a", "b"], Valid.Rows(labels, a, b), Quick));
        var shuffled = Valid.Of(
            Comparison.OfRows(
                ["a", "b"],
                Valid.Rows([.. order.Select(i => labels[i])], [.. order.Select(i => a[i])], [.. order.Select(i => b[i])]),
                Quick
            )
        );
        Assert.Contains(plain.Pairs, pair => pair.Method == ComparedPair.BootstrapMethod);
        Assert.Equal(plain.Pairs.Select(Numbers), shuffled.Pairs.Select(Numbers));
    }

    [Fact]
    public void None_is_said_to_be_higher_where_the_interval_holds_0_or_the_corrected_p_is_large()
    {
        var said = 0;
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var (labels, a, b) = Rows(random, 15, seed / 6.0);
            var c = Rows(random, 15, 0).B;
            foreach (var pair in Valid.Of(Comparison.OfRows(["a", "b", "c"], Valid.Rows(labels, a, b, c), Quick)).Pairs)
            {
                var holds0 = pair.Interval.Exists(found => found.Exists(between => between.Contains(0)));
                var isSaid = pair.Verdict.Contains("higher", StringComparison.Ordinal);
                Assert.False(isSaid && (holds0 || pair.PHolm.IfNone(1) >= 0.05));
                Assert.True(pair.PHolm.IfNone(0) >= pair.P.IfFail(0));
                said += isSaid ? 1 : 0;
            }
        }
        Assert.InRange(said, 1, int.MaxValue);
    }

    [Fact]
    public void Decisions_name_what_flips_and_the_model_that_is_right()
    {
        var rows = Valid.Rows([false, false, true, true], [1, 2, 2, 3], [1, 1, 3, 1]);
        var pair = Valid
            .Of(Comparison.OfRows(["a", "b"], rows, Quick with { Thresholds = [2, 2] }, ["w", "x", "y", "z"]))
            .Pairs.Single(found => found.Method == ComparedPair.McNemarMethod);
        Assert.Equal([new Flip("x", "b"), new Flip("z", "a")], pair.Flipped.AsEnumerable());
        Assert.Equal(
            (0.75, 0.75, 0.0, 1.0),
            (Valid.Of(pair.ValueOfA), Valid.Of(pair.ValueOfB), Valid.Of(pair.Difference), Valid.Of(pair.P))
        );
    }

    [Fact]
    public void What_is_asked_wrongly_is_refused()
    {
        var rows = Valid.Rows([false, true], [1, 2], [2, 1]);
        Assert.True(Comparison.OfRows(["a"], rows).IsFail);
        Assert.True(Comparison.OfRows(["a", "b", "c"], rows).IsFail);
        Assert.True(Comparison.OfRows(["a", "b"], rows, Quick with { Thresholds = [1] }).IsFail);
        Assert.True(Comparison.OfRows(["a", "b"], rows, Quick with { Margin = -1 }).IsFail);
        Assert.True(Comparison.OfRows(["a", "b"], rows, Quick with { Level = 1 }).IsFail);
    }

    private static string Numbers(ComparedPair pair) =>
        $"{pair.Level} {pair.Metric} {pair.Difference} {pair.Interval} {pair.P} {pair.Equivalence}";

    /// <summary>As many rows of each class; both models see the same thing with noise of their own, the first one more clearly.</summary>
    private static (bool[] Labels, double[] A, double[] B) Rows(Random random, int ofAClass, double ahead)
    {
        bool[] labels = [.. Enumerable.Range(0, 2 * ofAClass).Select(i => i % 2 == 1)];
        double[] seen = [.. labels.Select(label => (label ? 1 : 0) + Noise(random))];
        return (labels, [.. seen.Select((x, i) => x + (labels[i] ? ahead : 0) + Noise(random))], [.. seen.Select(x => x + Noise(random))]);
    }

    /// <summary>About normal, with variance 1.</summary>
    private static double Noise(Random random) => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
}
