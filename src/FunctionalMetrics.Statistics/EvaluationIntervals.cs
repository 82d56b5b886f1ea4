using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Statistics;

/// <summary>
/// How sure all rates and areas of a state are, as <c>fmetrics evaluate --intervals</c> says it; <see cref="EvaluationDraws"/> names the methods.
/// <code>
/// var evaluator = new Evaluator([new AurocMetric()], [new AupimoMetric()]).Update(maps, masks);
/// foreach (var sure in evaluator.Get&lt;AupimoMetric&gt;().State.Intervals(level: 0.95, seed: 1)) Console.WriteLine($"{sure.Level} {sure.Key}: {sure.Value} {sure.Interval}");
/// </code>
/// </summary>
public static class EvaluationIntervals
{
    /// <summary>The intervals of rows, each of which is independent. For a level outside (0, 1) each is an <see cref="OutOfRange"/>.</summary>
    /// <param name="rows">The rows, such as the state of an AurocMetric.</param>
    /// <param name="level">How often an interval is to hold the true number, in (0, 1).</param>
    /// <param name="seed">What rows are drawn from.</param>
    /// <param name="replicates">How often, at least once.</param>
    /// <param name="settings">The parameters of the numbers, and which are asked for by name.</param>
    /// <exception cref="ArgumentOutOfRangeException">No replicate is asked for.</exception>
    public static ImmutableArray<NumberWithInterval> Intervals(
        this RankState rows,
        double level = 0.95,
        ulong seed = 0,
        int replicates = ReplicateTable.UsualReplicates,
        EvaluationSettings? settings = null
    ) => EvaluationDraws.Of(rows, Rules(seed, replicates, settings)).Intervals(level);

    /// <summary>The intervals of images and of their pixels; what is independent is the image.</summary>
    /// <param name="images">The images, such as the state of an AupimoMetric.</param>
    /// <param name="level">How often an interval is to hold the true number, in (0, 1).</param>
    /// <param name="seed">What images are drawn from.</param>
    /// <param name="replicates">How often, at least once.</param>
    /// <param name="settings">The parameters of the numbers, and which are asked for by name.</param>
    /// <exception cref="ArgumentOutOfRangeException">No replicate is asked for.</exception>
    public static ImmutableArray<NumberWithInterval> Intervals(
        this ImageState images,
        double level = 0.95,
        ulong seed = 0,
        int replicates = ReplicateTable.UsualReplicates,
        EvaluationSettings? settings = null
    ) => EvaluationDraws.Of(images, Rules(seed, replicates, settings)).Intervals(level);

    private static DrawRules Rules(ulong seed, int replicates, EvaluationSettings? settings) =>
        new()
        {
            Settings = settings ?? new(),
            Replicates = replicates,
            Seed = seed,
        };
}
