using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>A rate of what is called anomalous at the threshold that is given for a level, or else at the one of the largest F1.</summary>
internal static class CalledRate
{
    private const string Optimum = "the threshold of the largest F1";

    public static AskedNumber.Choice Choice(Func<ConfusionMatrix, Fin<double>> rate)
    {
        return new([LargestF1.Reduction], (ranking, settings) => Some(Found(ranking, settings)))
        {
            // Of no data a rate has no value either way; only a parameter is out of range.
            Problem = rate(default).Match(_ => None, error => error is OutOfRange wrong ? Some<MetricError>(wrong) : None),
        };

        FoundRate Found(Ranking ranking, EvaluationSettings settings)
        {
            if (ranking.Positives == 0 && settings.ThresholdOf(ranking) is null)
                return new(AtNoThreshold(ranking));
            var (worst, best) = Counts(ranking, settings, out var threshold);
            return worst == best ? new(rate(best).Map(Interval.Known), threshold, best) : new(Between(worst, best), threshold);
        }

        // Without an optimum there is only what no threshold changes: prevalence, or that there is no value.
        Fin<Interval> AtNoThreshold(Ranking ranking)
        {
            var (none, all) = (rate(new(0, 0, 0, ranking.Negatives)), rate(new(0, ranking.Negatives, 0, 0)));
            return none.IsSucc && none == all ? none.Map(Interval.Known)
                : none.IsFail && all.IsFail ? none.Map(Interval.Known)
                : new Undefined(Optimum, Missing.AnomalousRow, ranking.Rows);
        }

        // Each rate rises with tp and falls with fp, or the other way round: it is largest and smallest at the ends, or where it has no value there, beside them.
        Fin<Interval> Between(ConfusionMatrix worst, ConfusionMatrix best)
        {
            var (positives, negatives) = (best.TruePositives + best.FalseNegatives, best.FalsePositives + best.TrueNegatives);
            var values = (
                from tp in Ends(worst.TruePositives, best.TruePositives)
                from fp in Ends(best.FalsePositives, worst.FalsePositives)
                select rate(new(tp, fp, positives - tp, negatives - fp))
            ).ToList();
            var known = values.Bind(value => value.ToSeq()).ToList();
            return known.Count == 0 ? values[0].Map(Interval.Known)
                : new Interval(known.Min(), known.Max()) is var range && range.Lower == range.Upper ? range
                : Outward(range);
        }
    }

    private static IEnumerable<long> Ends(long least, long most) =>
        new[] { least, Math.Min(least + 1, most), Math.Max(most - 1, least), most }.Distinct();

    /// <summary>Rates are rounded to the nearest double. One in [0, 1] stays there.</summary>
    private static Interval Outward(Interval range) =>
        new(
            range.Lower >= 0 ? Math.Max(0, Math.BitDecrement(range.Lower)) : Math.Max(-1, Math.BitDecrement(range.Lower)),
            range.Upper <= 1 ? Math.Min(1, Math.BitIncrement(range.Upper)) : Math.BitIncrement(range.Upper)
        );

    /// <summary>What is called anomalous at the threshold that is given, or else at the optimum, of which there must be one: as bad and as good as it can be, and the threshold where one is known, as scores are ranked.</summary>
    private static (ConfusionMatrix Worst, ConfusionMatrix Best) Counts(
        Ranking ranking,
        EvaluationSettings settings,
        out Option<double> threshold
    )
    {
        if (settings.ThresholdOf(ranking) is { } given)
        {
            threshold = settings.Own(given) + 0.0;
            return ranking.At(settings.Own(given));
        }
        if (ranking is ExactRanking exact)
        {
            var best = exact.Of(LargestF1.Reduction);
            threshold = best.Threshold;
            return (best.Counts, best.Counts);
        }
        // The threshold lies between two: the higher one calls less anomalous, the lower one more.
        var (lowest, highest) = LargestF1.Threshold(((BoundedRanking)ranking).Sweeps);
        threshold = lowest == highest ? lowest : None;
        var (least, most) = (ranking.At(highest), ranking.At(lowest));
        return (
            Called(
                Math.Min(least.Worst.TruePositives, most.Worst.TruePositives),
                Math.Max(least.Worst.FalsePositives, most.Worst.FalsePositives)
            ),
            Called(
                Math.Max(least.Best.TruePositives, most.Best.TruePositives),
                Math.Min(least.Best.FalsePositives, most.Best.FalsePositives)
            )
        );

        ConfusionMatrix Called(long tp, long fp) => new(tp, fp, ranking.Positives - tp, ranking.Negatives - fp);
    }
}
