using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// The receiver operating characteristic: true positive rate over false positive rate as the threshold falls. Immutable and safe to share
/// between threads; equal when made from equal states.
/// </summary>
[Curve]
public sealed record RocCurve
{
    private readonly RankState state;
    private readonly Lazy<CurvePoints> points;

    internal RocCurve(RankState state)
    {
        this.state = state;
        points = new(() => RatePoints.All(state.Sweep, state.Points));
        Area = OrderedPairs.Share.Of(state.Sweep);
    }

    /// <summary>AUROC, in [0, 1]: the share of (anomalous, normal) pairs in the right order, ties counted half; correctly rounded.</summary>
    [Headline]
    public double Area { get; }

    /// <summary>
    /// From (0, 0, +inf), one point (fpr, tpr, threshold) for each distinct score in descending order, ties taken together:
    /// scikit-learn's <c>roc_curve(drop_intermediate=False)</c> but for the first threshold. Sorts every score when first asked for.
    /// </summary>
    public CurvePoints Points => points.Value;

    /// <summary>The points without those that lie on a straight line between their neighbours; the same polyline.</summary>
    public CurvePoints Reduced => RatePoints.Reduced(state.Sweep, state.Points);

    /// <summary>
    /// The same polyline from the anomalous scores alone: at most two vertices for each distinct one, without a sort of the normal scores.
    /// The thresholds are the anomalous scores that end each step.
    /// </summary>
    public CurvePoints Outline => RatePoints.Outline(state.Sweep);

    /// <summary>
    /// The area under the curve for false positive rates from 0 to a limit in (0, 1], interpolated linearly at the limit; not normalised, so
    /// it is at most the limit. Fails with <see cref="OutOfRange"/>.
    /// </summary>
    public Fin<double> PartialArea(double falsePositiveRateLimit) =>
        FprLimit.Check(falsePositiveRateLimit).Map(limit => AreaUnder.UpTo(limit, ofRegions: false).Of(state.Sweep));

    /// <summary>The true positive rate at a false positive rate in [0, 1], interpolated linearly. Fails with <see cref="OutOfRange"/>.</summary>
    public Fin<double> TruePositiveRateAt(double falsePositiveRate)
    {
        var outline = Outline;
        return Interpolation.At(outline.X.AsSpan(), outline.Y.AsSpan(), falsePositiveRate);
    }

    /// <summary>
    /// TPR at FPR: the highest true positive rate that a threshold reaches with a false positive rate of at most the given one, with that
    /// threshold (+inf when only calling nothing anomalous does). The rate is the decimal that it is written as: 0.3 allows 3 of 10. Fails with <see cref="OutOfRange"/> outside [0, 1].
    /// </summary>
    public Fin<OperatingPoint> TprAtFpr(double falsePositiveRate) =>
        FprLimit
            .Decimal("the false positive rate", falsePositiveRate)
            .Map(rate => Point(state.Sweep.UpTo(rate.Floor(state.Negatives)) - 1));

    /// <summary>
    /// FPR at TPR: the lowest false positive rate that a threshold reaches with a true positive rate of at least the given one, with that
    /// threshold. Fails with <see cref="OutOfRange"/> outside [0, 1].
    /// </summary>
    public Fin<OperatingPoint> FprAtTpr(double truePositiveRate) =>
        FprLimit
            .Decimal("the true positive rate", truePositiveRate)
            .Map(rate => Point(rate.Numerator.IsZero ? -1 : Ascending.UpTo(state.Sweep.TruePositives, rate.Ceiling(state.Positives) - 1)));

    /// <inheritdoc/>
    public bool Equals(RocCurve? other) => other is not null && state.Equals(other.state);

    /// <summary>The area; the points would cost a sort.</summary>
    public override string ToString() => FormattableString.Invariant($"ROC curve, area {Area}");

    /// <inheritdoc/>
    public override int GetHashCode() => state.GetHashCode();

    private OperatingPoint Point(int step) =>
        step < 0
            ? new(0, 0, double.PositiveInfinity)
            : new(
                Ratio.Round(state.Sweep.FalsePositives[step], state.Negatives),
                Ratio.Round(state.Sweep.TruePositives[step], state.Positives),
                state.Sweep.Thresholds[step]
            );
}
