using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>A number that is read off a sweep: what is summed over it, and the fraction that the sum comes to.</summary>
internal abstract class SweepNumber
{
    /// <summary>What is summed.</summary>
    public abstract IReduction Reduction { get; }

    /// <summary>The number where the sums are known.</summary>
    public abstract Fraction Of(ISums sums);

    /// <summary>Whether its threshold may be a normal score, which a sweep does not have.</summary>
    public bool MayPointAtNormal { get; init; }

    /// <summary>Why it has no value, where that shows in the sums alone.</summary>
    public virtual Option<MetricError> Refusal(string metric, ISums sums) => None;

    /// <summary>The threshold that gives it, and the counts there; none where no single threshold does.</summary>
    public virtual Option<SweepPoint> Point(ISums sums) => None;

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
    /// <summary>Why there is no value, given the metric's name.</summary>
    public Func<string, TSum, ISums, Option<MetricError>>? Refuses { get; init; }

    /// <summary>The threshold that gives it.</summary>
    public Func<TSum, ISums, SweepPoint>? At { get; init; }

    public override IReduction Reduction => reduction;

    public override Fraction Of(ISums sums) => fraction(sums.Of(reduction), sums);

    public override Option<MetricError> Refusal(string metric, ISums sums) => Refuses?.Invoke(metric, sums.Of(reduction), sums) ?? None;

    public override Option<SweepPoint> Point(ISums sums) => At is null ? None : Some(At(sums.Of(reduction), sums));

    public override Interval Of(HistogramSweeps sweeps) => bounds?.Invoke(sweeps) ?? base.Of(sweeps);
}
