using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>What reductions find in the slices of a sweep, which come from the highest scores down and are forgotten.</summary>
internal sealed class PassSums(IEnumerable<IReduction> reductions)
{
    private readonly Dictionary<IReduction, IRunningSum> running = reductions.ToDictionary(
        reduction => reduction,
        reduction => reduction.Begin()
    );

    /// <summary>Adds the next slice, which has a threshold at least.</summary>
    public void Add(ThresholdSweep slice)
    {
        foreach (var sum in running.Values)
            sum.Add(slice);
    }

    public TSum Of<TSum>(Reduction<TSum> reduction) => ((Reduction<TSum>.Running)running[reduction]).Sum;
}

/// <summary>
/// What passes found of a level; AtLeast says, where no row is anomalous, how many normal ones are at least the default threshold.
/// </summary>
internal sealed record PassRanking(long Positives, long Negatives, Option<long> Regions, ExtremaState Extremes, PassSums Sums, long AtLeast)
    : ExactRanking(Positives, Negatives, Regions)
{
    public override ExtremaState Extrema => Extremes;

    public override TSum Of<TSum>(Reduction<TSum> reduction) => Sums.Of(reduction);

    /// <inheritdoc/>
    public override ConfusionMatrix AtDefault(EvaluationSettings settings) => new(0, AtLeast, 0, Negatives - AtLeast);
}
