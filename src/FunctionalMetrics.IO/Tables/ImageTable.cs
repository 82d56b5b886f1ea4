using System.Collections.Immutable;
using System.Text;

namespace FunctionalMetrics.IO;

/// <summary>Tables with a row for each image, matched to the images' names.</summary>
internal static class ImageTable
{
    /// <summary>A value of each image, in the order of the names.</summary>
    /// <param name="path">A .csv or .tsv file, also with .gz.</param>
    /// <param name="names">The images.</param>
    /// <param name="fileColumn">The column of files, which are names or paths that end in them.</param>
    /// <param name="valueColumn">The column of values.</param>
    /// <param name="value">The value in a column of the row that was read.</param>
    /// <param name="cancel">Looked at between rows.</param>
    public static ImmutableArray<T> Read<T>(
        string path,
        ImmutableArray<string> names,
        string fileColumn,
        string valueColumn,
        Func<DelimitedFile, int, T> value,
        CancellationToken cancel
    )
    {
        using var table = DelimitedFile.Open(path);
        var (file, column) = (table.Column(fileColumn), table.Column(valueColumn));
        var indices = names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);
        var (values, rows) = (new T[names.Length], new long[names.Length]);
        var (same, others, first) = (new Lazy<SameNames>(() => new(names)), 0L, new List<string>());
        while (table.Next(cancel))
        {
            var text = table.Text(file).ToString();
            if (Candidates(text).Select(IndexOf).FirstOrDefault(index => index >= 0, -1) is var image && image < 0)
            {
                if (others++ < 2)
                    first.Add(
                        others == 1 ? $"row {table.Row}, column '{fileColumn}': {Quoted.Of(text)}" : $"row {table.Row}, {Quoted.Of(text)}"
                    );
                continue;
            }
            if (rows[image] > 0)
                throw new InputException(
                    path,
                    $"row {table.Row} names the image {names[image]} a second time; row {rows[image]} has named it"
                );
            (values[image], rows[image]) = (value(table, column), table.Row);
        }
        if (others > 0)
            throw new InputException(path, $"{first[0]} is none of the images{Example(names)}{Others(others, first)}");
        return Array.IndexOf(rows, 0) is >= 0 and var missing
            ? throw new InputException(path, $"has no row for the image {names[missing]}")
            : [.. values];

        int IndexOf(string name) =>
            indices.TryGetValue(name, out var index) ? index
            : !Ascii.IsValid(name) && same.Value.Of(name) is { } other ? indices[other]
            : -1;
    }

    private static string Others(long count, List<string> first) =>
        first is [_, var second]
            ? FormattableString.Invariant($"; {count} rows are of other images, also {second}: leave them out, or name their maps too")
            : "; leave the row out, or name its map too";

    // as written, then without its extension, then without the levels above the defect's folder, one by one
    private static IEnumerable<string> Candidates(string file)
    {
        var name = file.Trim().Replace('\\', '/');
        yield return name;
        var slash = name.LastIndexOf('/');
        if (name.LastIndexOf('.') is var dot && dot > slash + 1)
            name = name[..dot];
        yield return name;
        while (name.IndexOf('/') is >= 0 and var end)
            yield return name = name[(end + 1)..];
    }

    private static string Example(ImmutableArray<string> names) =>
        names.IsEmpty ? "" : $", which are called like {string.Join(" and ", names.Take(2))}";
}
