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

    /// <summary>Also where two models give the same scores to other rows of a class, so that neither comes first by its scores alone.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_order_of_models_negates_differences_and_changes_no_p(bool sameScores)
    {
        var (labels, a, b) = Rows(new Random(2), 12, 0.4);
        var c = Rows(new Random(3), 12, 0).B;
        if (sameScores)
            b = [.. Enumerable.Range(0, a.Length).Select(i => a[(i + 6) % a.Length])];
        string[] names = ["a", "b", "c"];
        double[][] scores = [a, b, c];
        var plain = Numbered([0, 1, 2]);
        foreach (
            var order in (int[][])
                [
                    [0, 2, 1],
                    [1, 0, 2],
                    [1, 2, 0],
                    [2, 0, 1],
                    [2, 1, 0],
                ]
        )
            Assert.Equal(plain, Numbered(order));

        // Each pair as the one whose name comes first has it.
        string[] Numbered(int[] order) =>
            [
                .. Valid
                    .Of(
                        Comparison.OfRows(
                            [.. order.Select(i => names[i])],
                            Valid.Rows(labels, [.. order.Select(i => scores[i])]),
                            Quick with
                            {
                                Thresholds = [1, 1, 1],
                            }
                        )
                    )
                    .Pairs.Select(pair =>
                    {
                        var sign = string.CompareOrdinal(pair.A, pair.B) < 0 ? 1 : -1;
                        var interval = pair.Interval.Match(found => Valid.Of(found), () => new(0, 0));
                        var ends = sign > 0 ? (interval.Lower, interval.Upper) : (0 - interval.Upper, 0 - interval.Lower);
                        string[] both = [pair.A, pair.B];
                        return $"{string.Concat(both.Order())} {pair.Metric} {sign * Valid.Of(pair.Difference) + 0.0:R} {ends.Item1:R} {ends.Item2:R} {Valid.Of(pair.P):R} {pair.PHolm} {pair.Equivalence}";
                    })
                    .Order(StringComparer.Ordinal),
            ];
    }

    [Fact]
    public void Pairs_without_a_test_are_not_of_Holms_family_and_that_is_said()
    {
        bool[] labels = [false, false, false, true, true, true];
        var result = Valid.Of(
            Comparison.OfRows(
                ["a", "b", "c"],
                Valid.Rows(labels, [1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1], [1, 3, 5, 2, 4, 6]),
                Quick with
                {
                    Replicates = 0,
                }
            )
        );
        Assert.Equal([false, true, true], result.Pairs.Select(pair => pair.P.IsSucc));
        Assert.Contains("image AUROC: 2 of 3 pairs have a test; Holm's correction is over those 2.", result.Notes);
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
