// Generated from the compiled core; changes belong there or in the templates.
using System.Diagnostics.CodeAnalysis;
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>
/// How many scores there are: the simplest metric there is. See <see cref="T:Fixtures.CountState" />.
/// <para>Formula: n, also where n &lt; 1.</para>
/// <para>Never undefined.</para>
/// <para>Source: the natural numbers | counted.</para>
/// </summary>
/// <remarks>
/// Immutable and safe to share between threads: <c>Update</c> and <c>Merge</c> give a new value. Equal to another of
/// an equal state.
/// </remarks>
public sealed record CountMetric
    : IMetricResult<long>,
        IUpdate<Scores, CountMetric>,
        IUpdate<ScoreBatch, CountMetric>,
        IUpdate<Maps, CountMetric>
{
    private static readonly Metric<Scores, CountState, long> Home = Fixtures.Count.Metric;
    private static readonly Metric<ScoreBatch, CountState, long> Rows = Fixtures.Levels.Rows(Fixtures.Count.Metric);
    private static readonly Metric<Maps, CountState, long> OfMaps = Fixtures.Count.OfMaps;

    /// <summary>The metric before any data.</summary>
    public CountMetric() { }

    /// <summary>What is kept of the data: can be encoded, shipped, and given to another value of this class.</summary>
    public CountState State { get; init; } = Home.Empty;

    /// <inheritdoc/>
    public string Name => Home.Name;

    /// <inheritdoc/>
    public bool? HigherIsBetter => FromCore.Nullable(Home.HigherIsBetter);

    /// <summary>A new value with one more batch.</summary>
    public CountMetric Update(Scores batch) => With(Home.Update(State, batch));

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    public CountMetric Update(ScoreValues scores) => Update(Scores.Create(scores).OrThrow());

    /// <summary>A new value with one more batch.</summary>
    public CountMetric Update(ScoreBatch batch) => With(Rows.Update(State, batch));

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    public CountMetric Update(ScoreValues scores, LabelValues labels) => Update(ScoreBatch.Create(scores, labels).OrThrow());

    /// <summary>A new value with one more batch.</summary>
    public CountMetric Update(Maps batch) => With(OfMaps.Update(State, batch));

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    public CountMetric Update(MapValues maps) => Update(Maps.Create(maps).OrThrow());

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    public CountMetric Update(ScoreValues maps, MapShape shape) => Update(Maps.Create(maps, shape).OrThrow());

    /// <summary>A new value with one more batch, checked and copied out of tensors.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    public CountMetric Update(TensorScores scores, TensorLabels labels) => Update(TensorBatches.Rows(scores, labels));

    /// <summary>A new value with one more batch, checked and copied out of tensors.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    public CountMetric Update(TensorScores scores) =>
        TensorBatches.AreRows(scores) ? Update(TensorBatches.Rows(scores)) : Update(TensorBatches.Images(scores));

    /// <summary>A new value of the data of both; neither order nor grouping counts.</summary>
    public CountMetric Merge(CountMetric other) => With(Home.Merge(State, other.State));

    /// <summary>A new value of the data of both.</summary>
    public static CountMetric operator +(CountMetric left, CountMetric right) => left.Merge(right);

    /// <summary>What it measures.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public long Compute() => Result();

    /// <summary>Whether it is defined, and then its value.</summary>
    public bool TryCompute([MaybeNullWhen(false)] out long value) => TryCompute(out value, out _);

    /// <summary>Whether it is defined, with its value or the reason why not.</summary>
    public bool TryCompute([MaybeNullWhen(false)] out long value, [NotNullWhen(false)] out MetricError? reason) =>
        FromCore.Try(Home.Compute(State), result => result, out value, out reason);

    /// <summary>All that can be read off the data, as the core gives it.</summary>
    /// <exception cref="UndefinedMetricException">There is nothing; the error says why.</exception>
    public long Result() => Home.Compute(State).OrThrow();

    /// <summary>The class and its state.</summary>
    public override string ToString() => $"{nameof(CountMetric)}({State})";

    IReadOnlyList<MetricNumber> IMetric.Numbers() => [];

    private CountMetric With(CountState state) => this with { State = state };
}

/// <summary>
/// How many scores there are: the simplest metric there is. See <see cref="T:Fixtures.CountState" />.
/// <para>Formula: n, also where n &lt; 1.</para>
/// <para>Never undefined.</para>
/// <para>Source: the natural numbers | counted.</para>
/// </summary>
/// <remarks>
/// A metric of scores over all pixels.
/// Immutable and safe to share between threads: <c>Update</c> and <c>Merge</c> give a new value. Equal to another of
/// an equal state.
/// </remarks>
public sealed record PixelCountMetric : IMetricResult<long>, IUpdate<MapBatch, PixelCountMetric>
{
    private static readonly Metric<MapBatch, CountState, long> Home = Fixtures.Levels.Pixels(Fixtures.Count.Metric);

    /// <summary>The metric before any data.</summary>
    public PixelCountMetric() { }

    /// <summary>What is kept of the data: can be encoded, shipped, and given to another value of this class.</summary>
    public CountState State { get; init; } = Home.Empty;

    /// <inheritdoc/>
    public string Name => Home.Name;

    /// <inheritdoc/>
    public bool? HigherIsBetter => FromCore.Nullable(Home.HigherIsBetter);

    /// <summary>A new value with one more batch.</summary>
    public PixelCountMetric Update(MapBatch batch) => With(Home.Update(State, batch));

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    public PixelCountMetric Update(MapValues maps, MaskValues masks) => Update(MapBatch.Create(maps, masks).OrThrow());

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    public PixelCountMetric Update(ScoreValues maps, LabelValues masks, MapShape shape) =>
        Update(MapBatch.Create(maps, masks, shape).OrThrow());

    /// <summary>A new value with one more batch, checked and copied out of tensors.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    public PixelCountMetric Update(TensorScores scores, TensorLabels labels) => Update(TensorBatches.Images(scores, labels));

    /// <summary>A new value of the data of both; neither order nor grouping counts.</summary>
    public PixelCountMetric Merge(PixelCountMetric other) => With(Home.Merge(State, other.State));

    /// <summary>A new value of the data of both.</summary>
    public static PixelCountMetric operator +(PixelCountMetric left, PixelCountMetric right) => left.Merge(right);

    /// <summary>What it measures.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public long Compute() => Result();

    /// <summary>Whether it is defined, and then its value.</summary>
    public bool TryCompute([MaybeNullWhen(false)] out long value) => TryCompute(out value, out _);

    /// <summary>Whether it is defined, with its value or the reason why not.</summary>
    public bool TryCompute([MaybeNullWhen(false)] out long value, [NotNullWhen(false)] out MetricError? reason) =>
        FromCore.Try(Home.Compute(State), result => result, out value, out reason);

    /// <summary>All that can be read off the data, as the core gives it.</summary>
    /// <exception cref="UndefinedMetricException">There is nothing; the error says why.</exception>
    public long Result() => Home.Compute(State).OrThrow();

    /// <summary>The class and its state.</summary>
    public override string ToString() => $"{nameof(PixelCountMetric)}({State})";

    IReadOnlyList<MetricNumber> IMetric.Numbers() => [];

    private PixelCountMetric With(CountState state) => this with { State = state };
}

/// <summary>
/// The share of anomalous rows, with everything that a result can be made of.
/// <para>Formula: P / (P + N).</para>
/// <para>Undefined without a row.</para>
/// <para>Source: <c>none</c>.</para>
/// </summary>
/// <remarks>
/// Immutable and safe to share between threads: <c>Update</c> and <c>Merge</c> give a new value. Equal to another of
/// an equal state and equal parameters.
/// </remarks>
public sealed record ShareMetric : IMetricResult<ShareResult>, IUpdate<ScoreBatch, ShareMetric>, IMetric<ScoreBatch>
{
    private static readonly Metric<ScoreBatch, RankState, ShareResult> Home = Fixtures.Share.Metric;

    /// <summary>The metric before any data.</summary>
    /// <param name="scale">What the share is multiplied by; see <see cref="P:Fixtures.ShareResult.Value" />.</param>
    /// <param name="digits">How many digits are shown.</param>
    /// <param name="label">What it is called.</param>
    /// <param name="percent">Whether it is in percent.</param>
    public ShareMetric(double scale = 1.0, int digits = 2, string label = "a \"share\"", bool percent = false)
    {
        Scale = scale;
        Digits = digits;
        Label = label;
        Percent = percent;
    }

    /// <summary>What the share is multiplied by; see <see cref="P:Fixtures.ShareResult.Value" />.</summary>
    public double Scale { get; init; }

    /// <summary>How many digits are shown.</summary>
    public int Digits { get; init; }

    /// <summary>What it is called.</summary>
    public string Label { get; init; }

    /// <summary>Whether it is in percent.</summary>
    public bool Percent { get; init; }

    private Metric<ScoreBatch, RankState, ShareResult> Made => Fixtures.Share.With(Scale, Digits, Label, Percent);

    /// <summary>What is kept of the data: can be encoded, shipped, and given to another value of this class.</summary>
    public RankState State { get; init; } = Home.Empty;

    /// <inheritdoc/>
    public string Name => Home.Name;

    /// <inheritdoc/>
    public bool? HigherIsBetter => FromCore.Nullable(Home.HigherIsBetter);

    /// <summary>A new value with one more batch.</summary>
    public ShareMetric Update(ScoreBatch batch) => With(Home.Update(State, batch));

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    public ShareMetric Update(ScoreValues scores, LabelValues labels) => Update(ScoreBatch.Create(scores, labels).OrThrow());

    /// <summary>A new value with one more batch, checked and copied out of tensors.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    public ShareMetric Update(TensorScores scores, TensorLabels labels) => Update(TensorBatches.Rows(scores, labels));

    /// <summary>A new value of the data of both; neither order nor grouping counts.</summary>
    /// <exception cref="ArgumentException">The other has other parameters.</exception>
    public ShareMetric Merge(ShareMetric other) =>
        Scale.Equals(other.Scale) && Digits.Equals(other.Digits) && Label.Equals(other.Label) && Percent.Equals(other.Percent)
            ? With(Home.Merge(State, other.State))
            : throw FromCore.OtherParameters(nameof(other), nameof(ShareMetric));

    /// <summary>A new value of the data of both.</summary>
    public static ShareMetric operator +(ShareMetric left, ShareMetric right) => left.Merge(right);

    /// <summary>The number that it measures.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public double Compute() => Result().Value;

    /// <summary>Whether it is defined, and then its value.</summary>
    public bool TryCompute(out double value) => TryCompute(out value, out _);

    /// <summary>Whether it is defined, with its value or the reason why not.</summary>
    public bool TryCompute(out double value, [NotNullWhen(false)] out MetricError? reason) =>
        FromCore.Try(Made.Compute(State), result => result.Value, out value, out reason);

    /// <summary>All that can be read off the data, as the core gives it.</summary>
    /// <exception cref="UndefinedMetricException">There is nothing; the error says why.</exception>
    public ShareResult Result() => Made.Compute(State).OrThrow();

    /// <summary>The class and its state.</summary>
    public override string ToString() => $"{nameof(ShareMetric)}({State})";

    IReadOnlyList<MetricNumber> IMetric.Numbers() => FromCore.Numbers(Made.Compute(State), ("", result => result.Value));

    private ShareMetric With(RankState state) => this with { State = state };

    string IMetric<ScoreBatch>.Label => FromCore.Label(Name, "Share");

    bool IMetric<ScoreBatch>.IsEmpty => State.Equals(Home.Empty);

    Fold<ScoreBatch, IMetric<ScoreBatch>> IMetric<ScoreBatch>.ToFold() => FromCore.ToFold<ScoreBatch, RankState, ShareResult>(Home, With);
}

/// <summary>The share in bounded memory: another state and another result.</summary>
/// <remarks>
/// Immutable and safe to share between threads: <c>Update</c> and <c>Merge</c> give a new value. Equal to another of
/// an equal state and equal parameters.
/// </remarks>
public sealed record BoundedShareMetric : IMetricResult<Plain>, IUpdate<ScoreBatch, BoundedShareMetric>, IMetric<ScoreBatch>
{
    private static readonly Metric<ScoreBatch, BoundedRankState, Plain> Home = Fixtures.Share.Bounded(18);

    /// <summary>The metric before any data.</summary>
    /// <param name="bits">The resolution.</param>
    public BoundedShareMetric(int bits = 18)
    {
        Bits = bits;
    }

    /// <summary>The resolution.</summary>
    public int Bits { get; init; }

    private Metric<ScoreBatch, BoundedRankState, Plain> Made => Fixtures.Share.Bounded(Bits);

    /// <summary>What is kept of the data: can be encoded, shipped, and given to another value of this class.</summary>
    public BoundedRankState State { get; init; } = Home.Empty;

    /// <inheritdoc/>
    public string Name => Home.Name;

    /// <inheritdoc/>
    public bool? HigherIsBetter => FromCore.Nullable(Home.HigherIsBetter);

    /// <summary>A new value with one more batch.</summary>
    public BoundedShareMetric Update(ScoreBatch batch) => With(Home.Update(State, batch));

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    public BoundedShareMetric Update(ScoreValues scores, LabelValues labels) => Update(ScoreBatch.Create(scores, labels).OrThrow());

    /// <summary>A new value with one more batch, checked and copied out of tensors.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    public BoundedShareMetric Update(TensorScores scores, TensorLabels labels) => Update(TensorBatches.Rows(scores, labels));

    /// <summary>A new value of the data of both; neither order nor grouping counts.</summary>
    /// <exception cref="ArgumentException">The other has other parameters.</exception>
    public BoundedShareMetric Merge(BoundedShareMetric other) =>
        Bits.Equals(other.Bits)
            ? With(Home.Merge(State, other.State))
            : throw FromCore.OtherParameters(nameof(other), nameof(BoundedShareMetric));

    /// <summary>A new value of the data of both.</summary>
    public static BoundedShareMetric operator +(BoundedShareMetric left, BoundedShareMetric right) => left.Merge(right);

    /// <summary>The number that it measures.</summary>
    /// <exception cref="UndefinedMetricException">There is none; the error says why.</exception>
    public double Compute() => Result().Value;

    /// <summary>Whether it is defined, and then its value.</summary>
    public bool TryCompute(out double value) => TryCompute(out value, out _);

    /// <summary>Whether it is defined, with its value or the reason why not.</summary>
    public bool TryCompute(out double value, [NotNullWhen(false)] out MetricError? reason) =>
        FromCore.Try(Made.Compute(State), result => result.Value, out value, out reason);

    /// <summary>All that can be read off the data, as the core gives it.</summary>
    /// <exception cref="UndefinedMetricException">There is nothing; the error says why.</exception>
    public Plain Result() => Made.Compute(State).OrThrow();

    /// <summary>The class and its state.</summary>
    public override string ToString() => $"{nameof(BoundedShareMetric)}({State})";

    IReadOnlyList<MetricNumber> IMetric.Numbers() => FromCore.Numbers(Made.Compute(State), ("", result => result.Value));

    private BoundedShareMetric With(BoundedRankState state) => this with { State = state };

    string IMetric<ScoreBatch>.Label => FromCore.Label(Name, "BoundedShare");

    bool IMetric<ScoreBatch>.IsEmpty => State.Equals(Home.Empty);

    Fold<ScoreBatch, IMetric<ScoreBatch>> IMetric<ScoreBatch>.ToFold() => FromCore.ToFold<ScoreBatch, BoundedRankState, Plain>(Home, With);
}
