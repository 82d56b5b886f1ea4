using System.Collections.Immutable;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// The per-region overlap: the mean over regions of the share of a region's pixels found, over the false positive rate of all normal pixels,
/// up to a limit of that rate. Immutable and safe to share between threads; equal when made from equal states with the same limit.
/// </summary>
[Curve]
public sealed record ProCurve
{
    private readonly RegionState state;
    private readonly Lazy<CurvePoints> points;

    internal ProCurve(RegionState state, double limit)
    {
        this.state = state;
        Limit = limit;
        Area = AreaUnder.Normalized(limit, ofRegions: true).Of(state.Sweep);
        points = new(() => Clip(RatePoints.All(state.Sweep, state.Rank.Points), limit));
    }

    /// <summary>The false positive rate at which the curve ends, in (0, 1].</summary>
    public double Limit { get; }

    /// <summary>AUPRO, in [0, 1]: the area under the curve up to the limit, divided by the limit.</summary>
    [Headline]
    public double Area { get; }

    /// <summary>
    /// From (0, 0, +inf), one point (fpr, pro, threshold) for each distinct score in descending order, ties taken together, as far as
    /// fpr &lt;= limit as doubles, and the interpolated end point; the whole curve ends at (1, 1). Sorts every score when first asked for.
    /// </summary>
    public CurvePoints Points => points.Value;

    /// <summary>The same polyline from the anomalous scores alone: at most two vertices for each distinct one.</summary>
    public CurvePoints Outline => Clip(RatePoints.Outline(state.Sweep), Limit);

    /// <summary>The same curve up to another limit in (0, 1]. Fails with <see cref="OutOfRange"/>.</summary>
    public Fin<ProCurve> UpTo(double falsePositiveRateLimit) =>
        FprLimit.Check(falsePositiveRateLimit).Map(limit => new ProCurve(state, limit));

    /// <summary>
    /// PRO at a false positive rate within the limit, interpolated linearly; where the curve rises at one rate, its top. Fails with
    /// <see cref="OutOfRange"/>.
    /// </summary>
    public Fin<double> At(double falsePositiveRate)
    {
        var outline = Outline;
        return Interpolation.At(outline.X.AsSpan(), outline.Y.AsSpan(), falsePositiveRate);
    }

    /// <inheritdoc/>
    public bool Equals(ProCurve? other) => other is not null && Limit.Equals(other.Limit) && state.Equals(other.state);

    /// <summary>The area and its limit; the points would cost a sort.</summary>
    public override string ToString() => FormattableString.Invariant($"PRO curve up to FPR {Limit}, area {Area}");

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(state, Limit);

    /// <summary>The points with x at most the limit, and the interpolated one there.</summary>
    internal static CurvePoints Clip(CurvePoints whole, double limit)
    {
        var inside = 0;
        while (inside < whole.Count && whole.X[inside] <= limit)
            inside++;
        if (inside == whole.Count || whole.X[inside - 1] == limit)
            return new(whole.X[..inside], whole.Y[..inside], whole.Thresholds[..inside]);
        var end = Interpolation.At(whole.X.AsSpan(), whole.Y.AsSpan(), limit).ThrowIfFail();
        return new(
            whole.X[..inside].Add(limit),
            whole.Y[..inside].Add(end),
            // The interpolated end lies before the next threshold is reached; it is the one that the limit cuts.
            whole.Thresholds[..inside].Add(whole.Thresholds[inside])
        );
    }
}
