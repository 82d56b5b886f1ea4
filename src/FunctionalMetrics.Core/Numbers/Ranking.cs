using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// What the numbers of a level are read off, whichever way it was come by: a state in memory, passes over files, or a histogram.
/// </summary>
internal abstract record Ranking(long Positives, long Negatives, Option<long> Regions)
{
    public long Rows => Positives + Negatives;

    /// <summary>The smallest and the largest score.</summary>
    public abstract ExtremaState Extrema { get; }

    /// <summary>
    /// The counts at one of the thresholds of <see cref="EvaluationSettings.CountedAt"/>: as bad and as good as they can be where scores are in bins.
    /// </summary>
    public abstract (ConfusionMatrix Worst, ConfusionMatrix Best) At(double threshold);

    /// <summary>A point with its threshold; none where that is a normal score, and these are forgotten.</summary>
    public virtual Option<SweepPoint> Located(SweepPoint point) => point.NormalRow == 0 ? Some(point) : None;

    /// <summary>The images that the pixels are of, each by itself; none where they were not kept.</summary>
    public virtual Option<ImageState> Images => None;

    /// <summary>The ranking with the classes swapped and the scores negated; none where normal scores are forgotten.</summary>
    public abstract Option<Ranking> Twin { get; }

    /// <summary>Why a number has no value here.</summary>
    public virtual Option<MetricError> Refusal(string metric, Needs needs) =>
        needs.Refusal(metric, Positives, Negatives, Regions.IfNone(0));
}

/// <summary>One whose numbers are exact.</summary>
internal abstract record ExactRanking(long Positives, long Negatives, Option<long> Regions) : Ranking(Positives, Negatives, Regions), ISums
{
    public abstract TSum Of<TSum>(Reduction<TSum> reduction);
}

/// <summary>The rows of a state, or the pixels of one, and the images that these are of.</summary>
internal sealed record RankingInMemory(RankState State, Option<RegionState> Pixels, Option<ImageState> Kept = default)
    : ExactRanking(State.Positives, State.Negatives, Pixels.Map(pixels => pixels.Regions))
{
    public override Option<ImageState> Images => Kept;

    public override ExtremaState Extrema => State.Extrema;

    public override TSum Of<TSum>(Reduction<TSum> reduction) => Pixels.Match(pixels => pixels.Sweep, () => State.Sweep).Of(reduction);

    public override (ConfusionMatrix Worst, ConfusionMatrix Best) At(double threshold)
    {
        var counts = State.At(threshold);
        return (counts, counts);
    }

    public override Option<Ranking> Twin => new RankingInMemory(State.Twin, None);

    public override Option<SweepPoint> Located(SweepPoint point) => State.Located(point);

    public override Option<MetricError> Refusal(string metric, Needs needs) => State.Refusal(metric, needs, Regions.IfNone(0));
}

/// <summary>The rows of a histogram, or the pixels of one.</summary>
internal sealed record BoundedRanking(BoundedRankState State, Option<BoundedRegionState> Pixels)
    : Ranking(State.Positives, State.Negatives, Pixels.Map(pixels => pixels.Regions))
{
    public override ExtremaState Extrema => State.Extrema;

    public override (ConfusionMatrix Worst, ConfusionMatrix Best) At(double threshold)
    {
        var table = State.Table;
        var (found, mistaken, openFound, openMistaken) = (0L, 0L, 0L, 0L);
        // The threshold's own bin may lie on either side.
        for (var i = table.Count - 1; i >= 0 && table.Range(i) is var (lowest, highest) && highest >= threshold; i--)
            if (lowest >= threshold)
                (found, mistaken) = (found + table.Positives[i], mistaken + table.Negatives[i]);
            else
                (openFound, openMistaken) = (table.Positives[i], table.Negatives[i]);
        return (Counts(found, mistaken + openMistaken), Counts(found + openFound, mistaken));

        ConfusionMatrix Counts(long tp, long fp) => new(tp, fp, Positives - tp, Negatives - fp);
    }

    public override Option<Ranking> Twin => new BoundedRanking(State.Twin, None);

    public HistogramSweeps Sweeps => Pixels.Match(pixels => pixels.Sweeps, () => State.Sweeps);
}
