using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// How many keys lie between and at m ascending distinct thresholds u, in room that is given. Where each count stands is known here alone: in
/// slots in ascending order, a key's being #{u &lt; key} + #{u &lt;= key}.
/// </summary>
internal readonly ref struct GapCounts(Span<long> slots)
{
    private readonly Span<long> slots = slots;

    /// <summary>How many slots so many thresholds have.</summary>
    public static int Slots(int thresholds) => 2 * thresholds + 1;

    /// <summary>The slot of a key that lies above so many thresholds, and at the next or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Slot(int below, bool equal) => 2 * below + (equal ? 1 : 0);

    /// <summary>
    /// The same where some thresholds are known to lie below, and a window of the next, a bit each, tells which others do and which are not
    /// above.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Slot(int below, uint more, uint moreUpTo, int window) =>
        2 * below + BitOperations.PopCount(more | (moreUpTo << window));

    /// <summary>How many gaps there are, the one above all thresholds included.</summary>
    public int Gaps => (slots.Length + 1) / 2;

    /// <summary>Keys strictly between u[i - 1] and u[i]; those above all where i is m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref long Between(int i) => ref slots[Slot(i, false)];

    /// <summary>Keys equal to u[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref long At(int i) => ref slots[Slot(i, true)];

    /// <summary>Keys above all thresholds.</summary>
    public ref long Above => ref slots[^1];

    /// <summary>The counts of some thresholds and of the gaps below them, and that above all with the last threshold.</summary>
    public GapCounts Part(Range thresholds)
    {
        var (first, end) = (thresholds.Start.Value, thresholds.End.Value);
        return new(slots[Slot(first, false)..(end == slots.Length / 2 ? slots.Length : Slot(end, false))]);
    }

    /// <summary>Adds the same slots of thresholds from one on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add<T>(ReadOnlySpan<T> other, int first)
        where T : unmanaged
    {
        other = other.Slice(Slot(first, false), slots.Length);
        for (var i = 0; i < slots.Length; i++)
            slots[i] += typeof(T) == typeof(uint) ? Unsafe.BitCast<T, uint>(other[i]) : Unsafe.BitCast<T, long>(other[i]);
    }

    /// <summary>All in ascending order.</summary>
    public long[] ToArray() => slots.ToArray();
}
