using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// A sweep and the normal rows that it counts: where more rows have come, and more thresholds with them, the rest need not be counted once
/// more. Counts at old thresholds stay, and so do those between two of them; only where new thresholds part a gap that rows fell into are all
/// old rows looked at again, with the thresholds around and in such gaps and some of the others: their tables are smaller than those of all.
/// </summary>
/// <param name="Sweep">The counts.</param>
/// <param name="Negatives">The rows counted.</param>
internal sealed record KnownCounts(ThresholdSweep Sweep, Rope Negatives)
{
    /// <summary>With more than one new threshold among so many there is little to gain.</summary>
    private const int PerNew = 8;

    /// <summary>With fewer rows than so many for each threshold the tables of all thresholds take longer than the rows.</summary>
    private const int PerThreshold = 16;

    /// <summary>
    /// Some thresholds from end to end are looked at whatever is wanted: with those of a few gaps alone nearly all rows would lie beyond their
    /// ends, and be taken for near ones.
    /// </summary>
    private const int Fences = 1024;

    /// <summary>The share of rows that may be new.</summary>
    private const int PerRow = 4;

    /// <summary>What the count between and at the thresholds is wanted of.</summary>
    private enum Wanted
    {
        /// <summary>Nothing: it is the lower end of a gap that is parted, or a fence.</summary>
        Nothing,

        /// <summary>The rows below it, as far as the next threshold: it is the upper end.</summary>
        Below,

        /// <summary>Those, and the rows at it: it is new.</summary>
        BelowAndAt,
    }

    /// <summary>
    /// Adds the counts of rows, as <see cref="ThresholdCounts"/> does; or does nothing and says so, where little would be gained. The thresholds are
    /// ascending, and those of the sweep are among them.
    /// </summary>
    public bool Count<TKey>(Rope rows, ReadOnlySpan<TKey> thresholds, Span<long> counts)
        where TKey : unmanaged, IComparable<TKey>
    {
        var more = thresholds.Length - Sweep.Count;
        if (more > thresholds.Length / PerNew || thresholds.Length > rows.Count / PerThreshold)
            return false;
        if (rows.Apart(Negatives, rows.Count / PerRow) is not var (added, gone))
            return false;
        // Each new threshold may be alone in its gap, which has two ends.
        var most = Math.Min(3 * more + 2 * Fences, thresholds.Length);
        using var rentedParting = new Rented<TKey>(most);
        using var rentedPlaces = new Rented<(int Index, Wanted Wanted)>(most);
        var places = rentedPlaces.Span[..Keep(thresholds, counts, rentedPlaces.Span)];
        var parting = rentedParting.Span[..places.Length];
        for (var i = 0; i < places.Length; i++)
            parting[i] = thresholds[places[i].Index];
        if (places.Length > 0)
            Part<TKey>(parting, places, thresholds.Length, counts);
        ThresholdCounts.Count(added, thresholds, counts);
        Subtract(gone, thresholds, counts);
        return true;
    }

    /// <summary>Adds the counts that stay, and gives the number of the thresholds with which rows must be counted anew, if any.</summary>
    private int Keep<TKey>(ReadOnlySpan<TKey> thresholds, Span<long> counts, Span<(int Index, Wanted Wanted)> places)
        where TKey : unmanaged, IComparable<TKey>
    {
        ReadOnlySpan<double> old = Sweep.Thresholds;
        ReadOnlySpan<long> above = Sweep.FalsePositivesAbove;
        ReadOnlySpan<long> at = Sweep.FalsePositives;
        var (length, lower, next, parted) = (0, -1, old.Length - 1, false);
        var apart = thresholds.Length / Fences + 1;
        for (var i = 0; i <= thresholds.Length; i++)
        {
            if (i < thresholds.Length && (next < 0 || ScoreKey.Score(thresholds[i]) != old[next]))
                continue;
            // The gap below the old threshold here, or above all; between its ends there are only new ones.
            var inside = (next + 1 < old.Length ? above[next + 1] : Sweep.Negatives) - (next < 0 ? 0 : at[next]);
            if (i == lower + 1)
                counts[2 * i] += inside;
            else if (inside > 0)
            {
                if (lower >= 0)
                    Fence(lower, places, ref length);
                parted = true;
                for (var parts = lower + 1; parts < i; parts++)
                    places[length++] = (parts, Wanted.BelowAndAt);
                if (i < thresholds.Length)
                    places[length++] = (i, Wanted.Below);
            }
            if (i < thresholds.Length)
            {
                counts[2 * i + 1] += at[next] - above[next];
                if (next % apart == 0)
                    Fence(i, places, ref length);
            }
            (lower, next) = (i, next - 1);
        }
        return parted ? length : 0;

        static void Fence(int index, Span<(int Index, Wanted Wanted)> places, ref int length)
        {
            if (length == 0 || places[length - 1].Index != index)
                places[length++] = (index, Wanted.Nothing);
        }
    }

    /// <summary>Counts the old rows in the gaps that are parted.</summary>
    private void Part<TKey>(ReadOnlySpan<TKey> parting, ReadOnlySpan<(int Index, Wanted Wanted)> places, int thresholds, Span<long> counts)
        where TKey : unmanaged, IComparable<TKey>
    {
        var found = ThresholdCounts.Count(Negatives, parting);
        for (var i = 0; i < places.Length; i++)
        {
            var (index, wanted) = places[i];
            if (wanted >= Wanted.Below)
                counts[2 * index] += found[2 * i];
            if (wanted == Wanted.BelowAndAt)
                counts[2 * index + 1] += found[2 * i + 1];
        }
        // Above all thresholds, where the highest of them is new.
        if (places[^1].Wanted == Wanted.BelowAndAt)
            counts[2 * thresholds] += found[^1];
    }

    private static void Subtract<TKey>(Rope rows, ReadOnlySpan<TKey> thresholds, Span<long> counts)
        where TKey : unmanaged, IComparable<TKey>
    {
        if (rows.Count == 0)
            return;
        using var rented = Rented<long>.Zeros(counts.Length);
        var gone = rented.Span;
        ThresholdCounts.Count(rows, thresholds, gone);
        for (var i = 0; i < gone.Length; i++)
            counts[i] -= gone[i];
    }
}
