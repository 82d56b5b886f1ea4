using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Counts at each distinct anomalous score, in descending order: the one place where metrics sort. Only these thresholds can change recall, so every
/// area comes out exactly from here; the normal scores are counted between and at them and never sorted. With regions, each anomalous pixel
/// also carries the weight floor(2^88 / |r|) of its region r, and heights are their running total. It may be a part of a sweep, some of its
/// thresholds below those that others hold: its counts are those of the whole, and go on from what was counted before.
/// </summary>
internal sealed class ThresholdSweep(SweepColumns columns, SweepCounts before, long positives, long negatives) : ISums
{
    /// <summary>Fewer thresholds than this do not repay a thread of their own.</summary>
    private const int Many = 1 << 14;

    // What reductions found, each once, as several numbers read the same one; those of parameters that nobody asks for again are dropped.
    private ConditionalWeakTable<IReduction, Lazy<object>>? sums;

    /// <summary>A sweep over counts that are known; weights are running totals too, and empty without regions.</summary>
    internal ThresholdSweep(SweepColumns columns, long negatives)
        : this(columns, default, columns.TruePositives.Count > 0 ? columns.TruePositives[^1] : 0, negatives) { }

    /// <summary>The same sweep with the regions forgotten, its heights true positives again; it shares the arrays.</summary>
    public ThresholdSweep OfRows =>
        Weights.Count == 0 ? this : new(columns with { Weights = ArraySegment<UInt128>.Empty }, Before, Positives, Negatives);

    /// <summary>The distinct anomalous scores t, highest first.</summary>
    public ArraySegment<double> Thresholds => columns.Thresholds;

    /// <summary>Anomalous rows with s >= t.</summary>
    public ArraySegment<long> TruePositives => columns.TruePositives;

    /// <summary>Normal rows with s > t.</summary>
    public ArraySegment<long> FalsePositivesAbove => columns.FalsePositivesAbove;

    /// <summary>Normal rows with s >= t.</summary>
    public ArraySegment<long> FalsePositives => columns.FalsePositives;

    /// <summary>The region weights of the anomalous pixels with s >= t; empty without regions.</summary>
    public ArraySegment<UInt128> Weights => columns.Weights;

    public int Count => Thresholds.Count;

    /// <summary>What lies above the first threshold because other parts of the sweep hold it; nothing in a whole one.</summary>
    public SweepCounts Before => before;

    public long Positives => positives;

    public long Negatives => negatives;

    /// <summary>tp, fp, fn and tn at one of its thresholds.</summary>
    public ConfusionMatrix CountsAt(int step)
    {
        var (tp, fp) = (TruePositives[step], FalsePositives[step]);
        return new(tp, fp, Positives - tp, Negatives - fp);
    }

    /// <summary>What a reduction finds; found when it is first asked for.</summary>
    public TSum Of<TSum>(Reduction<TSum> reduction) =>
        (TSum)
            LazyInitializer
                .EnsureInitialized(ref sums, static () => [])
                .GetValue(reduction, key => new(() => ((Reduction<TSum>)key).Over(this)!))
                .Value;

    /// <summary>The height of the curve before step i, in units of <see cref="Top"/>: true positives, or weights where there are regions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UInt128 HeightBefore(int i) =>
        i == 0 ? (Weights.Count > 0 ? Before.Weight : (UInt128)(ulong)Before.TruePositives)
        : Weights.Count > 0 ? Weights[i - 1]
        : (UInt128)(ulong)TruePositives[i - 1];

    /// <summary>The height at which the curve ends.</summary>
    public UInt128 Top => HeightBefore(Count);

    /// <summary>How many thresholds have at most so many normal rows at or above them.</summary>
    public int UpTo(long falsePositives) => Ascending.UpTo(FalsePositives, falsePositives);

    /// <summary>
    /// What is found in the whole sweep: found in parts of it, on all processors where there are many thresholds, and put together from the
    /// highest scores down.
    /// </summary>
    public T Over<T>(Func<ThresholdSweep, T> find, Func<T, T, T> together)
    {
        var parts = Math.Min(Environment.ProcessorCount, Count / Many);
        if (parts <= 1)
            return find(this);
        var found = new T[parts];
        SharedWork.Each(parts, parts, i => found[i] = find(Part(SharedWork.Share(Count, i, parts))));
        return found.Aggregate(together);
    }

    /// <summary>Some of the thresholds, which go on from what lies above them; it shares the arrays.</summary>
    public ThresholdSweep Part(Range range)
    {
        var first = range.Start.Value;
        return new(
            columns.Part(range),
            first == 0 ? Before : new(TruePositives[first - 1], FalsePositives[first - 1], Weights.Count > 0 ? Weights[first - 1] : 0),
            Positives,
            Negatives
        );
    }

    /// <summary>The sweep of rows.</summary>
    public static ThresholdSweep Of(KeyBag negatives, KeyBag positives) =>
        negatives.IsWide || positives.IsWide ? Of<ulong>(negatives, positives, false) : Of<uint>(negatives, positives, false);

    /// <summary>The same where the anomalous rows are grouped by region.</summary>
    public static ThresholdSweep OfRegions(KeyBag negatives, KeyBag regions) =>
        negatives.IsWide || regions.IsWide ? Of<ulong>(negatives, regions, true) : Of<uint>(negatives, regions, true);

    private static ThresholdSweep Of<TKey>(KeyBag negatives, KeyBag positives, bool weighted)
        where TKey : unmanaged, IComparable<TKey>
    {
        using var rentedKeys = new Scratch<TKey>(checked((int)positives.Keys));
        using var rentedKinds = new Scratch<int>(weighted || positives.IsCounted ? (int)positives.Keys : 0);
        var keys = rentedKeys.Span;
        var kinds = rentedKinds.Span;
        positives.CopyTo(keys);
        var shares = kinds.IsEmpty ? [] : Shares(positives, weighted, kinds);
        if (typeof(TKey) == typeof(uint) && QuantizedTotals.Of(MemoryMarshal.Cast<TKey, uint>(keys), kinds, shares) is { } quantized)
        {
            shares = quantized;
            keys = keys[..shares.Length];
            kinds = [];
        }
        else
            RadixSort.Sort(keys, kinds);
        using var rentedDistinct = new Scratch<TKey>(keys.Length);
        var distinct = Ascending.Distinct<TKey>(keys, rentedDistinct.Span);
        using var rentedCounts = Scratch<long>.Zeros(GapCounts.Slots(distinct.Length));
        ThresholdCounts.Count(negatives, distinct, new(rentedCounts.Span));
        var sweep = new ThresholdSweep(SweepColumns.Lend(distinct.Length, weighted), default, positives.Count, negatives.Count);
        var (keyCount, kindCount) = (keys.Length, kinds.Length);
        sweep.InParts(range =>
            sweep.Fill<TKey>(
                range,
                rentedKeys.Span[..keyCount],
                rentedKinds.Span[..kindCount],
                shares,
                rentedDistinct.Span[..sweep.Count],
                new(rentedCounts.Span)
            )
        );
        return sweep;
    }

    /// <summary>
    /// Fills in the counts, on all processors where there are many thresholds: each part for itself, and then what lies above it is added.
    /// </summary>
    private void InParts(Func<Range, SweepCounts> fill)
    {
        var parts = Math.Clamp(Count / Many, 1, Environment.ProcessorCount);
        var found = new SweepCounts[parts];
        SharedWork.Each(parts, parts, part => found[part] = fill(SharedWork.Share(Count, part, parts)));
        for (var part = 1; part < parts; part++)
            found[part] += found[part - 1];
        SharedWork.Each(parts - 1, parts, above => Raise(SharedWork.Share(Count, above + 1, parts), found[above]));
    }

    /// <summary>
    /// The counts at some of the thresholds as if none lay above them, and what they come to. A key's kind tells its share; without kinds each key has
    /// its own, and without shares each is one row.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private SweepCounts Fill<TKey>(
        Range range,
        ReadOnlySpan<TKey> keys,
        ReadOnlySpan<int> kinds,
        (long Rows, UInt128 Weight)[] shares,
        ReadOnlySpan<TKey> distinct,
        GapCounts counts
    )
        where TKey : unmanaged, IComparable<TKey>
    {
        Span<double> thresholds = Thresholds;
        Span<long> truePositives = TruePositives;
        Span<long> above = FalsePositivesAbove;
        Span<long> at = FalsePositives;
        Span<UInt128> weights = Weights;
        var (first, end) = (range.Start.Value, range.End.Value);
        var left = first == 0 ? keys.Length : Ascending.UpTo(keys, distinct[^(first + 1)]);
        var (rows, falsePositives, weight) = (0L, first == 0 ? counts.Above : 0, UInt128.Zero);
        for (int i = first, u = distinct.Length - 1 - first; i < end; i++, u--)
        {
            var key = distinct[u];
            for (; left > 0 && keys[left - 1].CompareTo(key) == 0; left--)
            {
                var (more, heavier) = shares.Length > 0 ? shares[kinds.IsEmpty ? left - 1 : kinds[left - 1]] : (1, UInt128.Zero);
                (rows, weight) = (rows + more, weight + heavier);
            }
            thresholds[i] = ScoreKey.Score(key);
            truePositives[i] = rows;
            above[i] = falsePositives;
            at[i] = falsePositives + counts.At(u);
            if (weights.Length > 0)
                weights[i] = weight;
            falsePositives = at[i] + counts.Between(u);
        }
        return new(rows, falsePositives, weight);
    }

    /// <summary>Adds what lies above some of the thresholds to their counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Raise(Range range, SweepCounts before)
    {
        foreach (ref var count in TruePositives[range].AsSpan())
            count += before.TruePositives;
        foreach (ref var count in FalsePositivesAbove[range].AsSpan())
            count += before.FalsePositives;
        foreach (ref var count in FalsePositives[range].AsSpan())
            count += before.FalsePositives;
        if (Weights.Count > 0)
            foreach (ref var weight in Weights[range].AsSpan())
                weight += before.Weight;
    }

    /// <summary>
    /// What a key adds to rows and weight, one share for each distinct pair of region size and count; for each key the index of its share is
    /// written.
    /// </summary>
    private static (long Rows, UInt128 Weight)[] Shares(KeyBag bag, bool weighted, Span<int> kinds)
    {
        var (kindOf, shares) = (new Dictionary<(long Size, long Count), int>(), new List<(long, UInt128)>());
        foreach (var chunk in bag.Chunks)
        foreach (var (part, counts, size) in chunk.Parts(weighted))
        {
            var here = kinds[..(part.End.Value - part.Start.Value)];
            if (counts.Count == 0)
                here.Fill(Kind(size, 1));
            for (var i = 0; i < counts.Count; i++)
                here[i] = Kind(size, counts[i]);
            kinds = kinds[here.Length..];
        }
        return [.. shares];

        int Kind(long size, long count)
        {
            if (kindOf.TryGetValue((size, count), out var kind))
                return kind;
            shares.Add((count, weighted ? (ulong)count * RegionWeights.Of(size) : UInt128.Zero));
            return kindOf[(size, count)] = shares.Count - 1;
        }
    }
}

/// <summary>The columns of a sweep, a row for each distinct anomalous score; weights are empty without regions.</summary>
internal readonly record struct SweepColumns(
    ArraySegment<double> Thresholds,
    ArraySegment<long> TruePositives,
    ArraySegment<long> FalsePositivesAbove,
    ArraySegment<long> FalsePositives,
    ArraySegment<UInt128> Weights
)
{
    public static SweepColumns Lend(int rows, bool weighted) =>
        new(
            Arena<double>.Lend(rows),
            Arena<long>.Lend(rows),
            Arena<long>.Lend(rows),
            Arena<long>.Lend(rows),
            Arena<UInt128>.Lend(weighted ? rows : 0)
        );

    public SweepColumns Part(Range rows) =>
        new(
            Thresholds[rows],
            TruePositives[rows],
            FalsePositivesAbove[rows],
            FalsePositives[rows],
            Weights.Count > 0 ? Weights[rows] : Weights
        );
}

/// <summary>How much of a sweep is done: the anomalous and the normal rows seen, and the region weights of the former.</summary>
internal readonly record struct SweepCounts(long TruePositives, long FalsePositives, UInt128 Weight)
{
    public static SweepCounts operator +(SweepCounts a, SweepCounts b) =>
        new(a.TruePositives + b.TruePositives, a.FalsePositives + b.FalsePositives, a.Weight + b.Weight);
}
