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

    /// <summary>The metric that gives a result of the whole state, where the number has a value.</summary>
    public Metric<ScoreBatch, RankState, TResult> Metric<TResult>(Func<RankState, TResult> result) =>
        new(Name, Some(true), RankState.State, state => (Problem | state.Refusal(Name, Needs)).Or(() => result(state)));

    /// <summary>The metric in bounded memory: the interval that is certain to hold the number.</summary>
    public Metric<ScoreBatch, BoundedRankState, Interval> Bounded(int bits) => Bounded(bits, state => Number.Of(state.Sweeps));

    /// <summary>The same with another result.</summary>
    public Metric<ScoreBatch, BoundedRankState, TResult> Bounded<TResult>(int bits, Func<BoundedRankState, TResult> result) =>
        new(
            "bounded " + Name,
            Some(true),
            BoundedRankState.StateAt(bits),
            state => (Problem | state.Refusal("bounded " + Name, bits, Needs)).Or(() => result(state))
        );

    private Fin<Interval> Value(Ranking ranking) =>
        (Problem | ranking.Refusal(ranking is BoundedRanking ? "bounded " + Name : Name, Needs)).Or(() =>
            ranking is ExactRanking exact ? Interval.Known(Number.Of(exact).Rounded) : Number.Of(((BoundedRanking)ranking).Sweeps)
        );
}
