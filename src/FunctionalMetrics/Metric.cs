using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Contracts;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics;

/// <summary>
/// What all classes of metrics have in common: a metric of the core with its state. Immutable and safe to share between threads; equal to another of
/// the same class with an equal state and equal parameters.
/// </summary>
/// <typeparam name="TMetric">The class itself.</typeparam>
/// <typeparam name="TBatch">What an evaluator gives it.</typeparam>
/// <typeparam name="TState">What it keeps.</typeparam>
/// <typeparam name="TResult">All that can be read off the data.</typeparam>
/// <typeparam name="TValue">What <see cref="Compute"/> gives: the number that the result stands for, or the result.</typeparam>
public abstract record Metric<TMetric, TBatch, TState, TResult, TValue> : IMetric<TBatch>, IMetricResult<TResult>, IUpdate<TBatch, TMetric>
    where TMetric : Metric<TMetric, TBatch, TState, TResult, TValue>
    where TState : notnull
{
    private protected Metric(TState empty) => State = empty;

    /// <summary>The core's metric with the parameters of this one, its result in the form for C#.</summary>
    private protected abstract Metric<TBatch, TState, TResult> Inner { get; }

    /// <summary>The metric in one word, for where there is no room for spaces.</summary>
    private protected abstract string Word { get; }

    /// <summary>What a table shows of a result, by name, and how it is read off one of a metric of some name.</summary>
    private protected abstract (string Name, Func<TResult, string, Fin<double>> Read)[] Shown { get; }

    /// <summary>What <see cref="Compute"/> gives.</summary>
    private protected abstract TValue Headline(TResult found);

    /// <summary>What is kept of the data: can be encoded, shipped, and given to another value of this class.</summary>
    public TState State { get; init; }

    /// <inheritdoc/>
    public string Name => Inner.Name;

    /// <inheritdoc/>
    public bool? HigherIsBetter => Inner.HigherIsBetter.OrNull(known => (bool?)known);

    bool IMetric<TBatch>.IsEmpty => State.Equals(Inner.Empty);

    string IMetric<TBatch>.Label => Name.Contains(' ', StringComparison.Ordinal) ? Word : Name;

    /// <summary>A new value with one more batch.</summary>
    [Pure]
    public TMetric Update(TBatch batch) => With(Inner.Update(State, batch));

    IMetric<TBatch> IMetric<TBatch>.Update(TBatch batch) => Update(batch);

    /// <summary>A new value of the data of both; neither order nor grouping counts.</summary>
    /// <exception cref="ArgumentException">The other has other parameters.</exception>
    [Pure]
    public TMetric Merge(TMetric other) =>
        With(Inner.Empty).Equals(other.With(Inner.Empty))
            ? With(Inner.Merge(State, other.State))
            : throw new ArgumentException(
                $"a {GetType().Name} can be merged only with one of the same parameters; give both the same first, with an object initializer",
                nameof(other)
            );

    /// <summary>A new value of the data of both.</summary>
    [Pure]
    public static TMetric operator +(Metric<TMetric, TBatch, TState, TResult, TValue> left, TMetric right) => left.Merge(right);

    /// <summary>What it measures: the number that the result stands for, where it has one.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public TValue Compute() => Headline(Result());

    /// <summary>Whether it is defined, and then its value.</summary>
    public bool TryCompute([MaybeNullWhen(false)] out TValue value) => TryCompute(out value, out _);

    /// <summary>Whether it is defined, with its value or the reason why not.</summary>
    public bool TryCompute([MaybeNullWhen(false)] out TValue value, [NotNullWhen(false)] out MetricError? reason) =>
        Inner.Compute(State).Map(Headline).Try(out value, out reason);

    /// <summary>All that can be read off the data.</summary>
    /// <exception cref="UndefinedMetricException">There is nothing; the error says why.</exception>
    public TResult Result() => Inner.Compute(State).OrThrow();

    /// <summary>The state as bytes, the same on every machine for equal states.</summary>
    /// <exception cref="NotSupportedException">The states of this metric do not travel.</exception>
    public byte[] ToBytes() => Codec.Encode(State);

    IReadOnlyList<MetricNumber> IMetric.Numbers()
    {
        var (result, name) = (Inner.Compute(State), Name);
        return [.. Shown.Select(number => MetricNumber.Of(number.Name, result.Bind(found => number.Read(found, name))))];
    }

    Fold<TBatch, IMetric<TBatch>> IMetric<TBatch>.ToFold() =>
        new Metric<TBatch, TState, IMetric<TBatch>>(
            Name,
            Option<bool>.None,
            Inner.State,
            state => Fin<IMetric<TBatch>>.Succ(With(state))
        ).ToFold();

    /// <summary>The class and its state.</summary>
    public sealed override string ToString() => $"{GetType().Name}({State})";

    /// <summary>
    /// A parameter's value, unless the core's metric that has it says that it lies outside of its range. A range that another parameter's value sets is not
    /// looked at: <c>with { Lo = 0.01, Hi = 0.1 }</c> sets one after the other. Values that do not go together are refused where the metric is computed.
    /// </summary>
    private protected static T InRange<T, TOtherState, TOtherResult, TOtherBatch>(
        T value,
        string name,
        Metric<TOtherBatch, TOtherState, TOtherResult> metric
    )
        where TOtherState : notnull =>
        Refusal(metric) is { } error and not OutOfRange { DependsOnAnother: true }
            ? throw new ArgumentOutOfRangeException(name, value, error.Reason)
            : value;

    /// <summary>Refuses values of parameters that do not go together, by the name of one that is refused alone, or of the last.</summary>
    private protected static void InRange<TOtherState, TOtherResult, TOtherBatch>(
        Metric<TOtherBatch, TOtherState, TOtherResult> all,
        params ReadOnlySpan<(string Name, object Value, Metric<TOtherBatch, TOtherState, TOtherResult> Alone)> parameters
    )
        where TOtherState : notnull
    {
        if (Refusal(all) is not { } error)
            return;
        foreach (var (name, value, alone) in parameters)
            if (Refusal(alone) is not null)
                throw new ArgumentOutOfRangeException(name, value, error.Reason);
        throw new ArgumentOutOfRangeException(parameters[^1].Name, parameters[^1].Value, error.Reason);
    }

    private static MetricError? Refusal<TOtherState, TOtherResult, TOtherBatch>(Metric<TOtherBatch, TOtherState, TOtherResult> metric)
        where TOtherState : notnull =>
        metric.Compute(metric.Empty).Case is MetricError error and (OutOfRange or UnknownRule) ? error : null;

    private protected TMetric With(TState state) => (TMetric)(this with { State = state });

    private protected TMetric Decoded(ReadOnlySpan<byte> bytes) =>
        With(Codec.Decode(bytes).Match(state => state, faults => throw new InvalidStateException([.. faults])));

    private StateCodec<TState> Codec =>
        Inner.State.Codec ?? throw new NotSupportedException($"the states of {Name} do not travel as bytes");
}
