using FunctionalMetrics.Orleans;
using FunctionalMetrics.Orleans.Tests;
using LanguageExt;

if (args is ["measure", var maps, var masks])
{
    await Measure.Run(maps, masks);
    return;
}

// A silo as a process of its own, which ends with its input: redis, cluster id, and either the milliseconds that each made-up shard takes to read,
// or maps and masks whose images are the shards.
var settings = ClusterSettings.Parse(args[0]).ThrowIfFail() with
{
    ClusterId = args[1],
    Patience = TimeSpan.FromSeconds(60),
};
ShardReader reader = args is [_, _, var delay]
    ? (source, cancel) => Shards.Slowly(int.Parse(delay), source, cancel)
    : Measure.Reader(args[2], args[3]);
await using var silo = (await SiloHost.Start(settings, reader)).ThrowIfFail();
Console.WriteLine($"ready on {silo.Address}");
Console.In.ReadToEnd();
