using System.Collections.Immutable;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>Labelled scores of a file in parts; what is wrong with a file is said in the words of reading it whole.</summary>
internal static class LabelledParts
{
    private const int Rows = 1 << 18;

    /// <summary>All of it, with further columns.</summary>
    public static LabelledTable Whole(string path, TableColumns columns, LabelRule rule, CancellationToken cancel)
    {
        var (scores, labels, notes) = (new List<Array>(), new List<bool>(), NoteCounts.Empty);
        var others = columns.Others.Select(_ => ImmutableArray.CreateBuilder<string>()).ToArray();
        foreach (var part in Parts(path, columns, rule, cancel))
        {
            // A part may be read into the same room as the one before it.
            scores.Add((Array)part.Scores.Clone());
            labels.AddRange(part.Labels);
            foreach (var (column, values) in others.Zip(part.Others))
                column.AddRange(values);
            notes = NoteCounts.Sum([notes, rule.Taken(), part.Notes]);
        }
        var (joined, marked) = (Joined(scores), labels.ToArray());
        return new(
            Checked.Take(ScoreBatch.Create(NumberType.Scores(joined), marked), path),
            notes,
            joined,
            [.. marked],
            columns.Others.Zip(others, (name, values) => KeyValuePair.Create(name, values.ToImmutable())).ToImmutableDictionary()
        );
    }

    public static IEnumerable<LabelledRows> Read(string path, TableColumns columns, LabelRule rule, CancellationToken cancel)
    {
        var first = 0L;
        foreach (var part in Parts(path, columns, rule, cancel))
        {
            yield return new(
                Checked.Take(ScoreBatch.Create(NumberType.Scores(part.Scores), part.Labels), path, first),
                NoteCounts.Merge(rule.Taken(), part.Notes)
            );
            first += part.Scores.Length;
        }
    }

    private static IEnumerable<TablePart> Parts(string path, TableColumns columns, LabelRule rule, CancellationToken cancel) =>
        TableFormat.Of(path, TableFormat.WithLabels).Labelled(path, columns, rule, Rows, cancel);

    private static Array Joined(List<Array> parts)
    {
        if (parts is not [var first, _, ..])
            return parts is [var one] ? one : Array.Empty<double>();
        var all = Array.CreateInstance(first.GetType().GetElementType()!, parts.Sum(part => (long)part.Length));
        var at = 0L;
        foreach (var part in parts)
        {
            Array.Copy(part, 0, all, at, part.Length);
            at += part.Length;
        }
        return all;
    }
}
