namespace FunctionalMetrics.Core;

/// <summary>
/// What is found in a sweep: found in each part of it, and put together from the highest scores down. The idea of a state, one size smaller: the
/// same value runs over a sweep in memory (its parts on threads), over the slices of a pass, and over the two sweeps of a histogram. Two numbers share
/// what they sum when they name the same reduction.
/// </summary>
/// <typeparam name="TSum">What is found.</typeparam>
/// <param name="empty">What is found where there is no threshold.</param>
/// <param name="of">What is found in a part, which has one at least; it knows what lies above it by <see cref="ThresholdSweep.Before"/>.</param>
/// <param name="merge">What is found in two parts, of which the first lies above the second; associative.</param>
/// <param name="ofRegions">Whether heights are region weights. Otherwise regions are forgotten, and heights are true positives.</param>
internal sealed class Reduction<TSum>(TSum empty, Func<ThresholdSweep, TSum> of, Func<TSum, TSum, TSum> merge, bool ofRegions = false)
    : IReduction
{
    /// <summary>What is found in a sweep: in parts of it, on all processors, where there are many thresholds.</summary>
    public TSum Over(ThresholdSweep sweep) => sweep.Count == 0 ? empty : Seen(sweep).Over(of, merge);

    IRunningSum IReduction.Begin() => new Running(this, empty);

    ILeftOut IReduction.Without(ILeftOutRows rows) => new LeftOut<TSum>(rows.Each(empty, sweep => of(Seen(sweep)), merge));

    private ThresholdSweep Seen(ThresholdSweep sweep) => ofRegions ? sweep : sweep.OfRows;

    /// <summary>The sum of the slices that came so far.</summary>
    internal sealed class Running(Reduction<TSum> reduction, TSum sum) : IRunningSum
    {
        public TSum Sum { get; private set; } = sum;

        public void Add(ThresholdSweep slice) => Sum = reduction.merge(Sum, reduction.of(reduction.Seen(slice)));
    }

    private readonly Func<ThresholdSweep, TSum> of = of;
    private readonly Func<TSum, TSum, TSum> merge = merge;
}

/// <summary>A reduction whatever it finds.</summary>
internal interface IReduction
{
    /// <summary>A sum to which slices of a sweep are added, the highest scores first.</summary>
    IRunningSum Begin();

    /// <summary>What is found without each row.</summary>
    ILeftOut Without(ILeftOutRows rows);
}

/// <summary>A sum over slices that are forgotten.</summary>
internal interface IRunningSum
{
    void Add(ThresholdSweep slice);
}

/// <summary>Gives what reductions found.</summary>
internal interface ISums
{
    long Positives { get; }

    long Negatives { get; }

    TSum Of<TSum>(Reduction<TSum> reduction);
}
