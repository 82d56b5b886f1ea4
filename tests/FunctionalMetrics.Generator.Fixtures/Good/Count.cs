using FunctionalMetrics.Core;
using LanguageExt;

namespace Fixtures;

/// <summary>
/// How many scores there are: the simplest metric there is. See <see cref="CountState"/>.
/// <para>Formula: n, also where n &lt; 1.</para>
/// <para>Never undefined.</para>
/// <para>Source: the natural numbers | counted.</para>
/// </summary>
public static class Count
{
    /// <summary>The metric of scores.</summary>
    public static Metric<Scores, CountState, long> Metric { get; } =
        new("count", Option<bool>.None, new(new(0), batch => new(batch.Count), (a, b) => new(a.N + b.N)), state => state.N);

    /// <summary>The metric of maps.</summary>
    public static Metric<Maps, CountState, long> OfMaps { get; } =
        new("count", Option<bool>.None, new(new(0), batch => new(batch.Pixels.Count), (a, b) => new(a.N + b.N)), state => state.N);
}

/// <summary>How many scores were seen.</summary>
/// <param name="N">The number.</param>
public sealed record CountState(long N);
