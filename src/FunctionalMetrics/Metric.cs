using System.Diagnostics.CodeAnalysis;
using FunctionalMetrics.Core;

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

    /// <summary>What is kept of the data: can be encoded, shipped, and given to another value of this class.</summary>
    public TState State { get; init; }

    /// <inheritdoc/>
    public string Name => Form.Metric;

    /// <inheritdoc/>
    public bool? HigherIsBetter => Form.HigherIsBetter;

    bool IMetric<TBatch>.IsEmpty => State.Equals(Form.State.Empty);

    /// <summary>The name in a table's key, where there is no room for spaces.</summary>
    string IMetric<TBatch>.Label => Name.Contains(' ', StringComparison.Ordinal) ? Form.Label : Name;

    private protected abstract Form<TBatch, TState, TResult, TValue> Form { get; }

    /// <summary>A new value with one more batch.</summary>
    public TMetric Update(TBatch batch) => With(Form.State.Update(State, batch));

    IMetric<TBatch> IMetric<TBatch>.Update(TBatch batch) => Update(batch);

    /// <summary>A new value of the data of both; neither order nor grouping counts.</summary>
    /// <exception cref="ArgumentException">The other has other parameters.</exception>
    public TMetric Merge(TMetric other) =>
        With(Form.State.Empty).Equals(other.With(Form.State.Empty))
            ? With(Form.State.Merge(State, other.State))
            : throw new ArgumentException(
                $"a {GetType().Name} can be merged only with one of the same parameters; give both the same first, with an object initializer",
                nameof(other)
            );

    /// <summary>A new value of the data of both.</summary>
    public static TMetric operator +(Metric<TMetric, TBatch, TState, TResult, TValue> left, TMetric right) => left.Merge(right);

    /// <summary>What it measures: the number that the result stands for, where it has one.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public TValue Compute() => Form.Value(Result());

    /// <summary>Whether it is defined, and then its value.</summary>
    public bool TryCompute([MaybeNullWhen(false)] out TValue value) => TryCompute(out value, out _);

    /// <summary>Whether it is defined, with its value or the reason why not.</summary>
    public bool TryCompute([MaybeNullWhen(false)] out TValue value, [NotNullWhen(false)] out MetricError? reason) =>
        Form.Result(State).Map(Form.Value).Try(out value, out reason);

    /// <summary>All that can be read off the data.</summary>
    /// <exception cref="UndefinedMetricException">There is nothing; the error says why.</exception>
    public TResult Result() => Form.Result(State).OrThrow();

    /// <summary>The state as bytes, the same on every machine for equal states.</summary>
    /// <exception cref="NotSupportedException">The states of this metric do not travel.</exception>
    public byte[] ToBytes() => Codec.Encode(State);

    IReadOnlyList<MetricNumber> IMetric.Numbers() => Form.Numbers(State);

    Fold<TBatch, IMetric<TBatch>> IMetric<TBatch>.ToFold() => Form.ToFold<IMetric<TBatch>>(With);

    /// <summary>The class and its state.</summary>
    public sealed override string ToString() => $"{GetType().Name}({State})";

    private protected TMetric With(TState state) => (TMetric)(this with { State = state });

    private protected TMetric Decoded(ReadOnlySpan<byte> bytes) =>
        With(Codec.Decode(bytes).Match(state => state, faults => throw new InvalidStateException([.. faults])));

    private StateCodec<TState> Codec => Form.State.Codec ?? throw new NotSupportedException($"the states of {Name} do not travel as bytes");
}
