namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// An immutable run of keys of one width. Where keys are grouped (the pixels of a region), <see cref="Groups"/> holds the sizes of
/// consecutive groups and sums to <see cref="Count"/>; otherwise it is empty.
/// </summary>
internal abstract class Chunk(int[] groups)
{
    public abstract int Count { get; }

    public int[] Groups { get; } = groups;

    public abstract Chunk Negated { get; }

    /// <summary>Copies the keys, widened where the target is wider.</summary>
    public abstract void CopyTo<TTarget>(Span<TTarget> target)
        where TTarget : unmanaged;

    /// <summary>Both runs in one, as wide as the wider; groups survive when both sides have them.</summary>
    public static Chunk Concat(Chunk first, Chunk second)
    {
        int[] groups = first.Groups.Length > 0 && second.Groups.Length > 0 ? [.. first.Groups, .. second.Groups] : [];
        return first is Chunk<uint> && second is Chunk<uint> ? Join<uint>(first, second, groups) : Join<ulong>(first, second, groups);
    }

    private static Chunk<TKey> Join<TKey>(Chunk first, Chunk second, int[] groups)
        where TKey : unmanaged
    {
        var keys = GC.AllocateUninitializedArray<TKey>(first.Count + second.Count);
        first.CopyTo<TKey>(keys);
        second.CopyTo(keys.AsSpan(first.Count));
        return new(keys, groups);
    }
}

/// <inheritdoc/>
internal sealed class Chunk<TKey>(TKey[] keys, int[] groups) : Chunk(groups)
    where TKey : unmanaged
{
    public Chunk(TKey[] keys)
        : this(keys, []) { }

    public TKey[] Keys { get; } = keys;

    public override int Count => Keys.Length;

    public override Chunk Negated => new Chunk<TKey>(Array.ConvertAll(Keys, ScoreKey.Negate), Groups);

    public override void CopyTo<TTarget>(Span<TTarget> target)
    {
        if (Keys is TTarget[] same)
        {
            same.CopyTo(target);
            return;
        }
        var wide = System.Runtime.InteropServices.MemoryMarshal.Cast<TTarget, ulong>(target);
        for (var i = 0; i < Keys.Length; i++)
            wide[i] = ScoreKey.Widen(Keys[i]);
    }
}
