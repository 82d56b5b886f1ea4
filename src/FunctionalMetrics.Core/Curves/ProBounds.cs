using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// Between which the per-region overlap over the false positive rate lies, up to a limit of that rate. Immutable and safe to share between
/// threads; equal when made from equal states with the same limit.
/// </summary>
public sealed record ProBounds
{
    private readonly BoundedRegionState state;
    private readonly double limit;

    internal ProBounds(BoundedRegionState state, double limit)
    {
        (this.state, this.limit) = (state, limit);
        Area = AreaUnder.Normalized(limit, ofRegions: true).Of(state.Sweeps);
    }

    /// <summary>AUPRO, in [0, 1]: the area under the curve up to the limit, divided by the limit.</summary>
    [Headline]
    public Interval Area { get; }

    /// <summary>
    /// PRO at a false positive rate within the limit: it holds what <see cref="ProCurve.At"/> gives of the exact curve. Fails with
    /// <see cref="OutOfRange"/>.
    /// </summary>
    public Fin<Interval> At(double falsePositiveRate) =>
        from lower in At(state.Sweeps.Worst, falsePositiveRate)
        from upper in At(state.Sweeps.Best, falsePositiveRate)
        // What is interpolated between two heights can be rounded to just above the higher one.
        select lower == upper ? new Interval(lower, upper) : new Interval(lower, Math.Min(1, Math.BitIncrement(Math.BitIncrement(upper))));

    /// <inheritdoc/>
    public bool Equals(ProBounds? other) => other is not null && limit.Equals(other.limit) && state.Equals(other.state);

    /// <summary>The bounds of the area.</summary>
    public override string ToString() => FormattableString.Invariant($"PRO curve up to FPR {limit}, area {Area}");

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(state, limit);

    private Fin<double> At(ThresholdSweep sweep, double falsePositiveRate)
    {
        var outline = ProCurve.Clip(RatePoints.Outline(sweep), limit);
        return Interpolation.At(outline.X.AsSpan(), outline.Y.AsSpan(), falsePositiveRate);
    }
}
