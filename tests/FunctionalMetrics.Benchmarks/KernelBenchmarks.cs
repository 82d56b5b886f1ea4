using BenchmarkDotNet.Attributes;
using FunctionalMetrics.Core;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Benchmarks;

/// <summary>The kernels, each by itself, on a million float32 pixels of which 1.3% are anomalous.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private const int Pixels = 1 << 20;
    private float[] scores = [];
    private byte[] labels = [];
    private MapBatch batch = null!;
    private Rope negatives = Rope.Empty;
    private uint[] thresholds = [];

    /// <summary>Overlapping bell curves, in blobs of 64 x 64 pixels so that regions exist.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(7);
        labels = [.. Enumerable.Range(0, Pixels).Select(i => (byte)(i / 64 % 16 == 3 && i / 1024 % 5 == 0 ? 1 : 0))];
        scores =
        [
            .. labels.Select(label =>
                (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()) + 1.5 * label)
            ),
        ];
        batch = MapBatch
            .Create(scores, labels, new MapShape(1, 1024, 1024))
            .IfFail(faults => throw new InvalidOperationException(faults.Head.Message));
        negatives = Rope.Empty.Add(batch.NegativeKeys);
        thresholds = [.. ((Chunk<uint>)batch.PositiveKeys).Keys.Distinct().Order()];
    }

    /// <summary>Checks, keys and split.</summary>
    [Benchmark(OperationsPerInvoke = Pixels)]
    public object Create() => MapBatch.Create(scores, labels, new MapShape(1, 1024, 1024));

    /// <summary>Region labelling and grouping.</summary>
    [Benchmark(OperationsPerInvoke = Pixels)]
    public object Regions() => RegionState.Of(batch);

    /// <summary>Normal scores between and at the anomalous ones.</summary>
    [Benchmark(OperationsPerInvoke = Pixels)]
    public object CountBetweenThresholds() => ThresholdCounts.Count(negatives, thresholds);

    /// <summary>Radix sort of all keys, with the copy.</summary>
    [Benchmark(OperationsPerInvoke = Pixels)]
    public object Sort()
    {
        var keys = ((Chunk<uint>)batch.NegativeKeys).Keys.ToArray();
        RadixSort.Sort(keys);
        return keys;
    }
}
