using LanguageExt;
using LanguageExt.Common;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Many metrics in one pass: what is shared, what is gathered, and the laws of an applicative.</summary>
public class FoldTests
{
    private static readonly Fold<ScoreBatch, double> Roc = Auroc.Metric.Then(roc => roc.Area).ToFold();
    private static readonly Fold<ScoreBatch, double> Precision = AveragePrecision.Metric.Then(result => result.Value).ToFold();
    private static readonly Fold<ScoreBatch, double> Largest = MinMax.Metric.Rows().Then(range => range.Max).ToFold();

    [Fact]
    public void A_fold_gives_what_its_metrics_give() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var all = Roc.Zip(Precision, (a, b) => (a, b)).Zip(Largest, (two, c) => (two.a, two.b, c));
                var batches = Batching.Cut<ScoreBatch>(sample, new(seed));
                var expected =
                    from a in Auroc.Metric.Run(batches)
                    from b in AveragePrecision.Metric.Run(batches)
                    from c in MinMax.Metric.Rows().Run(batches)
                    select (a.Area, b.Value, c.Max);
                Assert.Equal(expected.Match<object>(x => x, _ => "undefined"), all.Run(batches).Match<object>(x => x, _ => "undefined"));
            }
        );

    [Fact]
    public void A_fold_holds_one_state_for_each_distinct_source()
    {
        Assert.Equal(1, Roc.States);
        Assert.Equal(1, Roc.Zip(Precision, Tuple.Create).Zip(AdaptiveThreshold.WithDefault(3).ToFold(), Tuple.Create).States);
        Assert.Equal(2, Roc.Zip(Largest, Tuple.Create).Zip(Precision, Tuple.Create).States);
        var pixels = Roc.Before<MapBatch>(Pixels);
        Assert.Equal(1, pixels.Zip(Precision.Before<MapBatch>(Pixels), Tuple.Create).States);
        Assert.Equal(2, pixels.Zip(Roc.Before<MapBatch>(Images), Tuple.Create).States);
        Assert.Equal(
            1,
            Auroc.Metric.Pixels().ToFold().Zip(Aupro.Metric.ToFold(), Tuple.Create).Zip(Aupr.Metric.Pixels().ToFold(), Tuple.Create).States
        );
        Assert.Equal(2, pixels.Zip(pixels.Attempt(), Tuple.Create).Zip(Aupro.Metric.ToFold().Map(_ => 0), Tuple.Create).States);
    }

    [Fact]
    public void Every_reason_why_a_result_is_undefined_is_gathered()
    {
        var all = Roc.Zip(Largest, Tuple.Create).Zip(Precision, Tuple.Create);
        Assert.Equal(
            [
                new Undefined("AUROC", Missing.AnomalousRow, 0),
                new Undefined("MinMax", Missing.Score, 0),
                new Undefined("average precision", Missing.AnomalousRow, 0),
            ],
            Reasons(all.Run([]))
        );
        Assert.Equal(
            [new Undefined("AUROC", Missing.AnomalousRow, 1), new Undefined("average precision", Missing.AnomalousRow, 1)],
            Reasons(all.Run([Batching.Rows([new(1, false)])]))
        );
    }

    [Fact]
    public void Attempt_keeps_an_undefined_result_beside_the_others()
    {
        var (roc, max) = Roc.Attempt().Zip(Largest, (a, b) => (a, b)).Run([Batching.Rows([new(7, false)])]).IfFail(_ => default);
        Assert.Equal([new Undefined("AUROC", Missing.AnomalousRow, 1)], Reasons(roc));
        Assert.Equal(7, max);
    }

    [Fact]
    public void Shards_of_a_fold_merge_to_the_fold_of_all() =>
        ForAll.ThreeSamples(
            (a, b, _) =>
            {
                var fold = Roc.Attempt().Zip(Largest.Attempt(), Tuple.Create);
                var (first, second) = (Batching.Rows(a.Rows), Batching.Rows(b.Rows));
                var (left, right) = (fold.Update(fold.Empty, first), fold.Update(fold.Empty, second));
                Assert.Equal(Show(fold.Run([first, second])), Show(fold.Compute(fold.Merge(left, right))));
                Assert.Equal(Show(fold.Run([first, second])), Show(fold.Compute(fold.Merge(right, left))));
                Assert.Equal(Show(fold.Run([first])), Show(fold.Compute(fold.Merge(fold.Empty, left))));
                Assert.Equal(Show(fold.Run([first])), Show(fold.Compute(left)));
            }
        );

    [Fact]
    public void Mapping_and_zipping_obey_the_laws_of_an_applicative() =>
        ForAll.Samples(
            (sample, _) =>
            {
                ScoreBatch[] batches = [Batching.Rows(sample.Rows)];
                Assert.Equal(Show(Roc.Run(batches)), Show(Roc.Map(x => x).Run(batches)));
                Assert.Equal(Show(Roc.Map(x => 2 * (x + 1)).Run(batches)), Show(Roc.Map(x => x + 1).Map(x => 2 * x).Run(batches)));
                Assert.Equal(
                    Show(Roc.Zip(Precision.Zip(Largest, (b, c) => (b, c)), (a, bc) => (a, bc.b, bc.c)).Run(batches)),
                    Show(Roc.Zip(Precision, (a, b) => (a, b)).Zip(Largest, (ab, c) => (ab.a, ab.b, c)).Run(batches))
                );
                Assert.Equal(
                    Show(Roc.Map(x => x + 1).Zip(Largest.Map(x => -x), (a, b) => (a, b)).Run(batches)),
                    Show(Roc.Zip(Largest, (a, b) => (a + 1, -b)).Run(batches))
                );
            }
        );

    private static ScoreBatch Pixels(MapBatch batch) => batch.Pixels;

    private static ScoreBatch Images(MapBatch batch) => batch.Images;

    private static string Show<T>(Validation<Error, T> result) => result.Match(value => $"{value}", errors => string.Join("; ", errors));

    private static IEnumerable<Error> Reasons<T>(Validation<Error, T> result) => result.Match(_ => [], errors => errors.AsEnumerable());
}
