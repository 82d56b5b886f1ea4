using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>Scores of CSV and TSV files.</summary>
internal static class DelimitedScores
{
    public static TableFormat Format { get; } = new([".csv", ".tsv (or with .gz)"], DelimitedFile.Reads, Labelled, Scores);

    private static IEnumerable<TablePart> Labelled(string path, TableColumns columns, LabelRule rule, int most, CancellationToken cancel)
    {
        using var table = DelimitedFile.Open(path);
        var (score, label) = (table.Column(columns.Score), table.Column(columns.Label));
        var others = columns.Others.Select(table.Column).ToArray();
        var (scores, labels, rows, commas) = (new double[most], new bool[most], 0L, 0L);
        var texts = others.Select(_ => new string[most]).ToArray();
        for (var at = 0; table.Next(cancel); rows++)
        {
            (scores[at], labels[at]) = (table.Number(score), rule.Read(table.Label(label), table.Row));
            for (var i = 0; i < others.Length; i++)
                texts[i][at] = table.Text(others[i]).ToString();
            if (++at < most)
                continue;
            yield return new(scores, labels, texts) { Notes = Commas() };
            at = 0;
        }
        rule.Finish();
        if (rows % most is > 0 and var last)
            yield return new(scores[..(int)last], labels[..(int)last], texts.Select(values => values[..(int)last])) { Notes = Commas() };

        NoteCounts Commas()
        {
            var before = commas;
            commas = table.CommaNumbers;
            return NoteCounts.Of(NoteKind.DecimalComma, commas - before);
        }
    }

    private static TablePart Scores(string path, string column, CancellationToken cancel)
    {
        using var table = DelimitedFile.Open(path);
        var score = table.Column(column);
        var scores = new List<double>();
        while (table.Next(cancel))
            scores.Add(table.Number(score));
        return new(scores.ToArray(), [], []) { Notes = NoteCounts.Of(NoteKind.DecimalComma, table.CommaNumbers) };
    }
}
