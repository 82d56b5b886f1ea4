using System.Globalization;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// A threshold that a rule chose on some data, with what it reaches there, to be applied to other data: <c>threshold.Flags(score)</c> decides as the evaluation
/// did. Compared by value; immutable and safe to share between threads.
/// </summary>
/// <param name="Rule">The rule that chose it.</param>
/// <param name="Level"><see cref="Levels.Image"/> (also of rows) or <see cref="Levels.Pixel"/>.</param>
/// <param name="Value">The threshold in the direction of the scores as given; infinite where it flags nothing.</param>
/// <param name="LowerIsAnomalous">Whether scores of at most it are flagged, and not those of at least it.</param>
/// <param name="Min">The smallest score of the data that it was chosen on.</param>
/// <param name="Max">The largest one.</param>
/// <param name="Counts">tp, fp, fn and tn there. On the data that it was chosen on they are too good.</param>
/// <param name="DataHash">A hash of these data, whatever their order: the level's scores with their classes. It finds accidents, not forgeries.</param>
/// <param name="Remark">What must be said of it; empty as a rule.</param>
public sealed record Threshold(
    ThresholdRule Rule,
    string Level,
    [property: Headline] double Value,
    bool LowerIsAnomalous,
    double Min,
    double Max,
    ConfusionMatrix Counts,
    string DataHash,
    string Remark
)
{
    /// <summary>How many rows (images, pixels) it was chosen on.</summary>
    public long Rows => Counts.Rows;

    /// <summary>How many of them were anomalous.</summary>
    public long Positives => Counts.TruePositives + Counts.FalseNegatives;

    /// <summary>
    /// The threshold that a rule gives. Fails with <see cref="Undefined"/> where a class is missing, with <see cref="NotReached"/>, <see cref="NonPositiveScores"/> and
    /// <see cref="TooFewNormalScores"/> where the rule has no threshold for these data, and with <see cref="NotOfPixels"/> for a rule that has none for any pixels.
    /// </summary>
    /// <param name="rule">The rule.</param>
    /// <param name="rows">The rows, or pixels; negated where low scores are anomalous.</param>
    /// <param name="level"><see cref="Levels.Image"/> or <see cref="Levels.Pixel"/>.</param>
    /// <param name="lowerIsAnomalous">Whether they are negated, since low scores are the anomalous ones.</param>
    public static Fin<Threshold> Choose(ThresholdRule rule, RankState rows, string level = Levels.Image, bool lowerIsAnomalous = false) =>
        rule.IsOfRowsOnly && level == Levels.Pixel
            ? new NotOfPixels(rule.Text)
            : from point in rule.Point(rows, lowerIsAnomalous)
            from range in rows.Extrema.Range.ToFin(new Undefined(rule.Name, Missing.Row, 0))
            select new Threshold(
                rule,
                level,
                lowerIsAnomalous ? 0 - point.Threshold : point.Threshold,
                lowerIsAnomalous,
                lowerIsAnomalous ? 0 - range.Max : range.Min,
                lowerIsAnomalous ? 0 - range.Min : range.Max,
                rows.At(point.Threshold),
                HashOf(rows),
                Said(point, rows)
            );

    /// <summary>The hash of the data of a level, as <see cref="DataHash"/> has it.</summary>
    /// <param name="rows">The rows, or pixels; negated where low scores are anomalous.</param>
    public static string HashOf(RankState rows) => rows.Checksum().ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Whether a score is called anomalous: compared in double, with the threshold as it is. A score that is no number is not.</summary>
    /// <param name="score">The score as the detector gives it.</param>
    public bool Flags(double score) => LowerIsAnomalous ? score <= Value : score >= Value;

    /// <summary>Scores between 0 and 1 for showing, with the decision on the raw score. Fails as <see cref="Normalisation"/> does of its parts.</summary>
    /// <param name="sensitivity">In [0, 1]; 0.5 decides at the threshold, more flags more.</param>
    public Fin<Normalisation> Normalised(double sensitivity = Normalisation.UsualSensitivity) =>
        Normalisation.Of(Value, Min, Max, LowerIsAnomalous, sensitivity);

    private static string Said(ChosenPoint point, RankState rows) =>
        double.IsFinite(point.Threshold) ? point.Remark
        : point.Remark.Length > 0 ? $"it flags nothing: {point.Remark}"
        : "it flags nothing";
}
