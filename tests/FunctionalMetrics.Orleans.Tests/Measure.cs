using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;

namespace FunctionalMetrics.Orleans.Tests;

/// <summary>
/// The same files on clusters of one, two and three silos, each a process on this machine, and what each step costs alone: the constants of the
/// page about clusters. Prints one JSON line for each.
/// </summary>
internal static class Measure
{
    public static async Task Run(string maps, string masks)
    {
        var data = MapDataset.TryOpen(maps, masks).ThrowIfFail();
        var before = GC.GetTotalMemory(true);
        var whole = Read(data, ..);
        var held = GC.GetTotalMemory(true) - before;
        Print(Steps(data, whole, held));
        Shard[] shards = [.. Enumerable.Range(0, data.Count).Select(image => new Shard($"{image}", $"{image}"))];
        for (var silos = 1; silos <= 3; silos++)
        {
            using var redis = RedisProcess.Start();
            using var processes = await SiloProcesses.Start(redis, silos, maps, masks);
            await using var cluster = (await MetricCluster.Connect(processes.Settings)).ThrowIfFail();
            // The first job warms the silos up.
            foreach (var kind in (JobKind[])[JobKind.Numbers, JobKind.Numbers, JobKind.Bounded, JobKind.Whole])
            {
                var (job, clock) = (Guid.NewGuid().ToString("N"), Stopwatch.StartNew());
                (await cluster.Submit(job, new(shards, kind))).ThrowIfFail();
                (await cluster.Watch(job).LastAsync()).ThrowIfFail();
                var seconds = clock.Elapsed.TotalSeconds;
                var (same, bytes) =
                    kind == JobKind.Bounded
                        ? Judged(await cluster.Result(job), state => state.Equals(Bounded(whole)))
                        : Judged(
                            await cluster.Result(job),
                            state => Area(((EvaluationState.Exact)state).Pixels.IfNone(RegionState.Empty)).Equals(Area(whole))
                        );
                Print(
                    new
                    {
                        silos,
                        kind = $"{kind}",
                        pixels = whole.Rank.Rows,
                        seconds = Math.Round(seconds, 2),
                        mpixels_per_second = Math.Round(whole.Rank.Rows / seconds / 1e6, 1),
                        moved_bytes_per_pixel = Math.Round((double)bytes / whole.Rank.Rows, 3),
                        same_bits = same,
                    }
                );
                await cluster.Forget(job);
            }
        }
    }

    /// <summary>Reads one image of the files.</summary>
    public static ShardReader Reader(string maps, string masks)
    {
        var data = MapDataset.TryOpen(maps, masks).ThrowIfFail();
        return (source, _) => Image(data, source);
    }

    private static EvaluationState Bounded(RegionState pixels) =>
        new EvaluationState.Exact(RankState.Empty, pixels).InBins(BoundedRankState.DefaultBits);

    private static (bool Same, long Bytes) Judged(Fin<JobResult> outcome, Func<EvaluationState, bool> same)
    {
        var result = outcome.ThrowIfFail();
        return (same(result.State), result.BytesMoved);
    }

    /// <summary>Each step of a job alone, on one processor.</summary>
    private static object Steps(MapDataset data, RegionState whole, long held)
    {
        var pixels = (double)whole.Rank.Rows;
        var fold = Nanoseconds(() => Read(data, ..).Checksum());
        var anomalous = whole.Anomalous();
        var sent = RegionState.Codec.Encode(anomalous);
        var thresholds = anomalous.Thresholds(0.5);
        var told = RankState.Codec.Encode(thresholds);
        RegionState normal = RegionState.Empty;
        var count = Nanoseconds(() => normal = whole.NormalAt(thresholds));
        var counts = RegionState.Codec.Encode(normal);
        var merge = Nanoseconds(() => RegionState.Codec.Decode(counts).Map(other => RegionState.Merge(normal, other)));
        return new
        {
            pixels = whole.Rank.Rows,
            anomalous = anomalous.Rank.Positives,
            thresholds = thresholds.Positives,
            held_bytes_per_pixel = Math.Round(held / pixels, 1),
            fold_ns_per_pixel = Math.Round(fold / pixels, 1),
            count_ns_per_pixel = Math.Round(count / pixels, 1),
            gather_bytes_per_anomalous = Math.Round((double)sent.Length / anomalous.Rank.Positives, 2),
            told_bytes_per_threshold = Math.Round((double)told.Length / thresholds.Positives, 2),
            counted_bytes_per_threshold = Math.Round((double)counts.Length / thresholds.Positives, 2),
            merge_ns_per_threshold = Math.Round(merge / thresholds.Positives, 0),
        };
    }

    /// <summary>The median of five.</summary>
    private static double Nanoseconds<T>(Func<T> step)
    {
        var times = new List<double>();
        for (var run = 0; run < 5; run++)
        {
            var clock = Stopwatch.StartNew();
            step();
            times.Add(clock.Elapsed.TotalNanoseconds);
        }
        return times.Order().ElementAt(times.Count / 2);
    }

    private static Fin<EvaluationState> Image(MapDataset data, string source)
    {
        var image = int.Parse(source, CultureInfo.InvariantCulture);
        return new EvaluationState.Exact(RankState.Empty, Read(data, image..(image + 1)));
    }

    private static RegionState Read(MapDataset data, Range images) =>
        data.TryRead(images).Select(part => RegionState.Of(part.ThrowIfFail().Batch)).Aggregate(RegionState.Empty, RegionState.Merge);

    private static double Area(RegionState state) =>
        Aupro.Metric.Compute(state).ThrowIfFail().Area + Auroc.Metric.Compute(state.Rank).ThrowIfFail().Area;

    private static void Print(object line) => Console.WriteLine(JsonSerializer.Serialize(line));
}
