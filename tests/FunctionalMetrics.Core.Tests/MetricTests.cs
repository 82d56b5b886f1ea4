namespace FunctionalMetrics.Core.Tests;

/// <summary>Metrics made of metrics.</summary>
public class MetricTests
{
    [Fact]
    public void Update_is_merging_with_the_state_of_the_batch_and_Run_is_a_fold_of_it() =>
        ForAll.ThreeSamples(
            (a, b, _) =>
            {
                var (first, second) = (Batching.Rows(a.Rows), Batching.Rows(b.Rows));
                var state = Auroc.Metric.Update(Auroc.Metric.Of(first), second);
                Assert.Equal(Auroc.Metric.Merge(Auroc.Metric.Of(first), Auroc.Metric.Of(second)), state);
                Assert.Equal(Fingerprint.Of(Auroc.Metric.Compute(state)), Fingerprint.Of(Auroc.Metric.Run([first, second])));
            }
        );

    [Fact]
    public void Before_changes_what_comes_in() =>
        ForAll.Samples(
            (sample, _) =>
            {
                var metric = Aupr.Metric.Before<Sample>(rows => Batching.Rows(rows.Rows).Negated);
                Assert.Equal(Fingerprint.Of(Aupr.Metric.Run([Batching.Rows(sample.Rows).Negated])), Fingerprint.Of(metric.Run([sample])));
            }
        );

    [Fact]
    public void Then_changes_what_comes_out_and_keeps_the_error() =>
        ForAll.Samples(
            (sample, _) =>
            {
                var batch = Batching.Rows(sample.Rows);
                Assert.Equal(
                    Auroc.Metric.Run([batch]).Map(roc => 2 * roc.Area),
                    Auroc.Metric.Then(roc => roc.Area).Then(area => 2 * area).Run([batch])
                );
            }
        );

    [Fact]
    public void Zip_gives_what_both_metrics_give() =>
        ForAll.Samples(
            (sample, _) =>
            {
                var batch = Batching.Rows(sample.Rows);
                var both = OptimalF1.Metric.Zip(MinMax.Metric.Rows()).Run([batch, ScoreBatch.Empty]);
                var (best, range) = (OptimalF1.Metric.Run([batch]), MinMax.Metric.Rows().Run([batch]));
                Assert.Equal(best.Bind(first => range.Map(second => (first, second))), both);
            }
        );

    [Fact]
    public void Zip_of_metrics_of_one_state_holds_the_same_state_on_both_sides()
    {
        var batch = Batching.Rows([new(1, true), new(2, false)]);
        var zip = Auroc.Metric.Zip(OptimalF1.Metric);
        Shared(zip.Of(batch));
        Shared(zip.Merge(zip.Of(batch), zip.Of(batch)));
        Shared(zip.Update(zip.Update(zip.Empty, batch), batch));
        var parametrised = AdaptiveThreshold.WithDefault(1).Zip(AdaptiveThreshold.WithDefault(2));
        Shared(parametrised.Of(batch));

        static void Shared((RankState First, RankState Second) pair) => Assert.Same(pair.First, pair.Second);
    }

    [Fact]
    public void Zip_of_metrics_prepared_by_the_same_way_shares_and_by_different_ways_does_not()
    {
        var batch = Batching.Rows([new(1, true), new(2, false)]);
        var (negated, again) = (Auroc.Metric.Before<ScoreBatch>(Negate), Aupr.Metric.Before<ScoreBatch>(Negate));
        var shared = negated.Zip(again).Of(batch);
        Assert.Same(shared.First, shared.Second);
        var apart = negated.Zip(Auroc.Metric).Of(batch);
        Assert.Equal(RankState.Of(batch.Negated), apart.First);
        Assert.Equal(RankState.Of(batch), apart.Second);
    }

    [Fact]
    public void A_copy_that_was_given_another_state_does_not_share()
    {
        var batch = Batching.Rows([new(1, true), new(2, false)]);
        var other = new State<ScoreBatch, RankState>(RankState.Empty, _ => RankState.Empty, RankState.Merge);
        foreach (var metric in new[] { Auroc.Metric, Auroc.Metric.Then(roc => roc), Auroc.Metric.Before<ScoreBatch>(Negate) })
        {
            var copy = metric with { State = other };
            Assert.Equal((metric.Of(batch), RankState.Empty), metric.Zip(copy).Of(batch));
            Assert.Equal((RankState.Empty, metric.Of(batch)), copy.Zip(metric).Of(batch));
            Assert.Equal(2, metric.ToFold().Zip(copy.ToFold(), Tuple.Create).States);
        }
        var renamed = Auroc.Metric.Before<ScoreBatch>(Negate) with { Name = "AUROC of distances" };
        Assert.Equal(1, renamed.ToFold().Zip(Aupr.Metric.Before<ScoreBatch>(Negate).ToFold(), Tuple.Create).States);
    }

    [Fact]
    public void Zip_of_pixel_metrics_shares_the_region_state()
    {
        var batch = Batching.Images([new(1, 2, [0.25, 0.5], [false, true])]);
        var (first, second) = Auroc.Metric.Pixels().Zip(Aupro.UpTo(0.05)).Of(batch);
        Assert.Same(first, second);
        Assert.Equal(RegionState.Of(batch), first);
    }

    [Fact]
    public void Metrics_say_which_way_is_better()
    {
        string[] better =
        [
            "AUROC",
            "AUPR",
            "AUPR-IN",
            "average precision",
            "optimal F1",
            "AUPRO",
            "AU-sPRO",
            "AUPIMO",
            "partial AUROC",
            "log AUROC",
        ];
        string[] rates = ["TPR at FPR", "TNR at FNR", "recall at precision", "precision at recall", "precision at n"];
        string[] worse = ["FPR at TPR", "equal error rate"];
        foreach (var metric in MetricCatalog.All)
        {
            var name = metric.Declared.Replace("bounded ", "");
            Assert.Equal(
                worse.Contains(name) ? LanguageExt.Prelude.Some(false)
                    : better.Concat(rates).Contains(name) ? LanguageExt.Prelude.Some(true)
                    : LanguageExt.Prelude.None,
                metric.HigherIsBetter
            );
        }
    }

    [Fact]
    public void Numbers_by_name_say_which_way_is_better()
    {
        string[] worse = ["eer", "fnr", "fpr", "fpr95", "fpr@tpr=0.9", "lr_minus"];
        foreach (var form in NumberForm.All)
            Assert.Equal(
                form.Example == "prevalence" ? LanguageExt.Prelude.None : LanguageExt.Prelude.Some(!worse.Contains(form.Example)),
                AskedNumber.Parse(form.Example).ThrowIfFail().HigherIsBetter
            );
    }

    private static ScoreBatch Negate(ScoreBatch batch) => batch.Negated;

    [Fact]
    public void Prepared_rows_cannot_be_taken_to_pixels_and_the_error_says_what_to_do()
    {
        var prepared = Auroc.Metric.Before<ScoreBatch>(batch => batch.Negated);
        Assert.Contains("AUROC keeps another state", Assert.Throws<ArgumentException>(() => prepared.Pixels()).Message);
        var maps = Batching.Images([new(1, 2, [0.1, 0.9], [false, true])]);
        Assert.Equal(0, Auroc.Metric.Pixels().Before<MapBatch>(batch => batch.Negated).Run([maps]).Map(roc => roc.Area).IfFail(-1));
    }

    [Fact]
    public void States_with_the_same_way_in_but_another_merge_or_empty_are_of_two_kinds()
    {
        Func<Scores, long> count = batch => batch.Count;
        Metric<Scores, long, long> Of(long empty, Func<long, long, long> merge) =>
            new("sum", LanguageExt.Option<bool>.None, new(empty, count, merge), x => x);
        var sum = Of(0, (a, b) => a + b);
        Scores[] batches = [Zeros(3), Zeros(4)];
        Assert.Equal((7, 4), sum.Zip(Of(0, Math.Max)).Run(batches).IfFail((0, 0)));
        Assert.Equal((7, 107), sum.Zip(Of(100, (a, b) => a + b)).Run(batches).IfFail((0, 0)));
        Assert.Equal(2, sum.ToFold().Zip(Of(0, Math.Max).ToFold(), (a, b) => (a, b)).States);
        Assert.Equal(1, sum.ToFold().Zip(sum.Then(x => x + 1).ToFold(), (a, b) => (a, b)).States);

        static Scores Zeros(int rows) => Scores.Create(new float[rows]).IfFail(_ => Scores.Empty);
    }

    [Fact, Trait("Category", "Slow")]
    public void More_anomalous_scores_than_an_array_holds_are_a_typed_error_and_counts_go_on()
    {
        var scores = Enumerable.Range(0, 20_001).Select(i => i * 0.5f).ToArray();
        var state = Auroc.Metric.Of(ScoreBatch.Create(scores, scores.Select(score => score > 1).ToArray()).IfFail(ScoreBatch.Empty));
        for (var doubling = 0; doubling < 17; doubling++)
            state = RankState.Merge(state, state);
        Assert.Equal(20_001L << 17, state.Rows);
        Assert.Equal(new TooManyScores("AUROC", state.Positives), Auroc.Metric.Compute(state).Match(_ => null!, error => error));
        Assert.Equal(new TooManyScores("optimal F1", state.Positives), OptimalF1.Metric.Compute(state).Match(_ => null!, error => error));
        Assert.True(AdaptiveThreshold.Metric.Compute(state).IsFail);
        Assert.Equal((3L << 17, 19_998L << 17), (state.Negatives, state.At(1.0).TruePositives));
    }
}
