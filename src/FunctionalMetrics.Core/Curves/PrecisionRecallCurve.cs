using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Precision over recall. Immutable and safe to share between threads; equal when made from equal states.
/// </summary>
[Curve]
public sealed record PrecisionRecallCurve
{
    private readonly RankState state;
    private readonly Lazy<CurvePoints> points;

    internal PrecisionRecallCurve(RankState state)
    {
        this.state = state;
        points = new(() => AllOf(state));
        (Area, AveragePrecision) = (PrecisionSums.Trapezoids.Of(state.Sweep), PrecisionSums.Steps.Of(state.Sweep));
    }

    /// <summary>The trapezoid area, in [0, 1]: scikit-learn's <c>auc(recall, precision)</c> and anomalib's AUPR.</summary>
    [Headline]
    public double Area { get; }

    /// <summary>The sum of recall steps times precision, in [0, 1]: scikit-learn's <c>average_precision_score</c>.</summary>
    public double AveragePrecision { get; }

    /// <summary>P / (P + N): the precision of a detector that knows nothing.</summary>
    public double ChancePrecision => Ratio.Round(state.Positives, state.Rows);

    /// <summary>
    /// Recall as x, precision as y, in the order of scikit-learn's <c>precision_recall_curve</c>: one point for each distinct score in
    /// ascending order, then (recall 0, precision 1), which has no threshold. Sorts every score when first asked for.
    /// </summary>
    public CurvePoints Points => points.Value;

    /// <summary>
    /// The same polyline from the anomalous scores alone, from recall 0 upwards: at most two vertices for each distinct one, without a sort
    /// of the normal scores. The thresholds are the anomalous scores that end each step.
    /// </summary>
    public CurvePoints Outline => OutlineOf(state.Sweep);

    /// <inheritdoc/>
    public bool Equals(PrecisionRecallCurve? other) => other is not null && state.Equals(other.state);

    /// <summary>Both areas; the points would cost a sort.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"precision-recall curve, area {Area}, average precision {AveragePrecision}");

    /// <inheritdoc/>
    public override int GetHashCode() => state.GetHashCode();

    private static CurvePoints AllOf(RankState state)
    {
        var all = state.Points;
        var points = CurvePoints.Build(
            all.Count + 1,
            k =>
            {
                if (k == all.Count)
                    return (0, 1, 0);
                var (threshold, tp, fp) = all[all.Count - 1 - k];
                return Point(state.Sweep, tp, fp, threshold);
            }
        );
        return points with { Thresholds = points.Thresholds[..all.Count] };
    }

    private static CurvePoints OutlineOf(ThresholdSweep sweep) =>
        CurvePoints.Build(
            2 * sweep.Count + 1,
            k =>
            {
                var i = (k + 1) / 2 - 1;
                return k == 0 || (k == 1 && sweep.FalsePositivesAbove[0] == 0) ? (0, 1, double.PositiveInfinity)
                    : k % 2 == 1 ? Point(sweep, (long)sweep.HeightBefore(i), sweep.FalsePositivesAbove[i], sweep.Thresholds[i])
                    : Point(sweep, sweep.TruePositives[i], sweep.FalsePositives[i], sweep.Thresholds[i]);
            }
        );

    private static (double Recall, double Precision, double Threshold) Point(ThresholdSweep sweep, long tp, long fp, double threshold) =>
        (Ratio.Round(tp, sweep.Positives), Ratio.Round(tp, tp + fp), threshold);
}
