namespace FunctionalMetrics.Orleans.Tests;

public class SimulationTests
{
    private const int Seeds = 20;

    [Trait("Category", "Slow")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_thousand_workers_with_stragglers_and_deaths_count_every_shard_once(int seed)
    {
        var model = new ClusterModel { MeanLife = 5_000, Anomalous = 1e6 };
        var run = ClusterSimulation.Run(model, seed);
        Assert.True(run.Deaths > 0);
        Assert.True(run.Retries > 0);
        Assert.True(run.Reads > run.Counted.Length);
        Assert.All(run.Counted, count => Assert.Equal(1, count));
        Assert.Equal(run.Seconds, ClusterSimulation.Run(model, seed).Seconds);
    }

    [Fact, Trait("Category", "Slow")]
    public void The_page_says_what_the_model_and_the_simulation_give()
    {
        var page = File.ReadAllText(Repository.Path("src", "FunctionalMetrics.Orleans", "CLUSTER.md"));
        var model = new ClusterModel();
        var runs = Enumerable.Range(1, Seeds).AsParallel().Select(seed => ClusterSimulation.Run(model, seed)).ToList();
        string[] rows =
        [
            FormattableString.Invariant($"| memory of a worker | {model.MemoryOfWorker / 1e9:0.0} GB |"),
            FormattableString.Invariant($"| reading | {model.ReadSeconds * model.Shards / model.Workers / model.Processors:0} s |"),
            FormattableString.Invariant($"| gathering | {model.GatherSeconds:0} s |"),
            FormattableString.Invariant($"| counting | {model.CountSeconds:0} s |"),
            FormattableString.Invariant($"| traffic in all | {model.Traffic / 1e9:0} GB |"),
            FormattableString.Invariant($"| bytes a pixel | {model.Traffic / model.Pixels:0.00} |"),
            Spread("silos that died", run => run.Deaths),
            Spread($"shards read, of {model.Shards}", run => run.Reads),
            Spread("asked again for what was lost", run => run.Retries),
            Spread("time in all, s", run => run.Seconds),
        ];
        var missing = rows.Where(row => !page.Contains(row, StringComparison.Ordinal));
        Assert.True(!missing.Any(), "CLUSTER.md lacks\n" + string.Join('\n', rows));

        string Spread(string what, Func<ClusterSimulation, double> number)
        {
            var sorted = runs.Select(number).Order().ToList();
            return FormattableString.Invariant($"| {what} | {sorted[Seeds / 2]:0} | {sorted[^1]:0} |");
        }
    }
}
