using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The number of a metric of ranks or regions, declared once: its name, what it needs, and how it is read off a sweep. In memory, in passes, in bounded
/// memory and in a cluster it is this value that is computed.
/// </summary>
/// <param name="Name">The metric's name in tables and errors.</param>
/// <param name="Needs">What it needs to have a value.</param>
/// <param name="Number">How it is read off a sweep.</param>
internal sealed record RankNumber(string Name, Needs Needs, SweepNumber Number)
{
    /// <summary>What is wrong with its parameters, whatever the data.</summary>
    public Option<MetricError> Problem { get; init; }

    /// <summary>The number of a level, exact or as the interval that holds it; none at a level that has no regions where it needs them.</summary>
    public Option<Fin<Interval>> Of(Ranking ranking) => Needs == Needs.Regions && ranking.Regions.IsNone ? None : Some(Value(ranking));

    /// <summary>Whether a larger number is a better detector.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>The threshold that gives the number, with the counts there, where there is one and it is known which.</summary>
    public Option<SweepPoint> Point(Ranking ranking) =>
        ranking is ExactRanking exact && Refusal(exact).IsNone ? Number.Point(exact).Bind(ranking.Located) : None;

    /// <summary>The metric that gives the number with its threshold.</summary>
    public Metric<ScoreBatch, RankState, RateAtThreshold> Metric() =>
        Metric(state =>
        {
            var found = Number.Point(state.Sweep).Map(state.Located).IfNone(SweepPoint.Nothing(state.Sweep));
            return new RateAtThreshold(Number.Of(state.Sweep), found.Threshold, found.Counts);
        });

    /// <summary>The metric that gives a result of the whole state, where the number has a value.</summary>
    public Metric<ScoreBatch, RankState, TResult> Metric<TResult>(Func<RankState, TResult> result) =>
        new(
            Name,
            Some(HigherIsBetter),
            RankState.State,
            state => (Problem | state.Refusal(Name, Needs)).Else(() => Number.Refusal(Name, state.Sweep)).Or(() => result(state))
        );

    /// <summary>The metric in bounded memory: the interval that is certain to hold the number.</summary>
    public Metric<ScoreBatch, BoundedRankState, Interval> Bounded(int bits) => Bounded(bits, state => Number.Of(state.Sweeps));

    /// <summary>The same with another result.</summary>
    public Metric<ScoreBatch, BoundedRankState, TResult> Bounded<TResult>(int bits, Func<BoundedRankState, TResult> result) =>
        new(
            "bounded " + Name,
            Some(HigherIsBetter),
            BoundedRankState.StateAt(bits),
            state =>
                (Problem | state.Refusal("bounded " + Name, bits, Needs))
                    .Else(() => Number.Refusal("bounded " + Name, state.Sweeps.Best))
                    .Or(() => result(state))
        );

    private Fin<Interval> Value(Ranking ranking) =>
        ranking is ExactRanking exact
            ? Refusal(exact).Or(() => Interval.Known(Number.Of(exact).Rounded))
            : Bounded(((BoundedRanking)ranking).Sweeps, ranking);

    private Option<MetricError> Refusal(ExactRanking ranking) =>
        (Problem | ranking.Refusal(Name, Needs)).Else(() => Number.Refusal(Name, ranking));

    private Fin<Interval> Bounded(HistogramSweeps sweeps, Ranking ranking) =>
        (Problem | ranking.Refusal("bounded " + Name, Needs))
            .Else(() => Number.Refusal("bounded " + Name, sweeps.Best))
            .Or(() => Number.Of(sweeps));
}
