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
            notes = NoteCounts.Merge(notes, rule.Taken());
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
            yield return new(Checked.Take(ScoreBatch.Create(NumberType.Scores(part.Scores), part.Labels), path, first), rule.Taken());
            first += part.Scores.Length;
        }
    }

    private static IEnumerable<TablePart> Parts(string path, TableColumns columns, LabelRule rule, CancellationToken cancel) =>
        Reading.Extension(path) == ".parquet" ? Parquet(path, columns, rule, cancel)
        : NpyReader.Reads(path) ? LabelledArrays.Parts(path, columns, rule, Rows)
        : DelimitedFile.Reads(path) ? Delimited(path, columns, rule, cancel)
        : throw ScoreFile.Unknown(path, ".csv, .tsv (or with .gz), .parquet and .npz");

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

    private static IEnumerable<TablePart> Delimited(string path, TableColumns columns, LabelRule rule, CancellationToken cancel)
    {
        using var table = DelimitedFile.Open(path);
        var (score, label) = (table.Column(columns.Score), table.Column(columns.Label));
        var others = columns.Others.Select(table.Column).ToArray();
        var (scores, labels, rows) = (new double[Rows], new bool[Rows], 0L);
        var texts = others.Select(_ => new string[Rows]).ToArray();
        for (var at = 0; table.Next(cancel); rows++)
        {
            (scores[at], labels[at]) = (table.Number(score), rule.Read(table.Label(label), table.Row));
            for (var i = 0; i < others.Length; i++)
                texts[i][at] = table.Text(others[i]).ToString();
            if (++at < Rows)
                continue;
            yield return new(scores, labels, texts);
            at = 0;
        }
        rule.Finish();
        if (rows % Rows is > 0 and var last)
            yield return new(scores[..(int)last], labels[..(int)last], texts.Select(values => values[..(int)last]));
    }

    private static IEnumerable<TablePart> Parquet(string path, TableColumns columns, LabelRule rule, CancellationToken cancel)
    {
        using var parquet = ParquetTable.Open(path);
        var others = columns.Others.Select(name => parquet.TextParts(name, Rows, cancel).GetEnumerator()).ToArray();
        foreach (
            var (scores, labels) in parquet
                .NumberParts(columns.Score, Rows, cancel)
                .Zip(parquet.LabelParts(columns.Label, rule, Rows, cancel))
        )
            yield return new(scores, labels, others.Select(column => column.MoveNext() ? column.Current : []).ToArray());
        rule.Finish();
    }
}

/// <summary>Some rows of a table.</summary>
internal sealed record TablePart(Array Scores, bool[] Labels, IEnumerable<string[]> Others);

/// <summary>The columns of a table that are read.</summary>
internal sealed record TableColumns(string Score, string Label, ImmutableArray<string> Others);
