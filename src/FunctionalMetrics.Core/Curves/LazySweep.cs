using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// The sweep of a state, made when it is first asked for. Where rows were added to a state that has made its own, it begins with those counts,
/// and gets the same numbers sooner; until then it keeps the older sweep and its rows.
/// </summary>
internal sealed class LazySweep
{
    private readonly Rope negatives;
    private readonly Lazy<ThresholdSweep> sweep;
    private KnownCounts? known;

    public LazySweep(Rope negatives, Func<KnownCounts?, ThresholdSweep> make, KnownCounts? known = null)
    {
        (this.negatives, this.known) = (negatives, known);
        sweep = new(() =>
        {
            var made = make(this.known);
            this.known = null;
            return made;
        });
    }

    public ThresholdSweep Value => sweep.Value;

    /// <summary>What it will begin with, as long as it is not made.</summary>
    public KnownCounts? Known => known;

    /// <summary>What a state knows that goes on from two others: what the one knows that has seen more, unless most rows are new to it.</summary>
    public static KnownCounts? Of(LazySweep left, LazySweep right)
    {
        var (first, second) = (left.Counts, right.Counts);
        var larger = first is null || second?.Negatives.Count > first.Negatives.Count ? second : first;
        return larger?.Negatives.Count > (left.negatives.Count + right.negatives.Count) / 2 ? larger : null;
    }

    private KnownCounts? Counts => sweep.IsValueCreated ? new(sweep.Value, negatives) : known;
}
