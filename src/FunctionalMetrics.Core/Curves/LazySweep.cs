using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// The sweep of a state, made when it is first asked for. Where a state that this one goes on from has made its own, it begins with those
/// counts, and gets the same numbers sooner; until then it keeps the older sweep.
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

    /// <summary>What a state knows that goes on from two others: what the one knows that has seen more.</summary>
    public static KnownCounts? Known(LazySweep left, LazySweep right) =>
        (left.Counts, right.Counts) switch
        {
            ({ } first, { } second) => first.Negatives.Count >= second.Negatives.Count ? first : second,
            var (first, second) => first ?? second,
        };

    private KnownCounts? Counts => sweep.IsValueCreated ? new(sweep.Value, negatives) : known;
}
