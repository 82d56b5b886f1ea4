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
/// <param name="Empty">The state of no data; the identity of <paramref name="Merge"/>.</param>
/// <param name="Of">The state of one batch; total.</param>
/// <param name="Merge">The state of the data of both; total, associative and commutative.</param>
/// <param name="Compute">The result of a state, or why it is undefined.</param>
public sealed record Metric<TBatch, TState, TResult>(
    string Name,
    Option<bool> HigherIsBetter,
    TState Empty,
    Func<TBatch, TState> Of,
    Func<TState, TState, TState> Merge,
    Func<TState, Fin<TResult>> Compute
)
    where TState : notnull
{
    private readonly (object Of, object Source)? known;

    /// <summary>
    /// What the state is made of: equal for metrics whose states are equal for every batch. Two metrics share one state when this is equal.
    /// What is known of one <see cref="Of"/> says nothing of another that a copy was given.
    /// </summary>
    internal object Source
    {
        get => known is { } made && ReferenceEquals(made.Of, Of) ? made.Source : Of;
        init => known = (Of, value);
    }

    /// <summary>The state with one more batch: Merge(state, Of(batch)).</summary>
    public TState Update(TState state, TBatch batch) => Merge(state, Of(batch));

    /// <summary>The result of all batches.</summary>
    public Fin<TResult> Run(IEnumerable<TBatch> batches) => Compute(batches.Aggregate(Empty, Update));

    /// <summary>The same metric of something that its batch can be made from. A static method given twice shares its state.</summary>
    public Metric<TInput, TState, TResult> Before<TInput>(Func<TInput, TBatch> prepare) =>
        new(Name, HigherIsBetter, Empty, input => Of(prepare(input)), Merge, Compute) { Source = (Source, prepare) };

    /// <summary>The same metric with its result made into something else.</summary>
    public Metric<TBatch, TState, TPresented> Then<TPresented>(Func<TResult, TPresented> present) =>
        new(Name, HigherIsBetter, Empty, Of, Merge, state => Compute(state).Map(present)) { Source = Source };

    /// <summary>
    /// Two metrics in one pass; undefined when either is, with the first reason. Where both keep the same state it is made, merged and held
    /// once, and stands on both sides of the pair.
    /// </summary>
    public Metric<TBatch, (TState First, TOther Second), (TResult First, TOtherResult Second)> Zip<TOther, TOtherResult>(
        Metric<TBatch, TOther, TOtherResult> other
    )
        where TOther : notnull
    {
        return new(
            $"{Name} and {other.Name}",
            Option<bool>.None,
            (Empty, other.Empty),
            Source.Equals(other.Source) ? batch => Twice(Of(batch)) : batch => (Of(batch), other.Of(batch)),
            Source.Equals(other.Source)
                ? (left, right) => Twice(Merge(left.First, right.First))
                : (left, right) => (Merge(left.First, right.First), other.Merge(left.Second, right.Second)),
            state => Compute(state.First).Bind(first => other.Compute(state.Second).Map(second => (first, second)))
        )
        {
            Source = (Source, other.Source),
        };

        static (TState, TOther) Twice(TState state) => (state, (TOther)(object)state);
    }
}
