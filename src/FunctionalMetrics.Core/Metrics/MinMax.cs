using LanguageExt;

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
        new("MinMax", Option<bool>.None, ExtremaState.Empty, ExtremaState.Of, ExtremaState.Merge, Compute);

    private static Fin<MinMaxResult> Compute(ExtremaState state) =>
        state.Range.Map(range => new MinMaxResult(range.Min, range.Max)).ToFin(new Undefined("MinMax", Missing.Score, 0));
}

/// <summary>The range of the scores seen. Compared by value; immutable.</summary>
/// <param name="Min">The smallest score.</param>
/// <param name="Max">The largest score.</param>
public sealed record MinMaxResult(double Min, double Max);
