namespace FunctionalMetrics;

/// <summary>What a report shows. Texts may hold anything, file names included; they are shown as they are. Immutable.</summary>
/// <param name="Title">The heading, also the name of the page.</param>
/// <param name="Subtitle">One line on the data: which, how much, from where.</param>
/// <param name="Levels">The parts, each with its numbers and charts, in their order.</param>
public sealed record ReportPage(string Title, string Subtitle, IReadOnlyList<ReportLevel> Levels)
{
    /// <summary>Remarks on these data, put before the notes that every report has.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How the page was made, as names with their values, in a table at its end: version, options, paths. Nothing is shown where there are none.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];
}
