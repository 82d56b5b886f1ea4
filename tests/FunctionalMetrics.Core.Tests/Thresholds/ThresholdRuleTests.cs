using System.Globalization;
using System.Text.Json;
using FunctionalMetrics.Laws;
using LanguageExt;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Rules that choose a threshold: what their definitions give, tried on every score; errors; and what the chosen threshold says.</summary>
public class ThresholdRuleTests
{
    /// <summary>Each rule with arguments that mean something among a few rows.</summary>
    internal static readonly string[] Rules =
    [
        .. "f1 f-beta:2 f-beta:0.5 f-beta:0.123456789012 youden max-fpr:0 max-fpr:0.3 max-fpr:1 min-recall:0 min-recall:0.5 min-recall:1".Split(
            ' '
        ),
        .. "min-precision:0 min-precision:0.6 min-precision:1 cost:10:1 cost:1:10 cost:0:1 cost:1:0 cost:10:1:0.02 cost:1:1:0 cost:1:1:1".Split(
            ' '
        ),
        .. "cost:1.23456789012345e17:3.1e-11 sigma:0 sigma:3 sigma:-1.5 log-sigma:3 log-sigma:0.5 quantile:0 quantile:0.3 quantile:0.99 quantile:1".Split(
            ' '
        ),
        .. "conformal:0.5 conformal:0.1 conformal:0.01".Split(' '),
    ];

    public static TheoryData<string> All => [.. Rules];

    public static TheoryData<string> Cases => GoldenFile.Names("thresholds.json");

    [Theory, MemberData(nameof(Cases))]
    public void Golden_values_are_met_to_the_bit_and_logarithms_to_1e_12(string name)
    {
        var golden = GoldenFile.Case("thresholds.json", name);
        var state = RankState.Of(
            Batching.Rows([.. golden.Numbers("scores").Zip(golden.GetProperty("labels").Labels(), (s, y) => new Row(s, y))])
        );
        foreach (var expected in golden.EnumerateObject().Where(property => property.Name is not ("name" or "scores" or "labels")))
        {
            var found = Choose(expected.Name, state);
            if (expected.Value.ValueKind == JsonValueKind.Null)
                Assert.True(found.IsFail, $"{expected.Name} of {name} has a threshold");
            else
                Agree(
                    expected.Value.ValueKind == JsonValueKind.String ? double.PositiveInfinity : expected.Value.GetDouble(),
                    found.ThrowIfFail().Value,
                    expected.Name
                );
        }
    }

    /// <summary>F2 of 1 of 2 found without an alarm, and of 2 of 2 with 8 alarms: 5 / 9.</summary>
    [Fact]
    public void Of_equal_values_the_lowest_threshold_counts_also_where_parts_of_a_sweep_meet()
    {
        Row[] rows = [new(10, true), .. Enumerable.Range(2, 8).Select(score => new Row(score, false)), new(1, true)];
        var state = RankState.Of(Batching.Rows(rows));
        Assert.Equal(1, Choose("f-beta:2", state).ThrowIfFail().Value);
        Assert.Equal(1, Choose("cost:8:1", state).ThrowIfFail().Value);
        foreach (var reduction in new[] { BestCounts.FBeta(Numerics.Fraction.OfDecimal(2)), BestCounts.LeastCost(8, 1) })
        {
            var running = new Reduction<(double Threshold, ConfusionMatrix Counts)>.Running(reduction, (10, new(1, 0, 1, 8)));
            running.Add(state.Sweep);
            Assert.Equal((1, new ConfusionMatrix(2, 8, 0, 0)), running.Sum);
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Any_rows_in_any_batches_and_either_direction_give_what_the_definition_gives(string rule) =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var choices = new Choices(seed);
                var lower = choices.Once(2);
                // Logarithms are of the scores as given.
                var rows = (
                    rule.StartsWith("log", StringComparison.Ordinal) && choices.Once(2) ? sample.Map(x => Math.Abs(x) + 0.25) : sample
                ).Rows;
                var state = Batching
                    .Cut<ScoreBatch>(new(rows, []), choices)
                    .Select(batch => RankState.Of(lower ? batch.Negated : batch))
                    .Aggregate(RankState.Empty, RankState.Merge);
                var found = Choose(rule, state, lower);
                Row[] ranked = [.. rows.Select(row => row with { Score = lower ? 0 - row.Score : row.Score + 0.0 })];
                var expected = RuleOracle.Threshold(rule, ranked, lower);
                Assert.Equal(expected.HasValue, found.IsSucc);
                if (found.Case is not Threshold threshold)
                    return;
                var value = lower ? 0 - threshold.Value : threshold.Value;
                if (rule.StartsWith("sigma", StringComparison.Ordinal))
                    RuleOracle.IsSigma(value, rule, ranked);
                else
                    Agree(expected!.Value, value, rule);
                Same.Bits(threshold.Value + 0.0, threshold.Value, "no -0");
                var flagged = rows.Select(row => (row.Label, Flagged: threshold.Flags(row.Score))).ToList();
                Assert.Equal(
                    new ConfusionMatrix(
                        flagged.Count(row => row is (true, true)),
                        flagged.Count(row => row is (false, true)),
                        flagged.Count(row => row is (true, false)),
                        flagged.Count(row => row is (false, false))
                    ),
                    threshold.Counts
                );
                Same.Bits(rows.Min(row => row.Score) + 0.0, threshold.Min, "min");
                Same.Bits(rows.Max(row => row.Score) + 0.0, threshold.Max, "max");
                Assert.Equal(double.IsInfinity(threshold.Value), threshold.Remark.StartsWith("it flags nothing", StringComparison.Ordinal));
                Assert.Equal(Threshold.HashOf(RankState.Of(Batching.Rows(ranked))), threshold.DataHash);
            },
            30
        );

    [Theory]
    [InlineData("max-fpr", "there is no rule 'max-fpr'; it is written max-fpr:A, such as max-fpr:0.01")]
    [InlineData("cost:1", "there is no rule 'cost:1'; it is written cost:MISS:FALSE[:Q], such as cost:10:1:0.02")]
    [InlineData("max-fpr:x", "there is no rule 'max-fpr:x'; it is written max-fpr:A, such as max-fpr:0.01")]
    [InlineData("f1:2", "there is no rule 'f1:2'; it is written f1")]
    [InlineData("max-fpr:1.5", "A of max-fpr is 1.5; it must lie in [0, 1]")]
    [InlineData("f-beta:0", "B of f-beta is 0; it must lie in (0, inf)")]
    [InlineData("conformal:1", "ALPHA of conformal is 1; it must lie in (0, 1)")]
    [InlineData("cost:-1:2", "MISS of cost is -1; it must lie in [0, inf)")]
    [InlineData("cost:0:0", "MISS of cost is 0; it must lie in (0, inf) where FALSE is 0")]
    [InlineData("cost:1:1:2", "Q of cost is 2; it must lie in [0, 1]")]
    public void A_text_that_is_no_rule_says_how_it_is_written(string text, string message) =>
        Assert.Equal(message, RuleForm.Parse(text).Match(rule => rule.Text, error => error.Message));

    [Fact]
    public void An_unknown_rule_names_those_there_are()
    {
        var message = RuleForm.Parse("best").Match(rule => rule.Text, error => error.Message);
        Assert.All(RuleForm.All, form => Assert.Contains(form.Pattern, message, StringComparison.Ordinal));
        Assert.All(RuleForm.All, form => Assert.Equal(form.Example, RuleForm.Parse($" {form.Example}").ThrowIfFail().Text));
        Assert.Equal(11, RuleForm.All.Length);
    }

    [Fact]
    public void What_normal_rows_are_too_few_for_is_said()
    {
        var state = Normal(1, 2, 3);
        Assert.Equal(
            "threshold by conformal:0.01 is undefined: a promise of 0.01 needs 99 normal scores (seen: 3)",
            Choose("conformal:0.01", state).Match(_ => "", error => error.Message)
        );
        Assert.Equal(
            "it flags nothing: a false positive rate of 0.01 needs 100 normal scores (seen: 3)",
            Choose("max-fpr:0.01", state).ThrowIfFail().Remark
        );
        Assert.Equal(new Undefined("threshold by f1", Missing.AnomalousRow, 3), Choose("f1", state).Match(_ => null!, error => error));
        Assert.Equal(
            "threshold by log-sigma:3 is undefined: a standard deviation needs 2 normal scores (seen: 1)",
            Choose("log-sigma:3", Normal(1)).Match(_ => "", error => error.Message)
        );
        Assert.Equal(
            "all normal scores are the same, so every normal row is flagged",
            Choose("sigma:3", Normal(0.1, 0.1, 0.1)).ThrowIfFail().Remark
        );
        Assert.Equal(0.1, Choose("sigma:3", Normal(0.1, 0.1, 0.1)).ThrowIfFail().Value);
    }

    [Fact]
    public void Conformal_prediction_is_not_for_pixels_and_other_rules_know_their_level()
    {
        var maps = Batching.Images([new(1, 4, [.. new[] { 0.1, 0.2, 0.3, 0.9 }], [false, false, false, true])]);
        Assert.Equal(
            new NotOfPixels("conformal:0.5"),
            ThresholdByRule.Of("conformal:0.5").Pixels().Run([maps]).Match<object>(found => found, error => error)
        );
        var pixels = ThresholdByRule.Of("quantile:0.5").Then(found => found).Pixels().Run([maps]).ThrowIfFail();
        Assert.Equal(("pixel", 0.2), (pixels.Level, pixels.Value));
        Assert.Equal("image", ThresholdByRule.Metric.Run([maps.Pixels]).ThrowIfFail().Level);
    }

    [Fact]
    public void A_conformal_promise_holds_for_each_row_left_out()
    {
        // Of n + 1 exchangeable scores at most alpha (n + 1) may be flagged by the threshold of the n others.
        double[] scores = [.. Enumerable.Range(0, 20).Select(i => (double)(i * 7 % 10))];
        var flagged = scores.Where(
            (score, i) => Choose("conformal:0.2", Normal([.. scores.Where((_, j) => j != i)])).ThrowIfFail().Flags(score)
        );
        Assert.InRange(flagged.Count(), 0, 4);
    }

    [Fact]
    public void Float32_scores_are_compared_as_they_are_and_one_that_equals_the_conformal_line_passes()
    {
        var state = RankState.Of(ScoreBatch.Create([0.1f, 0.2f, 0.7f], [false, false, false]).IfFail(_ => ScoreBatch.Empty));
        var threshold = Choose("conformal:0.25", state).ThrowIfFail();
        Same.Bits(Math.BitIncrement((double)0.7f), threshold.Value);
        Assert.False(threshold.Flags(0.7f));
        Assert.Equal(0, threshold.Counts.FalsePositives);
    }

    private static RankState Normal(params double[] scores) =>
        RankState.Of(Batching.Rows([.. scores.Select(score => new Row(score, false))]));

    private static Fin<Threshold> Choose(string rule, RankState state, bool lower = false) =>
        RuleForm.Parse(rule).Bind(parsed => Threshold.Choose(parsed, state, lowerIsAnomalous: lower));

    private static void Agree(double expected, double found, string rule)
    {
        if (!rule.StartsWith("log", StringComparison.Ordinal) || double.IsInfinity(expected) || expected == 0)
            Same.Bits(expected == 0 ? 0 : expected, found, rule); // -0 is reported as 0
        else
            Assert.True(
                Math.Abs(expected - found) <= 1e-12 * Math.Abs(expected) + double.Epsilon,
                string.Create(CultureInfo.InvariantCulture, $"{rule}: {expected:R} expected, {found:R} found")
            );
    }
}
