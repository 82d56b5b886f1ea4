using System.Collections.Immutable;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>A kind of table of scores. A new one is a value of this type beside its reader, and stands in <see cref="All"/>.</summary>
/// <param name="Extensions">Its extensions, for the help and errors.</param>
/// <param name="Reads">Whether a file is one, by its name.</param>
/// <param name="Labelled">Scores with labels and further columns, in parts of at most so many rows.</param>
/// <param name="Scores">All numbers of a column, in their own width, without labels.</param>
internal sealed record TableFormat(
    ImmutableArray<string> Extensions,
    Func<string, bool> Reads,
    Func<string, TableColumns, LabelRule, int, CancellationToken, IEnumerable<TablePart>> Labelled,
    Func<string, string, CancellationToken, TablePart> Scores
)
{
    /// <summary>The formats, in the order of the help.</summary>
    public static ImmutableArray<TableFormat> All { get; } = [DelimitedScores.Format, ParquetScores.Format, LabelledArrays.Format];

    /// <summary>The extensions of scores without labels: one array needs no names of columns.</summary>
    public ImmutableArray<string> ScoreExtensions { get; init; } = Extensions;

    /// <summary>The extensions of tables with labels.</summary>
    public static IEnumerable<string> WithLabels => All.SelectMany(format => format.Extensions);

    /// <summary>The extensions of those without.</summary>
    public static IEnumerable<string> WithoutLabels => All.SelectMany(format => format.ScoreExtensions);

    /// <summary>The format of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="extensions">Those that are read here, for the error.</param>
    /// <exception cref="InputException">There is no such file, or none of its extension is read.</exception>
    public static TableFormat Of(string path, IEnumerable<string> extensions) =>
        All.FirstOrDefault(format => format.Reads(path)) ?? throw Unknown(path, extensions);

    /// <summary>Why a file is not read.</summary>
    public static InputException Unknown(string path, IEnumerable<string> extensions)
    {
        Reading.RequireFile(path);
        return new(path, $"has an extension that is not read here; {Listed(extensions, "and")} are");
    }

    /// <summary>Extensions with commas and a last word between them.</summary>
    public static string Listed(IEnumerable<string> extensions, string last)
    {
        var all = extensions.ToList();
        return string.Join(", ", all[..^1]) + $" {last} {all[^1]}";
    }
}

/// <summary>Some rows of a table.</summary>
internal sealed record TablePart(Array Scores, bool[] Labels, IEnumerable<string[]> Others)
{
    /// <summary>What was decided of the numbers.</summary>
    public NoteCounts Notes { get; init; } = NoteCounts.Empty;
}

/// <summary>The columns of a table that are read.</summary>
internal sealed record TableColumns(string Score, string Label, ImmutableArray<string> Others);
