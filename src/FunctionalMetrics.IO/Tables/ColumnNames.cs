namespace FunctionalMetrics.IO;

/// <summary>The columns of a table as errors list them.</summary>
internal static class ColumnNames
{
    private const int Most = 5;

    /// <summary>A few of the names, those that are written most like one that was asked for first.</summary>
    public static string Nearest(IReadOnlyCollection<string> names, string asked)
    {
        var nearest = Quoted.Nearest(names, asked).Take(Most).Select(name => Quoted.Of(name));
        return FormattableString.Invariant(
            $"{(names.Count <= Most ? "its columns are" : $"the nearest of its {names.Count} columns are")} {string.Join(", ", nearest)} (--score-column or --score-columns of compare, --label-column and --file-column name those to read)"
        );
    }
}
