using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Statistics;

/// <summary>
/// How sure all rates and areas of an evaluation are, with the methods of <c>fmetrics evaluate --intervals</c>: AUROC of images or rows by <see cref="DeLong"/>, that of pixels by
/// <see cref="ClusteredAuroc"/>, every other number by drawing images or rows again (<see cref="Bootstrap.Bca"/>).
/// <code>
/// var evaluator = new Evaluator([new AurocMetric()], [new AupimoMetric()]).Update(maps, masks);
/// foreach (var sure in evaluator.Get&lt;AupimoMetric&gt;().State.Intervals(level: 0.95, seed: 1)) Console.WriteLine($"{sure.Level} {sure.Key}: {sure.Value} {sure.Interval}");
/// </code>
/// </summary>
public static class EvaluationIntervals
{
    private const string Area = "auroc";
    private const string MetricsArea = "metrics.auroc";

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
    ) =>
        [
            .. ReplicateTable
                .Of(rows)
                .Draw(settings ?? new(), replicates, seed)
                .Select(number => Found(number, level, () => DeLong.Interval(rows, level), ComparedPair.DeLongMethod)),
        ];

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
    ) =>
        [
            .. ReplicateTable
                .Of(images)
                .Draw(settings ?? new(), replicates, seed)
                .Select(number =>
                    number.Level == Levels.Pixel
                        ? Found(number, level, () => ClusteredAuroc.Interval(images, level), ComparedPair.ClusteredMethod)
                        : Found(number, level, () => DeLong.Interval(images.Scores, level), ComparedPair.DeLongMethod)
                ),
        ];

    private static NumberWithInterval Found(Resampled number, double level, Func<Fin<Interval>> ofArea, string method)
    {
        if (number.Key is Area or MetricsArea)
            return new(number.Level, number.Key, number.Value, ofArea(), method);
        var drawn = number.Bca(level);
        return new(
            number.Level,
            number.Key,
            number.Value,
            drawn.Map(found => new Interval(found.Lower, found.Upper)),
            drawn.Map(found => found.Method).IfFail(BootstrapInterval.OfBca)
        );
    }
}

/// <summary>A number and how sure it is. Compared by value; immutable.</summary>
/// <param name="Level">The level: image or pixel.</param>
/// <param name="Key">Its key in JSON; metrics. and the name where it was asked for by name.</param>
/// <param name="Value">The number, or why there is none.</param>
/// <param name="Interval">Its interval, or why there is none.</param>
/// <param name="Method">How the interval is made: delong, clustered, bootstrap-bca or bootstrap-percentile.</param>
public sealed record NumberWithInterval(string Level, string Key, Fin<double> Value, Fin<Interval> Interval, string Method);
