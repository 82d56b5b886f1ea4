namespace FunctionalMetrics.IO;

/// <summary>Scores of Parquet files.</summary>
internal static class ParquetScores
{
    public static TableFormat Format { get; } = new([".parquet"], path => Reading.Extension(path) == ".parquet", Labelled, Scores);

    private static IEnumerable<TablePart> Labelled(string path, TableColumns columns, LabelRule rule, int most, CancellationToken cancel)
    {
        using var parquet = ParquetTable.Open(path);
        var others = columns.Others.Select(name => parquet.TextParts(name, most, cancel).GetEnumerator()).ToArray();
        foreach (
            var (scores, labels) in parquet
                .NumberParts(columns.Score, most, cancel)
                .Zip(parquet.LabelParts(columns.Label, rule, most, cancel))
        )
            yield return new(scores, labels, others.Select(column => column.MoveNext() ? column.Current : []).ToArray());
        rule.Finish();
    }

    private static TablePart Scores(string path, string column, CancellationToken cancel)
    {
        using var parquet = ParquetTable.Open(path);
        return new(parquet.Numbers(column, cancel), [], []);
    }
}
