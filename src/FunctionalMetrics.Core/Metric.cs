using System.Diagnostics.Contracts;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// A metric is a commutative monoid of states with a way in and a way out:
/// <code>
/// RankState state = batches.Aggregate(Auroc.Metric.Empty, Auroc.Metric.Update);      // one pass, any batch size
/// RankState both = Auroc.Metric.Merge(state, fromAnotherMachine);                    // any order, the same bits
/// Fin&lt;double&gt; auroc = Auroc.Metric.Compute(both).Map(roc => roc.Area);             // or why it is undefined
/// </code>
/// Immutable and safe to share between threads.
/// </summary>
/// <typeparam name="TBatch">What comes in: a batch, checked when it was made.</typeparam>
/// <typeparam name="TState">What is kept, merged and shipped.</typeparam>
/// <typeparam name="TResult">What comes out.</typeparam>
/// <param name="Name">The metric's name in tables and errors.</param>
/// <param name="HigherIsBetter">Whether a larger value is a better detector; none where neither is.</param>
/// <param name="State">What is kept. Metrics that name the same one share it.</param>
/// <param name="Compute">The result of a state, or why it is undefined.</param>
public sealed record Metric<TBatch, TState, TResult>(
    string Name,
    Option<bool> HigherIsBetter,
    State<TBatch, TState> State,
    Func<TState, Fin<TResult>> Compute
)
    where TState : notnull
{
    /// <summary>How the pixels of maps are computed, where that is not as rows are.</summary>
    internal Func<TState, Fin<TResult>>? OfPixels { get; init; }

    /// <summary>The state of no data.</summary>
    public TState Empty => State.Empty;

    /// <summary>The state of one batch.</summary>
    public Func<TBatch, TState> Of => State.Of;

    /// <summary>The state of the data of both.</summary>
    public Func<TState, TState, TState> Merge => State.Merge;

    /// <summary>The state with one more batch: Merge(state, Of(batch)).</summary>
    [Pure]
    public TState Update(TState state, TBatch batch) => State.Update(state, batch);

    /// <summary>The result of all batches.</summary>
    public Fin<TResult> Run(IEnumerable<TBatch> batches) => Compute(batches.Aggregate(Empty, Update));

    /// <summary>The same metric of something that its batch can be made from. A static method given twice shares its state.</summary>
    public Metric<TInput, TState, TResult> Before<TInput>(Func<TInput, TBatch> prepare) =>
        new(Name, HigherIsBetter, State.Before(prepare), Compute) { OfPixels = OfPixels };

    /// <summary>The same metric with its result made into something else.</summary>
    public Metric<TBatch, TState, TPresented> Then<TPresented>(Func<TResult, TPresented> present) =>
        new(Name, HigherIsBetter, State, state => Compute(state).Map(present))
        {
            OfPixels = OfPixels is { } ofPixels ? state => ofPixels(state).Map(present) : null,
        };

    /// <summary>
    /// Two metrics in one pass; undefined when either is, with the first reason. Where both keep the same state it is made, merged and held
    /// once, and stands on both sides of the pair.
    /// </summary>
    public Metric<TBatch, (TState First, TOther Second), (TResult First, TOtherResult Second)> Zip<TOther, TOtherResult>(
        Metric<TBatch, TOther, TOtherResult> other
    )
        where TOther : notnull =>
        new(
            $"{Name} and {other.Name}",
            Option<bool>.None,
            State.Zip(other.State),
            state => Compute(state.First).Bind(first => other.Compute(state.Second).Map(second => (first, second)))
        );
}
