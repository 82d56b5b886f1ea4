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

    /// <summary>Both ends.</summary>
    public override string ToString() => FormattableString.Invariant($"{Lower} .. {Upper}");
}
