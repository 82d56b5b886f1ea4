using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>What can be read off counts and curves of the core, as plain numbers: <c>metric.State.At(0.7).F1()</c>.</summary>
public static class Readings
{
    /// <summary>tp / (tp + fp), in [0, 1].</summary>
    /// <exception cref="UndefinedMetricException">Nothing is called anomalous.</exception>
    public static double Precision(this ConfusionMatrix counts) => counts.Precision.OrThrow();

    /// <summary>tp / (tp + fn), in [0, 1]; also the true positive rate.</summary>
    /// <exception cref="UndefinedMetricException">There is no anomalous row.</exception>
    public static double Recall(this ConfusionMatrix counts) => counts.Recall.OrThrow();

    /// <summary>fp / (fp + tn), in [0, 1].</summary>
    /// <exception cref="UndefinedMetricException">There is no normal row.</exception>
    public static double FalsePositiveRate(this ConfusionMatrix counts) => counts.FalsePositiveRate.OrThrow();

    /// <summary>2 tp / (2 tp + fp + fn), in [0, 1].</summary>
    /// <exception cref="UndefinedMetricException">No row is anomalous and none is called so.</exception>
    public static double F1(this ConfusionMatrix counts) => counts.F1.OrThrow();

    /// <summary>The overlap per region at a false positive rate, interpolated linearly, in [0, 1].</summary>
    /// <exception cref="UndefinedMetricException">The rate is outside of what the curve covers.</exception>
    public static double OverlapAt(this ProCurve curve, double falsePositiveRate) => curve.At(falsePositiveRate).OrThrow();

    /// <summary>The true positive rate at a false positive rate, interpolated linearly, in [0, 1].</summary>
    /// <exception cref="UndefinedMetricException">The rate is outside [0, 1].</exception>
    public static double RecallAt(this RocCurve curve, double falsePositiveRate) => curve.TruePositiveRateAt(falsePositiveRate).OrThrow();

    /// <summary>
    /// TPR at FPR: the highest true positive rate that a threshold reaches with a false positive rate of at most the given one, and that threshold
    /// (+inf when only calling nothing anomalous does).
    /// </summary>
    /// <exception cref="UndefinedMetricException">The rate is outside [0, 1].</exception>
    public static OperatingPoint PointAtFpr(this RocCurve curve, double falsePositiveRate) => curve.TprAtFpr(falsePositiveRate).OrThrow();

    /// <summary>
    /// FPR at TPR: the lowest false positive rate that a threshold reaches with a true positive rate of at least the given one, and that threshold
    /// (+inf for a rate of 0).
    /// </summary>
    /// <exception cref="UndefinedMetricException">The rate is outside [0, 1].</exception>
    public static OperatingPoint PointAtTpr(this RocCurve curve, double truePositiveRate) => curve.FprAtTpr(truePositiveRate).OrThrow();

    /// <summary>The area under the curve for false positive rates up to a limit, not normalised, so in [0, limit].</summary>
    /// <exception cref="UndefinedMetricException">The limit is outside (0, 1].</exception>
    public static double AreaUpTo(this RocCurve curve, double falsePositiveRateLimit) =>
        curve.PartialArea(falsePositiveRateLimit).OrThrow();
}
