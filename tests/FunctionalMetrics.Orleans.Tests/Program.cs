using FunctionalMetrics.Orleans;
using FunctionalMetrics.Orleans.Tests;
using LanguageExt;

if (args is ["measure", var maps, var masks])
{
    await Measure.Run(maps, masks);
    return;
}

// A silo as a process of its own, whose shards take some time to read: redis, cluster id, milliseconds for each shard. It ends with its input.
var settings = ClusterSettings.Parse(args[0]).ThrowIfFail() with
{
    ClusterId = args[1],
    Patience = TimeSpan.FromSeconds(60),
};
var delay = int.Parse(args[2]);
await using var silo = (
    await SiloHost.Start(
        settings,
        (source, cancel) =>
        {
            cancel.WaitHandle.WaitOne(delay);
            return Shards.Read(source, cancel);
        }
    )
).ThrowIfFail();
Console.WriteLine($"ready on {silo.Address}");
Console.In.ReadToEnd();
