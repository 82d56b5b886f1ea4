namespace FunctionalMetrics;

/// <summary>A table of a report, of texts that are shown as they are. Immutable.</summary>
/// <param name="Title">What the table is, for those who do not see it.</param>
/// <param name="Heading">The heading of each column.</param>
/// <param name="Rows">The rows, of as many cells each; the first cell is the row's heading.</param>
public sealed record ReportGrid(string Title, IReadOnlyList<string> Heading, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>What the table says and what it leaves out, in sentences above it.</summary>
    public string About { get; init; } = "";
}
