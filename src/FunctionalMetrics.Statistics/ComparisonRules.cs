using System.Collections.Immutable;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Statistics;

/// <summary>What is asked of a comparison.</summary>
public sealed record ComparisonRules
{
    /// <summary>How often an interval is to hold the true difference, in (0, 1); p below 1 - level is called a difference.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The largest difference that does not matter, above 0; equivalence is tested where it is given.</summary>
    public double? Margin { get; init; }

    /// <summary>The threshold of rows or images of each model, a score of at least which is called anomalous; none where decisions are not compared.</summary>
    public ImmutableArray<double> Thresholds { get; init; } = [];

    /// <summary>The parameters of the numbers, such as the limit of AUPRO.</summary>
    public EvaluationSettings Settings { get; init; } = new();

    /// <summary>How often images are drawn again; with fewer than two what needs it is left out.</summary>
    public int Replicates { get; init; } = ReplicateTable.UsualReplicates;

    /// <summary>What they are drawn from.</summary>
    public ulong Seed { get; init; }

    /// <summary>Below so many of a class it is said that there are few.</summary>
    internal int FewOfAClass => Bootstrap.FewImages;
}
