// Generated from the compiled core; changes belong there or in the templates.
using System.Diagnostics.Contracts;
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
public sealed record CountMetric : Metric<CountMetric, ScoreBatch, CountState, long, long>, IUpdate<Scores, CountMetric>, IUpdate<Maps, CountMetric>
{
    /// <summary>The metric before any data.</summary>
    public CountMetric() : base(global::Fixtures.Count.Metric.Empty)
    {
    }

    private protected override Metric<ScoreBatch, CountState, long> Inner => global::Fixtures.Levels.Rows(global::Fixtures.Count.Metric);

    private protected override string Word => "Count";

    private protected override (string, Func<long, string, LanguageExt.Fin<double>>)[] Shown => [("", (found, metric) => found)];

    private protected override long Headline(long found) => found;

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public CountMetric Update(ScoreValues scores, LabelValues labels) => Update(ScoreBatch.Create(scores, labels).OrThrow());

    /// <summary>A new value with one more batch.</summary>
    [Pure]
    public CountMetric Update(Scores batch) => With(global::Fixtures.Count.Metric.Update(State, batch));

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public CountMetric Update(ScoreValues scores) => Update(Scores.Create(scores).OrThrow());

    /// <summary>A new value with one more batch.</summary>
    [Pure]
    public CountMetric Update(Maps batch) => With(global::Fixtures.Count.OfMaps.Update(State, batch));

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public CountMetric Update(MapValues maps) => Update(Maps.Create(maps).OrThrow());

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public CountMetric Update(ScoreValues maps, MapShape shape) => Update(Maps.Create(maps, shape).OrThrow());

    /// <summary>A new value with one more batch, checked and copied out of tensors.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public CountMetric Update(TensorScores scores, TensorLabels labels) => Update(TensorBatches.Rows(scores, labels));

    /// <summary>A new value with one more batch, checked and copied out of tensors.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public CountMetric Update(TensorScores scores) => TensorBatches.AreRows(scores) ? Update(TensorBatches.Rows(scores)) : Update(TensorBatches.Images(scores));

    /// <summary>The metric of a state that <c>ToBytes</c> wrote, on this or another machine.</summary>
    /// <param name="bytes">What it wrote.</param>
    /// <exception cref="InvalidStateException">The bytes are no such state; the fault says why.</exception>
    public static CountMetric FromBytes(ReadOnlySpan<byte> bytes) =>
        new CountMetric().Decoded(bytes);
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
public sealed record PixelCountMetric : Metric<PixelCountMetric, MapBatch, CountState, long, long>
{
    /// <summary>The metric before any data.</summary>
    public PixelCountMetric() : base(global::Fixtures.Levels.Pixels(global::Fixtures.Count.Metric).Empty)
    {
    }

    private protected override Metric<MapBatch, CountState, long> Inner => global::Fixtures.Levels.Pixels(global::Fixtures.Count.Metric);

    private protected override string Word => "Count";

    private protected override (string, Func<long, string, LanguageExt.Fin<double>>)[] Shown => [("", (found, metric) => found)];

    private protected override long Headline(long found) => found;

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public PixelCountMetric Update(MapValues maps, MaskValues masks) => Update(MapBatch.Create(maps, masks).OrThrow());

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public PixelCountMetric Update(MapValues maps, MaskValues masks, MaskValues ignore) => Update(MapBatch.Create(maps, masks, ignore).OrThrow());

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public PixelCountMetric Update(ScoreValues maps, LabelValues masks, MapShape shape) => Update(MapBatch.Create(maps, masks, shape).OrThrow());

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public PixelCountMetric Update(ScoreValues maps, LabelValues masks, LabelValues ignore, MapShape shape) => Update(MapBatch.Create(maps, masks, ignore, shape).OrThrow());

    /// <summary>A new value with one more batch, checked and copied out of tensors.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public PixelCountMetric Update(TensorScores scores, TensorLabels labels) => Update(TensorBatches.Images(scores, labels));

    /// <summary>A new value with one more batch, checked and copied out of tensors.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public PixelCountMetric Update(TensorScores scores, TensorLabels labels, TensorLabels ignore) => Update(TensorBatches.Images(scores, labels, ignore));

    /// <summary>The metric of a state that <c>ToBytes</c> wrote, on this or another machine.</summary>
    /// <param name="bytes">What it wrote.</param>
    /// <exception cref="InvalidStateException">The bytes are no such state; the fault says why.</exception>
    public static PixelCountMetric FromBytes(ReadOnlySpan<byte> bytes) =>
        new PixelCountMetric().Decoded(bytes);
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
public sealed record ShareMetric : Metric<ShareMetric, ScoreBatch, RankState, ShareResult, double>
{
    /// <summary>The metric before any data.</summary>
/// <param name="scale">What the share is multiplied by; see <see cref="P:Fixtures.ShareResult.Value" />.</param>
/// <param name="digits">How many digits are shown.</param>
/// <param name="label">What it is called.</param>
/// <param name="percent">Whether it is in percent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    public ShareMetric(double scale = 1.0, int digits = 2, string label = "a \"share\"", bool percent = false) : base(global::Fixtures.Share.Metric.Empty)
    {
        InRange(global::Fixtures.Share.With(scale, digits, label, percent), ("scale", scale, global::Fixtures.Share.With(scale: scale)), ("digits", digits, global::Fixtures.Share.With(digits: digits)), ("label", label, global::Fixtures.Share.With(label: label)), ("percent", percent, global::Fixtures.Share.With(percent: percent)));
        this.scale = scale;
        this.digits = digits;
        this.label = label;
        this.percent = percent;
    }

    private readonly double scale;

/// <summary>What the share is multiplied by; see <see cref="P:Fixtures.ShareResult.Value" />.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of its range.</exception>
    public double Scale { get => scale; init => scale = InRange(value, "scale", global::Fixtures.Share.With(scale: value)); }

    private readonly int digits;

/// <summary>How many digits are shown.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of its range.</exception>
    public int Digits { get => digits; init => digits = InRange(value, "digits", global::Fixtures.Share.With(digits: value)); }

    private readonly string label;

/// <summary>What it is called.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of its range.</exception>
    public string Label { get => label; init => label = InRange(value, "label", global::Fixtures.Share.With(label: value)); }

    private readonly bool percent;

/// <summary>Whether it is in percent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of its range.</exception>
    public bool Percent { get => percent; init => percent = InRange(value, "percent", global::Fixtures.Share.With(percent: value)); }

    private protected override Metric<ScoreBatch, RankState, ShareResult> Inner => global::Fixtures.Share.With(Scale, Digits, Label, Percent).Then(found => new ShareResult(found));

    private protected override string Word => "Share";

    private protected override (string, Func<ShareResult, string, LanguageExt.Fin<double>>)[] Shown => [("", (found, metric) => found.Core.Value), ("Parts_Bounds_Lower", (found, metric) => found.Core.Parts.Bounds.Lower), ("Parts_Bounds_Upper", (found, metric) => found.Core.Parts.Bounds.Upper), ("Parts_Other", (found, metric) => found.Core.Parts.Other.OrAbsent(metric, "other").Bind<double>(there => there)), ("Parts_Rate", (found, metric) => found.Core.Parts.Rate.Bind<double>(there => there))];

    private protected override double Headline(ShareResult found) => found.Value;

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public ShareMetric Update(ScoreValues scores, LabelValues labels) => Update(ScoreBatch.Create(scores, labels).OrThrow());

    /// <summary>A new value with one more batch, checked and copied out of tensors.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public ShareMetric Update(TensorScores scores, TensorLabels labels) => Update(TensorBatches.Rows(scores, labels));

    /// <summary>The metric of a state that <c>ToBytes</c> wrote, on this or another machine.</summary>
    /// <param name="bytes">What it wrote.</param>
/// <param name="scale">What the share is multiplied by; see <see cref="P:Fixtures.ShareResult.Value" />.</param>
/// <param name="digits">How many digits are shown.</param>
/// <param name="label">What it is called.</param>
/// <param name="percent">Whether it is in percent.</param>
    /// <exception cref="InvalidStateException">The bytes are no such state; the fault says why.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    public static ShareMetric FromBytes(ReadOnlySpan<byte> bytes, double scale = 1.0, int digits = 2, string label = "a \"share\"", bool percent = false) =>
        new ShareMetric(scale, digits, label, percent).Decoded(bytes);
}

/// <summary>The share in bounded memory: another state and another result.</summary>
/// <remarks>
/// Immutable and safe to share between threads: <c>Update</c> and <c>Merge</c> give a new value. Equal to another of
/// an equal state and equal parameters.
/// </remarks>
public sealed record BoundedShareMetric : Metric<BoundedShareMetric, ScoreBatch, BoundedRankState, Plain, double>
{
    /// <summary>The metric before any data.</summary>
/// <param name="bits">The resolution.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    public BoundedShareMetric(int bits = 18) : base(global::Fixtures.Share.Bounded(18).Empty)
    {
        Bits = bits;
    }

/// <summary>The resolution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of its range.</exception>
    public int Bits { get; init => field = InRange(value, "bits", global::Fixtures.Share.Bounded(bits: value)); }

    private protected override Metric<ScoreBatch, BoundedRankState, Plain> Inner => global::Fixtures.Share.Bounded(Bits);

    private protected override string Word => "BoundedShare";

    private protected override (string, Func<Plain, string, LanguageExt.Fin<double>>)[] Shown => [("", (found, metric) => found.Value)];

    private protected override double Headline(Plain found) => found.Value;

    /// <summary>A new value with one more batch, checked and copied.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public BoundedShareMetric Update(ScoreValues scores, LabelValues labels) => Update(ScoreBatch.Create(scores, labels).OrThrow());

    /// <summary>A new value with one more batch, checked and copied out of tensors.</summary>
    /// <exception cref="InvalidBatchException">The values do not make a batch; its faults say where.</exception>
    [Pure]
    public BoundedShareMetric Update(TensorScores scores, TensorLabels labels) => Update(TensorBatches.Rows(scores, labels));

    /// <summary>The metric of a state that <c>ToBytes</c> wrote, on this or another machine.</summary>
    /// <param name="bytes">What it wrote.</param>
/// <param name="bits">The resolution.</param>
    /// <exception cref="InvalidStateException">The bytes are no such state; the fault says why.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    public static BoundedShareMetric FromBytes(ReadOnlySpan<byte> bytes, int bits = 18) =>
        new BoundedShareMetric(bits).Decoded(bytes);
}
