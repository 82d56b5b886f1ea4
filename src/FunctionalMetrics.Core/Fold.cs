using System.Collections.Immutable;
using System.Diagnostics.Contracts;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// A metric whose state is forgotten, for composing many in one pass:
/// <code>
/// var fold = Auroc.Metric.ToFold().Zip(OptimalF1.Metric.ToFold(), (roc, best) => (roc.Area, best.Threshold));
/// Validation&lt;Error, (double, double)&gt; both = fold.Run(batches);       // one RankState serves both
/// </code>
/// A fold holds one state for each distinct kind that its metrics name. All reasons why results are undefined are gathered. Immutable and safe to
/// share between threads.
/// </summary>
/// <typeparam name="TBatch">What comes in: a batch, checked when it was made.</typeparam>
/// <typeparam name="TResult">What comes out.</typeparam>
public sealed class Fold<TBatch, TResult>
{
    private readonly ImmutableArray<Slot<TBatch>> slots;
    private readonly Func<Func<object, object>, Validation<Error, TResult>> compute;

    internal Fold(ImmutableArray<Slot<TBatch>> slots, Func<Func<object, object>, Validation<Error, TResult>> compute) =>
        (this.slots, this.compute) = (slots, compute);

    /// <summary>The states of no data.</summary>
    public FoldState<TBatch> Empty => new(slots.ToImmutableDictionary(slot => slot.Kind, slot => slot.Empty));

    /// <summary>How many states one pass keeps.</summary>
    public int States => slots.Length;

    /// <summary>The states with one more batch.</summary>
    [Pure]
    public FoldState<TBatch> Update(FoldState<TBatch> state, TBatch batch) => Each(slot => slot.Merge(state[slot.Kind], slot.Of(batch)));

    /// <summary>The states of the data of both.</summary>
    [Pure]
    public FoldState<TBatch> Merge(FoldState<TBatch> left, FoldState<TBatch> right) =>
        Each(slot => slot.Merge(left[slot.Kind], right[slot.Kind]));

    /// <summary>The result, or every reason why a part of it is undefined.</summary>
    public Validation<Error, TResult> Compute(FoldState<TBatch> state) => compute(kind => state[kind]);

    /// <summary>The result of all batches.</summary>
    public Validation<Error, TResult> Run(IEnumerable<TBatch> batches) => Compute(batches.Aggregate(Empty, Update));

    /// <summary>The same fold with its result made into something else.</summary>
    public Fold<TBatch, TPresented> Map<TPresented>(Func<TResult, TPresented> present) =>
        new(slots, states => compute(states).Map(present));

    /// <summary>The same fold of something that its batch can be made from. A static method given twice shares its states.</summary>
    public Fold<TInput, TResult> Before<TInput>(Func<TInput, TBatch> prepare) =>
        new(
            [.. slots.Select(slot => new Slot<TInput>((slot.Kind, prepare), slot.Empty, input => slot.Of(prepare(input)), slot.Merge))],
            states => compute(kind => states((kind, prepare)))
        );

    /// <summary>Two folds in one pass; states of one kind are kept once.</summary>
    public Fold<TBatch, TBoth> Zip<TOther, TBoth>(Fold<TBatch, TOther> other, Func<TResult, TOther, TBoth> present) =>
        new([.. slots.UnionBy(other.slots, slot => slot.Kind)], states => (compute(states), other.compute(states)).Apply(present));

    /// <summary>Keeps an undefined result as a value, so that the others of a composition are still given.</summary>
    public Fold<TBatch, Validation<Error, TResult>> Attempt() =>
        new(slots, states => Success<Error, Validation<Error, TResult>>(compute(states)));

    private FoldState<TBatch> Each(Func<Slot<TBatch>, object> next) => new(slots.ToImmutableDictionary(slot => slot.Kind, next));
}

/// <summary>The states of a fold between batches. Immutable and safe to share between threads; of use only to the fold that made it.</summary>
/// <typeparam name="TBatch">The batch of the fold.</typeparam>
public sealed class FoldState<TBatch>
{
    private readonly ImmutableDictionary<object, object> states;

    internal FoldState(ImmutableDictionary<object, object> states) => this.states = states;

    internal object this[object kind] => states[kind];
}

/// <summary>One state of a fold: of which kind it is and how it grows.</summary>
internal sealed record Slot<TBatch>(object Kind, object Empty, Func<TBatch, object> Of, Func<object, object, object> Merge);

/// <summary>From metrics to folds.</summary>
public static class FoldExtensions
{
    /// <summary>The metric with its state forgotten.</summary>
    public static Fold<TBatch, TResult> ToFold<TBatch, TState, TResult>(this Metric<TBatch, TState, TResult> metric)
        where TState : notnull =>
        new(
            [
                new(
                    metric.State.Identity,
                    metric.Empty,
                    batch => metric.Of(batch),
                    (left, right) => metric.Merge((TState)left, (TState)right)
                ),
            ],
            states => metric.Compute((TState)states(metric.State.Identity)).ToValidation()
        );

    private static Validation<Error, T> ToValidation<T>(this Fin<T> result) =>
        result.Match(Success<Error, T>, error => Fail<Error, T>(error));
}
