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
            _ => "score",
        };
}

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

/// <summary>A parameter or a look-up stands outside the range where it means something.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">The value given.</param>
/// <param name="Range">The range it must lie in, as text.</param>
public sealed record OutOfRange(string Name, double Value, string Range)
    : MetricError(Invariant($"{Name} is {Value}; it must lie in {Range}"));

/// <summary>A state holds more anomalous scores than can be sorted in one array.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Scores">How many are held, tied 8-bit and half-precision scores once each.</param>
public sealed record TooManyScores(string Metric, long Scores)
    : MetricError(Invariant($"{Metric} cannot sort {Scores} anomalous scores; at most {System.Array.MaxLength} can be held in one array"));
