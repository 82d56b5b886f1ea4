using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Two numbers that a third is certain to lie between, both included; equal where it is known exactly. Compared by value; immutable.
/// </summary>
/// <param name="Lower">The third is not below it.</param>
/// <param name="Upper">The third is not above it.</param>
public readonly record struct Interval([property: Shown] double Lower, [property: Shown] double Upper)
{
    /// <summary>The interval of a number that is known.</summary>
    public static Interval Known(double value) => new(value, value);

    /// <summary>Whether a number lies in it.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <summary>
    /// The unweighted mean of several numbers: correctly rounded where all are known, whatever their order, and otherwise the interval that is certain to
    /// hold it, rounded outward. NaN of none.
    /// </summary>
    public static Interval Mean(IReadOnlyCollection<Interval> numbers)
    {
        if (numbers.Count == 0)
            return Known(double.NaN);
        var (lower, upper) = (Mean(numbers.Select(number => number.Lower)), Mean(numbers.Select(number => number.Upper)));
        return numbers.All(number => number.Lower.Equals(number.Upper))
            ? Known(lower)
            : new(
                Math.Max(Math.BitDecrement(lower), numbers.Min(number => number.Lower)),
                Math.Min(Math.BitIncrement(upper), numbers.Max(number => number.Upper))
            );

        double Mean(IEnumerable<double> ends)
        {
            var sum = new ExactSum();
            foreach (var end in ends)
                sum.Add(end);
            return sum.Over(numbers.Count);
        }
    }

    /// <summary>Both ends.</summary>
    public override string ToString() => FormattableString.Invariant($"{Lower} .. {Upper}");
}
