namespace FunctionalMetrics.Laws;

/// <summary>
/// A stream of arbitrary but repeatable choices from one seed. Each test makes its own; it is the only mutable thing here.
/// </summary>
public sealed class Choices(int seed)
{
    private readonly int seed = seed;
    private ulong state = (uint)seed;

    /// <summary>A number from 0 to below the bound.</summary>
    public int Below(int bound) => (int)(Next() % (uint)bound);

    /// <summary>True once in so many times.</summary>
    public bool Once(int times) => Below(times) == 0;

    /// <summary>The items in another order.</summary>
    public T[] Shuffle<T>(IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }
        return shuffled;
    }

    /// <summary>The items, in their order, cut into consecutive parts of arbitrary lengths; some are empty, some hold one item.</summary>
    public IReadOnlyList<IReadOnlyList<T>> Cut<T>(IReadOnlyList<T> items)
    {
        var parts = new List<IReadOnlyList<T>>();
        var longest = 1 + Below(Math.Max(1, items.Count));
        for (var at = 0; at < items.Count; )
        {
            if (Once(6))
                parts.Add([]);
            var length = Math.Min(items.Count - at, Once(3) ? 1 : 1 + Below(longest));
            parts.Add([.. items.Skip(at).Take(length)]);
            at += length;
        }
        if (parts.Count == 0 || Once(6))
            parts.Add([]);
        return parts;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"choices {seed}");

    private ulong Next()
    {
        // SplitMix64: every seed gives an unrelated sequence, the same on every machine.
        state += 0x9E37_79B9_7F4A_7C15;
        var bits = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
        return bits ^ (bits >> 31);
    }
}
