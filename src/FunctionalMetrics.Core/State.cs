using System.Collections.Immutable;
using System.Diagnostics.Contracts;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// A kind of state: a commutative monoid with a way in, and its bytes. Everything that the library does with states it does with this value: metrics name
/// it, and two metrics share what they keep when they name the same one.
/// <code>
/// RankState state = batches.Aggregate(RankState.State.Empty, RankState.State.Update);      // one pass, any batch size
/// byte[] bytes = RankState.Codec.Encode(state);                                            // the same bytes on every machine
/// </code>
/// Compared by identity; two that were made with <see cref="Before"/> of one kind and one method are the same. Immutable and safe to share between
/// threads.
/// </summary>
/// <typeparam name="TBatch">What comes in: a batch, checked when it was made.</typeparam>
/// <typeparam name="TState">What is kept, merged and shipped.</typeparam>
public sealed class State<TBatch, TState> : IStateKind, IEquatable<State<TBatch, TState>>
    where TState : notnull
{
    /// <summary>A kind of state.</summary>
    /// <param name="empty">The state of no data; the identity of <paramref name="merge"/>.</param>
    /// <param name="of">The state of one batch; total.</param>
    /// <param name="merge">The state of the data of both; total, associative and commutative.</param>
    /// <param name="codec">The states as bytes, where they travel.</param>
    public State(TState empty, Func<TBatch, TState> of, Func<TState, TState, TState> merge, StateCodec<TState>? codec = null)
        : this(empty, of, merge, codec, new object()) { }

    private State(TState empty, Func<TBatch, TState> of, Func<TState, TState, TState> merge, StateCodec<TState>? codec, object identity) =>
        (Empty, Of, Merge, Codec, Identity) = (empty, of, merge, codec, identity);

    /// <summary>The state of no data.</summary>
    public TState Empty { get; }

    /// <summary>The state of one batch.</summary>
    public Func<TBatch, TState> Of { get; }

    /// <summary>The state of the data of both.</summary>
    public Func<TState, TState, TState> Merge { get; }

    /// <summary>The states as bytes; null for states that do not travel.</summary>
    public StateCodec<TState>? Codec { get; }

    StateFamily? IStateKind.Family => Codec?.Family;

    /// <summary>Equal for what is one kind.</summary>
    internal object Identity { get; }

    /// <summary>The state with one more batch: Merge(state, Of(batch)).</summary>
    [Pure]
    public TState Update(TState state, TBatch batch) => Merge(state, Of(batch));

    /// <summary>The same states of something that the batch can be made from. A static method given twice is the same kind.</summary>
    public State<TInput, TState> Before<TInput>(Func<TInput, TBatch> prepare) =>
        new(Empty, input => Of(prepare(input)), Merge, Codec, (Identity, prepare));

    /// <summary>Both states of the same batches; where they are of one kind it is made, merged and held once, and stands on both sides.</summary>
    public State<TBatch, (TState First, TOther Second)> Zip<TOther>(State<TBatch, TOther> other)
        where TOther : notnull
    {
        var same = Identity.Equals(other.Identity);
        return new(
            (Empty, other.Empty),
            same ? batch => Twice(Of(batch)) : batch => (Of(batch), other.Of(batch)),
            same
                ? (left, right) => Twice(Merge(left.First, right.First))
                : (left, right) => (Merge(left.First, right.First), other.Merge(left.Second, right.Second)),
            null,
            (Identity, other.Identity)
        );

        static (TState, TOther) Twice(TState state) => (state, (TOther)(object)state);
    }

    /// <inheritdoc/>
    public bool Equals(State<TBatch, TState>? other) => other is not null && Identity.Equals(other.Identity);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as State<TBatch, TState>);

    /// <inheritdoc/>
    public override int GetHashCode() => Identity.GetHashCode();
}

/// <summary>
/// A way from one kind of state to another that holds less. It commutes with Of, Merge and Empty: what is projected is the state of the projected
/// batches.
/// </summary>
/// <param name="From">The kind that holds more.</param>
/// <param name="To">The kind that holds less.</param>
/// <param name="Batch">The batch that the other kind reads of the same data.</param>
/// <param name="State">The other state of the same data.</param>
public sealed record Projection<TBatch, TState, TInner, TInnerState>(
    State<TBatch, TState> From,
    State<TInner, TInnerState> To,
    Func<TBatch, TInner> Batch,
    Func<TState, TInnerState> State
)
    where TState : notnull
    where TInnerState : notnull
{
    /// <summary>A metric of the inner state, computed from the outer one.</summary>
    /// <exception cref="ArgumentException">The metric keeps another state, such as one of prepared batches.</exception>
    public Metric<TBatch, TState, TResult> Lift<TResult>(Metric<TInner, TInnerState, TResult> metric) =>
        metric.State.Equals(To)
            ? new(metric.Name, metric.HigherIsBetter, From, state => metric.Compute(State(state)))
            : throw new ArgumentException(
                $"{metric.Name} keeps another state; take its level first, and prepare the batches of that with Before"
            );
}

/// <summary>A kind of state, whatever it reads and keeps.</summary>
public interface IStateKind
{
    /// <summary>The family of its bytes; null for states that do not travel.</summary>
    StateFamily? Family { get; }
}

/// <summary>The kinds of states that the library declares.</summary>
public static class States
{
    /// <summary>All of them: each is a public static property of the type that it keeps, and is found by that.</summary>
    public static ImmutableArray<IStateKind> All { get; } = Declared.All<IStateKind>();

    /// <summary>The families of bytes that there are.</summary>
    internal static ImmutableArray<StateFamily> Families { get; } =
    [.. All.Select(kind => kind.Family).OfType<StateFamily>().Distinct().OrderBy(family => family.Id)];
}
