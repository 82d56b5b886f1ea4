using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Batches folded on all processors, as README shows it, against one after another.</summary>
public class ParallelTests
{
    [Fact]
    public void Batches_folded_on_all_processors_give_the_same_bits()
    {
        var choices = new Choices(1);
        ScoreBatch[] batches =
        [
            .. Enumerable
                .Range(0, 200)
                .Select(_ => Batching.Rows([.. Enumerable.Range(0, 50).Select(i => new Row(choices.Below(500), i % 3 == 0))], false)),
        ];
        var metric = Auroc.Metric;
        var parallel = batches.AsParallel().Aggregate(() => metric.Empty, metric.Update, metric.Merge, metric.Compute);
        Assert.Equal(metric.Run(batches).ThrowIfFail().Area, parallel.ThrowIfFail().Area);
    }
}
