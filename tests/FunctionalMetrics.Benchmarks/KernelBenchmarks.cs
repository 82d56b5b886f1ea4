using BenchmarkDotNet.Attributes;
using FunctionalMetrics.Core;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Benchmarks;

/// <summary>The kernels, each by itself, on a million float32 pixels of the table's workload, in nanoseconds and bytes for each pixel.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private const int Images = 4;
    private const int Pixels = Images * Workload.Side * Workload.Side;
    private MapStack<float> stack = null!;
    private LabelBits mask;
    private MapBatch batch = null!;
    private RegionState state = null!;
    private uint[] thresholds = [];
    private uint[] keys = [];

    /// <summary>Four images and what the kernels need of them.</summary>
    [GlobalSetup]
    public void Setup()
    {
        stack = Workload.Make(Images, 2);
        mask = LabelBits.Of(stack.Masks);
        batch = stack.Batch(0, Images * stack.Height);
        state = stack.State();
        thresholds = [.. state.RegionKeys.ToArray<uint>().Distinct().Order()];
        keys = state.NegativeKeys.ToArray<uint>();
    }

    /// <summary>Labels from bytes to bits.</summary>
    [Benchmark(OperationsPerInvoke = Pixels)]
    public object PackLabels() => LabelBits.Of(stack.Masks);

    /// <summary>Keys of the scores, split by label.</summary>
    [Benchmark(OperationsPerInvoke = Pixels)]
    public object Split() => KeyKernels.Split(stack.Maps, mask, out var negatives, out _) ? negatives : "not finite";

    /// <summary>Checks, labels, keys and split: what a batch costs.</summary>
    [Benchmark(OperationsPerInvoke = Pixels)]
    public object Create() => stack.Batch(0, Images * stack.Height);

    /// <summary>8-connected regions of each image.</summary>
    [Benchmark(OperationsPerInvoke = Pixels)]
    public int Label()
    {
        var regions = 0;
        for (var image = 0; image < Images; image++)
        {
            using var labels = RegionLabels.Of(mask, image * stack.ImagePixels, stack.Height, stack.Width);
            regions += labels.Count;
        }
        return regions;
    }

    /// <summary>Region labelling and grouping.</summary>
    [Benchmark(OperationsPerInvoke = Pixels)]
    public object Regions() => RegionState.Of(batch);

    /// <summary>Normal scores between and at the anomalous ones.</summary>
    [Benchmark(OperationsPerInvoke = Pixels)]
    public long CountBetweenThresholds() => ThresholdCounts.Count<uint>(state.NegativeKeys, thresholds).Above;

    /// <summary>Radix sort of all keys, with the copy.</summary>
    [Benchmark(OperationsPerInvoke = Pixels)]
    public object Sort()
    {
        uint[] sorted = [.. keys];
        RadixSort.Sort(sorted);
        return sorted;
    }

    /// <summary>The same with a payload, as regions need it.</summary>
    [Benchmark(OperationsPerInvoke = Pixels)]
    public object SortWithPayload()
    {
        uint[] sorted = [.. keys];
        RadixSort.Sort(sorted, new int[sorted.Length]);
        return sorted;
    }

    /// <summary>All pixel-level metrics of a state, none of them computed before.</summary>
    [Benchmark(OperationsPerInvoke = Pixels)]
    public object Compute() => PixelResults.Of(new RegionState(state.NegativeKeys, state.RegionKeys, state.Regions));
}
