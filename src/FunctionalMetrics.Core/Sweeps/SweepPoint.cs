namespace FunctionalMetrics.Core;

/// <summary>
/// A threshold that was found in a sweep, and the counts there. A sweep has the anomalous scores alone: where the threshold is a normal score
/// between two of them, it is known by its place among the normal ones, and whoever has these looks it up.
/// </summary>
/// <param name="Threshold">The threshold; without meaning where <paramref name="NormalRow"/> is above 0.</param>
/// <param name="Counts">The counts there; where <paramref name="NormalRow"/> is above 0 those of that row, without normal rows that are tied with it below.</param>
/// <param name="NormalRow">The threshold is the score of this normal row, counted from the highest; 0 where it is known.</param>
internal readonly record struct SweepPoint(double Threshold, ConfusionMatrix Counts, long NormalRow = 0)
{
    /// <summary>The threshold that calls nothing anomalous.</summary>
    public static SweepPoint Nothing(ISums of) => new(double.PositiveInfinity, new(0, 0, of.Positives, of.Negatives));

    /// <summary>One of a sweep's own thresholds.</summary>
    public static SweepPoint At(ThresholdSweep sweep, int step) => new(sweep.Thresholds[step], sweep.CountsAt(step));

    /// <summary>A normal row's score, which so many anomalous rows reach.</summary>
    public static SweepPoint AtNormal(ISums of, long row, long truePositives) =>
        new(0, new(truePositives, row, of.Positives - truePositives, of.Negatives - row), row);

    /// <summary>Whether there is one: the default value is none.</summary>
    public bool IsFound => Counts.Rows > 0;

    /// <summary>Whether its precision is no less than that of another; both call something anomalous.</summary>
    public bool IsAsPreciseAs(SweepPoint other) =>
        Math.BigMul((ulong)Counts.TruePositives, Called(other.Counts)) >= Math.BigMul((ulong)other.Counts.TruePositives, Called(Counts));

    private static ulong Called(ConfusionMatrix counts) => (ulong)(counts.TruePositives + counts.FalsePositives);
}
