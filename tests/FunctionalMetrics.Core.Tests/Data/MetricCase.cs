using FunctionalMetrics.Laws;
using LanguageExt;

namespace FunctionalMetrics.Core.Tests;

/// <summary>A metric whose types are forgotten, so that one test can run over all of them.</summary>
internal interface IMetricCase
{
    string Name { get; }

    Type Batch { get; }

    Type State { get; }

    /// <summary>The metric's own name, which its errors carry.</summary>
    string Declared { get; }

    Option<bool> HigherIsBetter { get; }

    /// <summary>The result of a sample in as few batches as possible; the result or its error, untyped.</summary>
    object Result(Sample sample);

    Fingerprint Answer(Sample sample);

    Law<(Sample A, Sample B, Sample C)> Monoid { get; }

    Law<(Sample Sample, int Seed)> Partition { get; }

    Law<(Sample Old, Sample Later, int Seed)> Persistence { get; }

    /// <summary>The same metric at other levels.</summary>
    IEnumerable<IMetricCase> Lifted { get; }
}

/// <inheritdoc/>
internal sealed class MetricCase<TBatch, TState, TResult>(string name, Metric<TBatch, TState, TResult> metric) : IMetricCase
    where TState : notnull
{
    private readonly MonoidOf<TState> states = new(metric.Empty, metric.Merge, (a, b) => a.Equals(b) && a.GetHashCode() == b.GetHashCode());

    public string Name => name;

    public Type Batch => typeof(TBatch);

    public Type State => typeof(TState);

    public string Declared => metric.Name;

    public Option<bool> HigherIsBetter => metric.HigherIsBetter;

    public object Result(Sample sample) => metric.Run(Batching.Whole<TBatch>(sample)).Match<object>(result => result!, error => error);

    public Fingerprint Answer(Sample sample) => Fingerprint.Of(metric.Run(Batching.Whole<TBatch>(sample)));

    public Law<(Sample A, Sample B, Sample C)> Monoid =>
        MonoidLaws
            .CommutativeMonoid(states)
            .Of<(Sample A, Sample B, Sample C)>(three => (StateOf(three.A), StateOf(three.B), StateOf(three.C)));

    public Law<(Sample Sample, int Seed)> Partition =>
        StateLaws.Partition(states, metric.Of).Of<(Sample Sample, int Seed)>(data => Cut(data.Sample, data.Seed))
        & Law<(Sample Sample, int Seed)>.Equal(
            "partition, of the result",
            data => Answer(Trees.Merge([.. Cut(data.Sample, data.Seed).Parts.Select(metric.Of)], states, new Choices(data.Seed + 1))),
            data => Answer(data.Sample),
            (a, b) => a.Equals(b)
        );

    public Law<(Sample Old, Sample Later, int Seed)> Persistence =>
        StateLaws
            .Persistence(states, Answer, (a, b) => a.Equals(b))
            .Of<(Sample Old, Sample Later, int Seed)>(data =>
                (StateOf(data.Old), [.. Batching.Cut<TBatch>(data.Later, new Choices(data.Seed)).Select(metric.Of)])
            );

    public IEnumerable<IMetricCase> Lifted =>
        metric switch
        {
            Metric<ScoreBatch, RankState, TResult> ranked =>
            [
                new MetricCase<MapBatch, RegionState, TResult>($"{name} of pixels", ranked.Pixels()),
            ],
            Metric<ScoreBatch, BoundedRankState, TResult> bounded =>
            [
                new MetricCase<MapBatch, BoundedRegionState, TResult>($"{name} of pixels", bounded.Pixels()),
            ],
            Metric<Scores, TState, TResult> scores =>
            [
                new MetricCase<MapBatch, TState, TResult>($"{name} of pixels", scores.Pixels()),
                new MetricCase<ScoreBatch, TState, TResult>($"{name} of rows", scores.Rows()),
            ],
            _ => [],
        };

    public override string ToString() => name;

    private static (IReadOnlyList<TBatch> Whole, IReadOnlyList<TBatch> Parts, Choices Tree) Cut(Sample sample, int seed) =>
        (Batching.Whole<TBatch>(sample), Batching.Cut<TBatch>(sample, new Choices(seed)), new Choices(seed + 1));

    private TState StateOf(Sample sample) => Batching.Whole<TBatch>(sample).Aggregate(metric.Empty, metric.Update);

    private Fingerprint Answer(TState state) => Fingerprint.Of(metric.Compute(state));
}
