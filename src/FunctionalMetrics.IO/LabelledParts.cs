using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>Labelled scores of a file in parts; what is wrong with a file is said in the words of reading it whole.</summary>
internal static class LabelledParts
{
    private const int Rows = 1 << 18;

    /// <summary>All of it as one batch.</summary>
    public static ScoreBatch Whole(string path, string scoreColumn, string labelColumn, LabelRule rule, CancellationToken cancel)
    {
        var (scores, labels) = (new List<Array>(), new List<bool>());
        foreach (var (some, marked) in Columns(path, scoreColumn, labelColumn, rule, cancel))
        {
            // A part may be read into the same room as the one before it.
            scores.Add((Array)some.Clone());
            labels.AddRange(marked);
        }
        return scores.Count == 0
            ? ScoreBatch.Empty
            : Checked.Take(ScoreBatch.Create(NumberType.Scores(Joined(scores)), labels.ToArray()), path);
    }

    public static IEnumerable<ScoreBatch> Read(
        string path,
        string scoreColumn,
        string labelColumn,
        LabelRule rule,
        CancellationToken cancel
    )
    {
        var first = 0L;
        foreach (var (scores, labels) in Columns(path, scoreColumn, labelColumn, rule, cancel))
        {
            yield return Checked.Take(ScoreBatch.Create(NumberType.Scores(scores), labels), path, first);
            first += scores.Length;
        }
    }

    private static IEnumerable<(Array Scores, bool[] Labels)> Columns(
        string path,
        string scoreColumn,
        string labelColumn,
        LabelRule rule,
        CancellationToken cancel
    ) =>
        Reading.Extension(path) == ".parquet" ? Parquet(path, scoreColumn, labelColumn, rule, cancel)
        : NpyReader.Reads(path) ? LabelledArrays.Parts(path, scoreColumn, labelColumn, rule, Rows)
        : DelimitedFile.Reads(path) ? Delimited(path, scoreColumn, labelColumn, rule, cancel)
        : throw ScoreFile.Unknown(path, ".csv, .tsv (or with .gz), .parquet and .npz");

    private static Array Joined(List<Array> parts)
    {
        if (parts is [var one])
            return one;
        var all = Array.CreateInstance(parts[0].GetType().GetElementType()!, parts.Sum(part => (long)part.Length));
        var at = 0L;
        foreach (var part in parts)
        {
            Array.Copy(part, 0, all, at, part.Length);
            at += part.Length;
        }
        return all;
    }

    private static IEnumerable<(Array, bool[])> Delimited(
        string path,
        string scoreColumn,
        string labelColumn,
        LabelRule rule,
        CancellationToken cancel
    )
    {
        using var table = DelimitedFile.Open(path);
        var (score, label) = (table.Column(scoreColumn), table.Column(labelColumn));
        var (scores, labels, rows) = (new double[Rows], new bool[Rows], 0L);
        for (var at = 0; table.Next(cancel); rows++)
        {
            (scores[at], labels[at]) = (table.Number(score), rule.Read(table.Label(label), table.Row));
            if (++at < Rows)
                continue;
            yield return (scores, labels);
            at = 0;
        }
        rule.Finish();
        if (rows % Rows is > 0 and var last)
            yield return (scores[..(int)last], labels[..(int)last]);
    }

    private static IEnumerable<(Array, bool[])> Parquet(
        string path,
        string scoreColumn,
        string labelColumn,
        LabelRule rule,
        CancellationToken cancel
    )
    {
        using var parquet = ParquetTable.Open(path);
        foreach (var part in parquet.NumberParts(scoreColumn, Rows, cancel).Zip(parquet.LabelParts(labelColumn, rule, Rows, cancel)))
            yield return part;
        rule.Finish();
    }
}
