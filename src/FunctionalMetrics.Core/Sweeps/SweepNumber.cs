using System.Numerics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>A number of at least 0 as the fraction that it is.</summary>
internal readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>The nearest double, ties to even.</summary>
    public double Rounded => Ratio.Round(Numerator, Denominator);

    /// <summary>The doubles around two fractions, rounded outward; the nearest one alone where both are the same.</summary>
    public static Interval Between(Fraction lower, Fraction upper) =>
        lower.Numerator * upper.Denominator == upper.Numerator * lower.Denominator
            ? Interval.Known(lower.Rounded)
            : new(Ratio.Down(lower.Numerator, lower.Denominator), Ratio.Up(upper.Numerator, upper.Denominator));
}

/// <summary>A number that is read off a sweep: what is summed over it, and the fraction that the sum comes to.</summary>
internal abstract class SweepNumber
{
    /// <summary>What is summed.</summary>
    public abstract IReduction Reduction { get; }

    /// <summary>The number where the sums are known.</summary>
    public abstract Fraction Of(ISums sums);

    /// <summary>The number of a sweep in memory.</summary>
    public double Of(ThresholdSweep sweep) => Of((ISums)sweep).Rounded;

    /// <summary>
    /// What a histogram leaves open: the number lies between those of its worst and its best sweep, unless the number says how to do better.
    /// </summary>
    public virtual Interval Of(HistogramSweeps sweeps) => Fraction.Between(Of((ISums)sweeps.Worst), Of((ISums)sweeps.Best));
}

/// <inheritdoc/>
/// <param name="reduction">What is summed.</param>
/// <param name="fraction">What a sum comes to, given the sums that it is one of.</param>
/// <param name="bounds">How the number is bounded by a histogram where its worst and best sweep do not tell, or not sharply.</param>
internal sealed class SweepNumber<TSum>(
    Reduction<TSum> reduction,
    Func<TSum, ISums, Fraction> fraction,
    Func<HistogramSweeps, Interval>? bounds = null
) : SweepNumber
{
    public override IReduction Reduction => reduction;

    public override Fraction Of(ISums sums) => fraction(sums.Of(reduction), sums);

    public override Interval Of(HistogramSweeps sweeps) => bounds?.Invoke(sweeps) ?? base.Of(sweeps);
}
