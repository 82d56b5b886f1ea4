using System.Numerics;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// Scores between 0 and 1 for showing, as anomalib 2 makes them, with the threshold at 0.5; and the decision, which is made on the raw score:
/// <code>
/// Normalisation shown = Normalisation.Of(threshold: 0.7, min: 0, max: 2).ThrowIfFail();
/// double bar = shown.Of(score);           // clamp((x - t) / (max - min) + 0.5, 0, 1)
/// bool alarm = shown.Flags(score);        // x >= t + (0.5 - sensitivity)(max - min), exactly
/// </code>
/// anomalib decides on the shown score, x' > 1 - sensitivity, which lets a score pass that equals the threshold. Where low scores are anomalous all signs turn. Compared by
/// value; immutable and safe to share between threads.
/// </summary>
public sealed record Normalisation
{
    /// <summary>The sensitivity that decides at the threshold: 0.5.</summary>
    public const double UsualSensitivity = 0.5;

    private Normalisation(double threshold, double min, double max, bool lowerIsAnomalous, double sensitivity, double cut) =>
        (Threshold, Min, Max, LowerIsAnomalous, Sensitivity, Cut) = (threshold, min, max, lowerIsAnomalous, sensitivity, cut);

    /// <summary>The score that is shown as 0.5.</summary>
    public double Threshold { get; }

    /// <summary>The smallest score of the data that the threshold was chosen on.</summary>
    public double Min { get; }

    /// <summary>The largest one.</summary>
    public double Max { get; }

    /// <summary>Whether low scores are the anomalous ones, shown above 0.5.</summary>
    public bool LowerIsAnomalous { get; }

    /// <summary>In [0, 1]; 0.5 decides at the threshold, more flags more.</summary>
    public double Sensitivity { get; }

    /// <summary>The raw score at which the decision is made: the outermost double that is flagged.</summary>
    public double Cut { get; }

    /// <summary>
    /// The normalisation of a threshold. Fails with <see cref="OutOfRange"/> for a threshold that is not finite, for a largest score that is not above the smallest,
    /// and for a sensitivity outside [0, 1].
    /// </summary>
    /// <param name="threshold">The threshold, in the scores as given.</param>
    /// <param name="min">The smallest score.</param>
    /// <param name="max">The largest one.</param>
    /// <param name="lowerIsAnomalous">Whether low scores are the anomalous ones.</param>
    /// <param name="sensitivity">In [0, 1], the decimal that it is written as; 0.5 decides at the threshold, more flags more.</param>
    public static Fin<Normalisation> Of(
        double threshold,
        double min,
        double max,
        bool lowerIsAnomalous = false,
        double sensitivity = UsualSensitivity
    ) =>
        !double.IsFinite(threshold) ? new OutOfRange("the threshold of a normalisation", threshold, "the finite numbers")
        : !double.IsFinite(min) ? new OutOfRange("the smallest score", min, "the finite numbers")
        : !(max > min && double.IsFinite(max))
            ? new OutOfRange("the largest score", max, FormattableString.Invariant($"({min}, inf), above the smallest one"))
        : sensitivity is not (>= 0 and <= 1) ? new OutOfRange("the sensitivity", sensitivity, "[0, 1]")
        : new Normalisation(threshold, min, max, lowerIsAnomalous, sensitivity, CutOf(threshold, min, max, lowerIsAnomalous, sensitivity));

    /// <summary>The score as it is shown, in [0, 1]: clamp((x - t) / (max - min) + 0.5, 0, 1).</summary>
    /// <param name="score">The score as the detector gives it.</param>
    public double Of(double score) => Math.Clamp((LowerIsAnomalous ? Share(Threshold, score) : Share(score, Threshold)) + 0.5, 0, 1);

    /// <summary>Whether a score is called anomalous, decided on the raw score. A score that is no number is not.</summary>
    /// <param name="score">The score as the detector gives it.</param>
    public bool Flags(double score) => LowerIsAnomalous ? score <= Cut : score >= Cut;

    /// <summary>The score that is shown as a number. Fails with <see cref="OutOfRange"/> for 0 and 1 and beyond, which many scores are shown as.</summary>
    /// <param name="shown">A number in (0, 1).</param>
    public Fin<double> Inverse(double shown) =>
        shown is > 0 and < 1
            ? Threshold + (LowerIsAnomalous ? 0.5 - shown : shown - 0.5) * Max - (LowerIsAnomalous ? 0.5 - shown : shown - 0.5) * Min
            : new OutOfRange("the normalised score", shown, "(0, 1)");

    /// <summary>(a - b) / (max - min); in halves where a difference is beyond the doubles.</summary>
    private double Share(double a, double b) =>
        double.IsFinite(a - b) && double.IsFinite(Max - Min) ? (a - b) / (Max - Min) : (a / 2 - b / 2) / (Max / 2 - Min / 2);

    /// <summary>The smallest double that is not below t + (0.5 - sensitivity)(max - min), or its counterpart where low scores are anomalous.</summary>
    private static double CutOf(double threshold, double min, double max, bool lowerIsAnomalous, double sensitivity)
    {
        var ((t, tUnit), (low, lowUnit), (high, highUnit)) = (Ratio.Exact(threshold), Ratio.Exact(min), Ratio.Exact(max));
        var share = Fraction.OfDecimal(sensitivity);
        var (numerator, denominator) = (share.Denominator - 2 * share.Numerator, 2 * share.Denominator);
        var width = (high * lowUnit - low * highUnit) * numerator * tUnit;
        var unit = lowUnit * highUnit * denominator;
        return lowerIsAnomalous ? 0 - Above(-t * unit + width, unit * tUnit) : Above(t * unit + width, unit * tUnit);

        static double Above(BigInteger a, BigInteger b) =>
            Ratio.Round(a, b) switch
            {
                double.PositiveInfinity => double.PositiveInfinity,
                double.NegativeInfinity => double.MinValue,
                _ => Ratio.Up(a, b) + 0.0,
            };
    }
}
