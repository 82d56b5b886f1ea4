using FsCheck;
using FsCheck.Xunit;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

public sealed class MetricQueriesTests
{
    private static readonly Row[] Rows = [new("a", 0.1, false), new("b", 0.4, false), new("c", 0.35, true), new("d", 0.8, true)];

    private static ScoreBatch Batch => Samples.Batch([.. Rows.Select(row => row.Score)], [.. Rows.Select(row => row.IsAnomaly)]);

    [Fact]
    public void Rows_are_measured_by_their_score_and_label()
    {
        Assert.Equal(0.75, Rows.Auroc(row => row.Score, row => row.IsAnomaly));
        Assert.Equal(new AuprMetric().Update(Batch).Compute(), Rows.Aupr(row => row.Score, row => row.IsAnomaly));
        Assert.Equal(new AveragePrecisionMetric().Update(Batch).Compute(), Rows.AveragePrecision(row => row.Score, row => row.IsAnomaly));
        Assert.Equal(new OptimalF1Metric().Update(Batch).Compute(), Rows.OptimalF1(row => row.Score, row => row.IsAnomaly));
        Assert.Equal(0.35, Rows.AdaptiveThreshold(row => row.Score, row => row.IsAnomaly));
        Assert.Equal(0.25, Rows.Take(0).AdaptiveThreshold(row => row.Score, row => row.IsAnomaly, defaultValue: 0.25));
        Assert.Equal(new MinMaxResult(0.1, 0.8), Rows.MinMax(row => row.Score));
        Assert.Equal(4, Rows.AnomalyScoreDistribution(row => row.Score).Scores?.Count);
    }

    [Property]
    public bool It_is_the_value_of_the_core(NormalFloat[] scores)
    {
        var rows = scores.Select((score, i) => (Score: score.Get, Label: i % 2 == 0)).ToList();
        var state = RankState.Of(Samples.Batch([.. rows.Select(row => row.Score)], [.. rows.Select(row => row.Label)]));
        return Auroc
            .Metric.Compute(state)
            .Match(
                roc => rows.Auroc(row => row.Score, row => row.Label) == roc.Area,
                error => Assert.Throws<UndefinedMetricException>(() => rows.Auroc(row => row.Score, row => row.Label)).Error.Equals(error)
            );
    }

    [Fact]
    public void A_fault_tells_the_position_of_its_row()
    {
        var rows = Rows.Append(new Row("e", double.NaN, true));
        var error = Assert.Throws<InvalidBatchException>(() => rows.Auroc(row => row.Score, row => row.IsAnomaly));
        Assert.Equal(new Fault.NotFinite("scores", 4, "scores[4]", double.NaN, 1), Assert.Single(error.Faults));
    }

    [Fact]
    public async Task Rows_that_are_not_there_yet_give_the_same()
    {
        var rows = Rows.ToAsyncEnumerable();
        Assert.Equal(0.75, await rows.AurocAsync(row => row.Score, row => row.IsAnomaly));
        Assert.Equal(0.35, await rows.AdaptiveThresholdAsync(row => row.Score, row => row.IsAnomaly));
        Assert.Equal(new MinMaxResult(0.1, 0.8), await rows.MinMaxAsync(row => row.Score));
    }

    [Fact]
    public async Task Reading_ends_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var read = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Rows.ToAsyncEnumerable()
                .AurocAsync(
                    row =>
                    {
                        read++;
                        source.Cancel();
                        return row.Score;
                    },
                    row => row.IsAnomaly,
                    source.Token
                )
        );
        Assert.Equal(1, read);
    }

    private sealed record Row(string File, double Score, bool IsAnomaly);
}
