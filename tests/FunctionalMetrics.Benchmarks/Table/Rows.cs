namespace FunctionalMetrics.Benchmarks;

/// <summary>A row of the table by its name, and how its lines are measured; on one processor, unless it says otherwise.</summary>
internal sealed record Row(string Name, Func<Inputs, IEnumerable<Line>> Measure, bool NeedsLarge = false, int Processors = 1);

/// <summary>All rows, in the order of the table.</summary>
internal static class Rows
{
    public static IReadOnlyList<Row> All { get; } =
    [
        new("whole", WholeRuns.OneThread),
        new("threads", WholeRuns.TwoThreads, Processors: 2),
        new("memory", HeldStates.Distinct),
        new("ties", TiedMaps.Measure),
        new("update", HeldStates.Every),
        new("again", WholeRuns.Again),
        new("images", ImageLevel.Measure),
        new("regions", RegionLabelling.Measure),
        new("curve", FullCurve.Measure),
        new("replicates", Replicates.Measure, Processors: 2),
        new("evaluate", EvaluateProcess.Measure, NeedsLarge: true),
        new("reading", FolderReading.Measure, NeedsLarge: true, Processors: 2),
        new("growth", Growth.Measure),
        new("allocation", Allocation.Measure),
    ];
}
