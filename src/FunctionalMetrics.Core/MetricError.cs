using LanguageExt;
using LanguageExt.Common;
using static System.FormattableString;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>Why a metric has no value: the failure side of every <c>Compute</c>. Compared by value.</summary>
/// <param name="Reason">One sentence for people.</param>
public abstract record MetricError(string Reason) : Expected(Reason, 0, None)
{
    /// <inheritdoc/>
    public sealed override string ToString() => Reason;
}

/// <summary>What a metric needs and did not see.</summary>
public enum Missing
{
    /// <summary>A row labelled anomalous (1).</summary>
    AnomalousRow,

    /// <summary>A row labelled normal (0).</summary>
    NormalRow,

    /// <summary>A region of anomalous pixels.</summary>
    Region,

    /// <summary>A normal pixel.</summary>
    NormalPixel,

    /// <summary>A row whose score reaches the threshold.</summary>
    CalledAnomalous,

    /// <summary>Any score at all.</summary>
    Score,

    /// <summary>A row whose score does not reach the threshold.</summary>
    CalledNormal,

    /// <summary>A normal row whose score reaches the threshold: fp is 0.</summary>
    FalsePositive,

    /// <summary>A normal row whose score does not reach the threshold: tn is 0.</summary>
    TrueNegative,

    /// <summary>A row of either class.</summary>
    Row,

    /// <summary>A defect of an image.</summary>
    Defect,

    /// <summary>A normal image: one that is normal and has a normal pixel and no other.</summary>
    NormalImage,
}

/// <summary>A metric is undefined because a class of rows was not seen.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Missing">What was not seen.</param>
/// <param name="Rows">How many rows (pixels, at pixel level) were seen.</param>
public sealed record Undefined(string Metric, Missing Missing, long Rows)
    : MetricError(Invariant($"{Metric} is undefined: there is no {Named(Missing)} (rows seen: {Rows})"))
{
    private static string Named(Missing missing) =>
        missing switch
        {
            Missing.AnomalousRow => "anomalous row",
            Missing.NormalRow => "normal row",
            Missing.Region => "region of anomalous pixels",
            Missing.NormalPixel => "normal pixel",
            Missing.CalledAnomalous => "row called anomalous",
            Missing.CalledNormal => "row called normal",
            Missing.FalsePositive => "normal row called anomalous (fp is 0)",
            Missing.TrueNegative => "normal row called normal (tn is 0)",
            Missing.Row => "row",
            Missing.Defect => "defect",
            Missing.NormalImage => "normal image",
            _ => "score",
        };
}

/// <summary>A metric asks for a precision that no threshold reaches.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Asked">The precision asked for.</param>
/// <param name="Best">The best precision that a threshold reaches.</param>
public sealed record NotReached(string Metric, double Asked, double Best)
    : MetricError(Invariant($"{Metric} is undefined: no threshold has a precision of {Asked}; the best precision reached is {Best}"));

/// <summary>A metric of small false positive rates is undefined because there are too few normal rows for them.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Rate">The smallest rate.</param>
/// <param name="Needed">How many normal rows it needs.</param>
/// <param name="Seen">How many there are.</param>
public sealed record TooFewNormalRows(string Metric, double Rate, long Needed, long Seen)
    : MetricError(
        Invariant($"{Metric} is undefined: a false positive rate of {Rate} needs {Needed} normal rows (normal rows seen: {Seen})")
    );

/// <summary>A metric of small shared false positive rates is undefined because the smallest one above 0 is larger.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Rate">The smallest rate that it asks for.</param>
/// <param name="Smallest">The smallest rate above 0 that a threshold has.</param>
/// <param name="Needed">How many normal pixels it needs at least.</param>
public sealed record SharedRateTooHigh(string Metric, double Rate, double Smallest, long Needed)
    : MetricError(
        Invariant(
            $"{Metric} is undefined: the smallest shared false positive rate above 0 is {Smallest}, and it asks for {Rate}, which needs {Needed} normal pixels at least"
        )
    );

/// <summary>A number was asked for by a name that none has.</summary>
/// <param name="Name">The name.</param>
/// <param name="Known">The names that there are, or how this one is written.</param>
public sealed record UnknownNumber(string Name, string Known) : MetricError($"there is no number '{Name}'; {Known}");

/// <summary>A threshold was asked for by a rule that there is not.</summary>
/// <param name="Rule">The rule's text.</param>
/// <param name="Known">The rules that there are, or how this one is written.</param>
public sealed record UnknownRule(string Rule, string Known) : MetricError($"there is no rule '{Rule}'; {Known}");

/// <summary>A rule has no threshold because there are too few normal scores for it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="For">What it needs them for.</param>
/// <param name="Needed">How many it needs.</param>
/// <param name="Seen">How many there are.</param>
public sealed record TooFewNormalScores(string Rule, string For, long Needed, long Seen)
    : MetricError(Invariant($"{Rule} is undefined: {For} needs {Needed} normal scores (seen: {Seen})"));

/// <summary>A rule was asked for a threshold of pixels, for which it promises nothing.</summary>
/// <param name="Rule">The rule.</param>
public sealed record NotOfPixels(string Rule)
    : MetricError(
        $"the rule {Rule} is not for pixels: pixels of one image are not exchangeable; choose it at the image level with the largest score of each map, which bounds the chance that any pixel of a new normal image is flagged"
    );

/// <summary>A metric of logarithms is undefined because scores of 0 or below were seen.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="NonPositive">How many such scores were seen.</param>
/// <param name="Rows">How many scores were seen in all.</param>
public sealed record NonPositiveScores(string Metric, long NonPositive, long Rows)
    : MetricError(Invariant($"{Metric} is undefined: the logarithm needs scores above 0, and {NonPositive} of {Rows} are not"));

/// <summary>A metric of each pixel position is undefined because maps of more than one shape were seen.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Shapes">The heights and widths seen, in ascending order.</param>
public sealed record SeveralShapes(string Metric, Arr<(int Height, int Width)> Shapes)
    : MetricError(
        $"{Metric} is undefined: maps must share one shape, and these were seen: "
            + string.Join(", ", Shapes.Map(shape => Invariant($"{shape.Height} x {shape.Width}")))
    );

/// <summary>A number that is not resampled: the level does not have it, or it reads each normal score, and there are too many.</summary>
/// <param name="Number">The number.</param>
public sealed record NotResampled(string Number)
    : MetricError(
        Invariant(
            $"{Number} is not resampled: the level does not have it, or it reads every normal score, which more than {MostNormalScores} are too many for"
        )
    )
{
    /// <summary>So many normal scores may be read one by one in each replicate.</summary>
    internal const long MostNormalScores = 4_000_000;
}

/// <summary>A parameter or a look-up stands outside the range where it means something.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">The value given.</param>
/// <param name="Range">The range it must lie in, as text.</param>
public sealed record OutOfRange(string Name, double Value, string Range)
    : MetricError(Invariant($"{Name} is {Value}; it must lie in {Range}"))
{
    /// <summary>Whether another parameter's value sets the range: with another one of that the value may be right.</summary>
    public bool DependsOnAnother { get; init; }
}

/// <summary>A state holds more anomalous scores than can be sorted in one array.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Scores">How many are held, tied 8-bit and half-precision scores once each.</param>
public sealed record TooManyScores(string Metric, long Scores)
    : MetricError(Invariant($"{Metric} cannot sort {Scores} anomalous scores; at most {System.Array.MaxLength} can be held in one array"));
