using System.Runtime.InteropServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>Room for anomalous keys of one width.</summary>
internal abstract class GatheredKeys
{
    private const int Few = 1 << 20;

    public abstract int Count { get; }

    /// <summary>Room for any number up to a largest one, which grows as it is needed.</summary>
    public static GatheredKeys UpTo(int most, bool wide, bool grouped) =>
        wide ? new GatheredKeys<ulong>(Math.Min(most, Few), most, grouped) : new GatheredKeys<uint>(Math.Min(most, Few), most, grouped);

    /// <summary>
    /// Adds the keys of a chunk no wider than these, each as often as it has rows, that fall into the bins (all, without any); false when there is no
    /// room.
    /// </summary>
    public abstract bool TryAdd(Chunk chunk, BinSet? bins);
}

/// <summary>
/// Room for anomalous keys, each with the weight of a pixel of its region where there are regions, which can be filled again and again. Not safe
/// to share between threads.
/// </summary>
internal sealed class GatheredKeys<TKey>(int first, int most, bool grouped) : GatheredKeys
    where TKey : unmanaged, IComparable<TKey>
{
    // Few sizes of regions differ: each has a weight, and each key the index of its own.
    private readonly Dictionary<long, int> kindOf = [];
    private readonly List<UInt128> weights = [];
    private TKey[] keys = GC.AllocateUninitializedArray<TKey>(first);
    private int[] kinds = GC.AllocateUninitializedArray<int>(grouped ? first : 0);
    private int count;

    public GatheredKeys(int capacity, bool grouped)
        : this(capacity, capacity, grouped) { }

    public override int Count => count;

    public int Capacity => keys.Length;

    public ReadOnlySpan<TKey> Keys => keys.AsSpan(0, Count);

    /// <summary>For each key which of the <see cref="Weights"/> is its own; empty without regions.</summary>
    public ReadOnlySpan<int> Kinds => grouped ? kinds.AsSpan(0, Count) : [];

    public ReadOnlySpan<UInt128> Weights => CollectionsMarshal.AsSpan(weights);

    public void Clear() => count = 0;

    /// <inheritdoc/>
    public override bool TryAdd(Chunk chunk, BinSet? bins)
    {
        using var rented = new Scratch<TKey>(chunk.Count);
        var all = rented.Span;
        chunk.CopyTo(all);
        foreach (var (part, counts, rows) in chunk.Parts(grouped))
        {
            var kind = grouped ? Kind(rows) : 0;
            var group = all[part];
            if (bins is null && counts.Count == 0)
            {
                if (!TryAdd(group, kind))
                    return false;
            }
            else
                for (var i = 0; i < group.Length; i++)
                    if ((bins is null || bins.Contains(group[i])) && !TryAdd(group[i], kind, counts.Count == 0 ? 1 : counts[i]))
                        return false;
        }
        return true;
    }

    /// <summary>Brings the keys into ascending order, their kinds with them.</summary>
    public void Sort() => RadixSort.Sort(keys.AsSpan(0, Count), grouped ? kinds.AsSpan(0, Count) : []);

    private bool TryAdd(ReadOnlySpan<TKey> group, int kind)
    {
        while (group.Length > keys.Length - count)
            if (!Grown())
                return false;
        group.CopyTo(keys.AsSpan(count));
        if (grouped)
            kinds.AsSpan(count, group.Length).Fill(kind);
        count += group.Length;
        return true;
    }

    private bool TryAdd(TKey key, int kind, long rows)
    {
        for (; rows > 0; rows--)
            if (!TryAdd(new ReadOnlySpan<TKey>(in key), kind))
                return false;
        return true;
    }

    private int Kind(long size)
    {
        if (kindOf.TryGetValue(size, out var kind))
            return kind;
        weights.Add(RegionWeights.Of(size));
        return kindOf[size] = weights.Count - 1;
    }

    private bool Grown()
    {
        if (keys.Length >= most)
            return false;
        var larger = (int)Math.Min(most, 2L * keys.Length);
        Array.Resize(ref keys, larger);
        Array.Resize(ref kinds, grouped ? larger : 0);
        return true;
    }
}
