using System.Collections.Immutable;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>Some rows of a table of labelled scores.</summary>
/// <param name="Batch">The rows, checked.</param>
/// <param name="Notes">What was decided while they were read.</param>
public sealed record LabelledRows(ScoreBatch Batch, NoteCounts Notes);

/// <summary>A table of labelled scores with further columns, read once. Immutable.</summary>
public sealed class LabelledTable
{
    private readonly Array scores;

    internal LabelledTable(
        ScoreBatch batch,
        NoteCounts notes,
        Array scores,
        ImmutableArray<bool> labels,
        ImmutableDictionary<string, ImmutableArray<string>> columns
    ) => (Batch, Notes, this.scores, Labels, Columns) = (batch, notes, scores, labels, columns);

    /// <summary>All rows, checked.</summary>
    public ScoreBatch Batch { get; }

    /// <summary>What was decided while they were read.</summary>
    public NoteCounts Notes { get; }

    /// <summary>The score of each row, in the order of the file.</summary>
    public ImmutableArray<double> Scores => [.. NumberType.Wide(scores)];

    /// <summary>For each row whether it is anomalous.</summary>
    public ImmutableArray<bool> Labels { get; }

    /// <summary>The further columns that were asked for, as text, by name.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Columns { get; }

    /// <summary>
    /// The rows of each value of a further column, values in ordinal order: <c>table.By("machine")</c> gives a batch for each machine.
    /// </summary>
    /// <param name="column">A column that was asked for.</param>
    /// <exception cref="KeyNotFoundException">It was not.</exception>
    public IEnumerable<(string Value, ScoreBatch Batch)> By(string column)
    {
        var (values, all) = (Columns[column], Scores);
        return values
            .Select((value, row) => (value, row))
            .GroupBy(pair => pair.value, pair => pair.row)
            .OrderBy(rows => rows.Key, StringComparer.Ordinal)
            .Select(rows =>
                (
                    rows.Key,
                    Checked.Take(
                        ScoreBatch.Create(rows.Select(row => all[row]).ToArray(), rows.Select(row => Labels[row]).ToArray()),
                        rows.Key
                    )
                )
            );
    }
}
