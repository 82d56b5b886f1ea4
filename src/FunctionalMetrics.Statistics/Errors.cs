using FunctionalMetrics.Core;
using static System.FormattableString;

namespace FunctionalMetrics.Statistics;

/// <summary>A number has no interval, or two have no test, because the data do not let it vary.</summary>
/// <param name="What">The interval or the test.</param>
/// <param name="Value">The number.</param>
/// <param name="Why">What keeps it from varying.</param>
public sealed record NoSpread(string What, double Value, string Why) : MetricError(Invariant($"there is no {What} of {Value}: {Why}"))
{
    internal static NoSpread OfArea(double area) =>
        new(
            "interval of an AUROC",
            area,
            area is 0 or 1
                ? "the two classes are wholly apart in these data"
                : "nothing varies in these data, as where all scores are tied, so that its error cannot be estimated"
        );

    internal static NoSpread OfDifference(string what, double difference) =>
        new(
            $"{what} of a difference",
            difference,
            "nothing varies in these data, as where both models part the classes wholly, so that its error cannot be estimated"
        );
}

/// <summary>DeLong's variance was asked for of pixels.</summary>
public sealed record PixelsNotIndependent()
    : MetricError(
        "DeLong's interval is not for pixels: those of one image are not independent, and a 95% interval would hold the true area about half the time; use the clustered AUROC (by image) or the image bootstrap"
    );

/// <summary>No category has a number, or in none all models have it that are compared, so that there is no mean.</summary>
public sealed record NoCategory() : MetricError("there is no category in which all have a value");

/// <summary>A number of rows has no interval because there are too many to be drawn again: more than <see cref="ReplicateTable.MostRows"/>.</summary>
/// <param name="Number">The number.</param>
public sealed record TooManyRows(string Number)
    : MetricError(Invariant($"{Number} has no bootstrap interval: numbers are drawn of {ReplicateTable.MostRows:#,0} rows at most"));
