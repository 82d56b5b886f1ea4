using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// The smallest and the largest score, of n scores (or of N x H x W pixels), in the units of the scores; -0.0 counts as +0.0.
/// <para>Formula: min s and max s.</para>
/// <para>Undefined before any score.</para>
/// <para>Source: anomalib's MinMax.</para>
/// </summary>
public static class MinMax
{
    /// <summary>The metric.</summary>
    public static Metric<Scores, ExtremaState, MinMaxResult> Metric { get; } =
        new("MinMax", Option<bool>.None, ExtremaState.State, Compute);

    /// <summary>What evaluations show of it: the smallest of the user's own scores.</summary>
    public static EvaluationNumber Smallest { get; } = End("min", "smallest score", 700, range => range.Lower);

    /// <summary>The largest of them.</summary>
    public static EvaluationNumber Largest { get; } = End("max", "largest score", 710, range => range.Upper);

    private static Fin<MinMaxResult> Compute(ExtremaState state) =>
        state.Range.Map(range => new MinMaxResult(range.Min, range.Max)).ToFin(new Undefined("MinMax", Missing.Score, 0));

    private static EvaluationNumber End(string key, string title, int order, Func<Interval, double> end) =>
        EvaluationNumber.Of(
            key,
            NumberKind.Score,
            _ => title,
            order,
            (ranking, settings) =>
                Some(Compute(ranking.Extrema).Map(range => Interval.Known(end(settings.Own(new Interval(range.Min, range.Max))))))
        );
}

/// <summary>The range of the scores seen. Compared by value; immutable.</summary>
/// <param name="Min">The smallest score.</param>
/// <param name="Max">The largest score.</param>
public sealed record MinMaxResult([property: Shown] double Min, [property: Shown] double Max);
