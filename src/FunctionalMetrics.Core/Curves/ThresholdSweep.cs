using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Counts at each distinct anomalous score, in descending order: the one place that sorts. Only these thresholds can change recall, so every
/// area comes out exactly from here; the normal scores are counted between and at them and never sorted. With regions, each anomalous pixel
/// also carries the weight floor(2^88 / |r|) of its region r, and heights are their running total.
/// </summary>
internal sealed class ThresholdSweep
{
    private const int WeightBits = 88;

    private ThresholdSweep(int count, bool weighted, long positives, long negatives)
    {
        Thresholds = new double[count];
        TruePositives = new long[count];
        FalsePositivesAbove = new long[count];
        FalsePositives = new long[count];
        Weights = weighted ? new UInt128[count] : [];
        Positives = positives;
        Negatives = negatives;
    }

    private ThresholdSweep(ThresholdSweep regions)
    {
        Thresholds = regions.Thresholds;
        TruePositives = regions.TruePositives;
        FalsePositivesAbove = regions.FalsePositivesAbove;
        FalsePositives = regions.FalsePositives;
        Weights = [];
        Positives = regions.Positives;
        Negatives = regions.Negatives;
    }

    /// <summary>The same sweep with the regions forgotten, its heights true positives again; it shares the arrays.</summary>
    public ThresholdSweep OfRows => new(this);

    /// <summary>The distinct anomalous scores t, highest first.</summary>
    public double[] Thresholds { get; }

    /// <summary>Anomalous rows with s >= t.</summary>
    public long[] TruePositives { get; }

    /// <summary>Normal rows with s > t.</summary>
    public long[] FalsePositivesAbove { get; }

    /// <summary>Normal rows with s >= t.</summary>
    public long[] FalsePositives { get; }

    /// <summary>The region weights of the anomalous pixels with s >= t; empty without regions.</summary>
    private UInt128[] Weights { get; }

    public int Count => Thresholds.Length;

    public long Positives { get; }

    public long Negatives { get; }

    /// <summary>The height of the curve before step i, in units of <see cref="Top"/>: true positives, or weights where there are regions.</summary>
    public UInt128 HeightBefore(int i) =>
        i == 0 ? UInt128.Zero
        : Weights.Length > 0 ? Weights[i - 1]
        : (UInt128)(ulong)TruePositives[i - 1];

    /// <summary>The height at which the curve ends.</summary>
    public UInt128 Top => HeightBefore(Count);

    public static ThresholdSweep Of(Rope negatives, Rope positives) =>
        negatives.IsWide || positives.IsWide ? Of<ulong>(negatives, positives, false) : Of<uint>(negatives, positives, false);

    public static ThresholdSweep OfRegions(Rope negatives, Rope regions) =>
        negatives.IsWide || regions.IsWide ? Of<ulong>(negatives, regions, true) : Of<uint>(negatives, regions, true);

    private static ThresholdSweep Of<TKey>(Rope negatives, Rope positives, bool weighted)
        where TKey : unmanaged, IComparable<TKey>
    {
        var keys = positives.ToArray<TKey>();
        var (weights, kinds) = weighted ? RegionWeights(positives) : ([], []);
        RadixSort.Sort(keys, kinds);
        var distinct = Distinct(keys);
        var counts = ThresholdCounts.Count(negatives, distinct);
        var sweep = new ThresholdSweep(distinct.Length, weighted, positives.Count, negatives.Count);
        var (row, falsePositives, weight) = (keys.Length, counts[^1], UInt128.Zero);
        for (int i = 0, u = distinct.Length - 1; u >= 0; i++, u--)
        {
            for (; row > 0 && keys[row - 1].CompareTo(distinct[u]) == 0; row--)
                weight += weighted ? weights[kinds[row - 1]] : UInt128.Zero;
            sweep.Thresholds[i] = ScoreKey.Score(distinct[u]);
            sweep.TruePositives[i] = keys.Length - row;
            sweep.FalsePositivesAbove[i] = falsePositives;
            sweep.FalsePositives[i] = falsePositives + counts[2 * u + 1];
            if (weighted)
                sweep.Weights[i] = weight;
            falsePositives += counts[2 * u + 1] + counts[2 * u];
        }
        return sweep;
    }

    private static TKey[] Distinct<TKey>(TKey[] sorted)
        where TKey : unmanaged, IComparable<TKey>
    {
        var distinct = GC.AllocateUninitializedArray<TKey>(sorted.Length);
        var count = 0;
        foreach (var key in sorted)
            if (count == 0 || distinct[count - 1].CompareTo(key) != 0)
                distinct[count++] = key;
        return distinct[..count];
    }

    /// <summary>One weight for each distinct region size, and for each pixel the index of its region's weight.</summary>
    private static (UInt128[] Weights, int[] Kinds) RegionWeights(Rope regions)
    {
        var (kindOf, weights) = (new Dictionary<int, int>(), new List<UInt128>());
        var kinds = GC.AllocateUninitializedArray<int>(checked((int)regions.Count));
        var at = 0;
        foreach (var size in regions.Chunks.SelectMany(chunk => chunk.Groups))
        {
            if (!kindOf.TryGetValue(size, out var kind))
            {
                kindOf[size] = kind = weights.Count;
                weights.Add((UInt128.One << WeightBits) / (uint)size);
            }
            kinds.AsSpan(at, size).Fill(kind);
            at += size;
        }
        return ([.. weights], kinds);
    }
}
