using System.Collections.Immutable;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.IO;

/// <summary>
/// Reads tables of scores: CSV (.csv) and TSV (.tsv) with a header, also compressed (.gz), Parquet (.parquet), and .npz archives with one array for each column.
/// Text gives float64 scores, the other formats the width that they hold. Rows in errors are counted from 1, the header not counted.
/// </summary>
public static class ScoreFile
{
    /// <summary>The extensions of labelled tables, as a help names them.</summary>
    public static string LabelledExtensions => TableFormat.Listed(TableFormat.WithLabels, "or");

    /// <summary>The extensions of scores without labels.</summary>
    public static string Extensions => TableFormat.Listed(TableFormat.WithoutLabels, "or");

    /// <summary>
    /// Reads scores with labels. Labels are 0 and 1 (also 0.0 and 1.0) or true and false in any case, or those that are named: compared as numbers
    /// where they are numbers, else as they are written. With labels of one class named, one other may occur, which is of the other class; more
    /// are an error that lists them. A table without rows is an empty batch.
    /// </summary>
    /// <param name="path">A .csv, .tsv (also with .gz) or .parquet file, or an .npz archive whose arrays of shape (n) are the columns.</param>
    /// <param name="scoreColumn">The name of the column of scores.</param>
    /// <param name="labelColumn">The name of the column of labels.</param>
    /// <param name="positiveLabels">The labels that mean anomalous; <c>*</c> is every label that is not named.</param>
    /// <param name="normalLabels">The labels that mean normal; <c>*</c> is every label that is not named.</param>
    /// <param name="cancel">Looked at between rows; the only way for an exception to leave.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public static Fin<ScoreBatch> TryReadLabelled(
        string path,
        string scoreColumn = "score",
        string labelColumn = "label",
        IEnumerable<string>? positiveLabels = null,
        IEnumerable<string>? normalLabels = null,
        CancellationToken cancel = default
    ) => TryReadTable(path, scoreColumn, labelColumn, positiveLabels, normalLabels, null, cancel).Map(table => table.Batch);

    /// <summary>The same with what was decided of labels, and with further columns, such as groups: a table is read once.</summary>
    /// <param name="path">A .csv, .tsv (also with .gz) or .parquet file, or an .npz archive whose arrays of shape (n) are the columns.</param>
    /// <param name="scoreColumn">The name of the column of scores.</param>
    /// <param name="labelColumn">The name of the column of labels.</param>
    /// <param name="positiveLabels">The labels that mean anomalous; <c>*</c> is every label that is not named.</param>
    /// <param name="normalLabels">The labels that mean normal; <c>*</c> is every label that is not named.</param>
    /// <param name="columns">The names of further columns.</param>
    /// <param name="cancel">Looked at between rows; the only way for an exception to leave.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public static Fin<LabelledTable> TryReadTable(
        string path,
        string scoreColumn = "score",
        string labelColumn = "label",
        IEnumerable<string>? positiveLabels = null,
        IEnumerable<string>? normalLabels = null,
        IEnumerable<string>? columns = null,
        CancellationToken cancel = default
    ) =>
        Reading.Try(
            path,
            () =>
            {
                cancel.ThrowIfCancellationRequested();
                return LabelledParts.Whole(
                    path,
                    new(scoreColumn, labelColumn, [.. (columns ?? []).Distinct()]),
                    new(path, labelColumn, positiveLabels, normalLabels),
                    cancel
                );
            }
        );

    /// <summary>
    /// The same in batches of at most 2^18 rows, lazily and in order, so that memory does not grow with the file (a Parquet file is read by
    /// row groups). The first failure is the last element.
    /// </summary>
    /// <inheritdoc cref="TryReadLabelled"/>
    public static IEnumerable<Fin<LabelledRows>> TryReadLabelledParts(
        string path,
        string scoreColumn = "score",
        string labelColumn = "label",
        IEnumerable<string>? positiveLabels = null,
        IEnumerable<string>? normalLabels = null,
        CancellationToken cancel = default
    ) =>
        Sequence.Blocks(
            path,
            () =>
                LabelledParts
                    .Read(path, new(scoreColumn, labelColumn, []), new(path, labelColumn, positiveLabels, normalLabels), cancel)
                    .GetEnumerator(),
            parts => parts.MoveNext() ? parts.Current : null,
            cancel
        );

    /// <summary>The batch of <see cref="TryReadLabelled"/> for those who prefer exceptions.</summary>
    /// <inheritdoc cref="TryReadLabelled" path="/param"/>
    /// <exception cref="InputException">The file is not such a table; the message says what is wrong, and where.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public static ScoreBatch ReadLabelled(
        string path,
        string scoreColumn = "score",
        string labelColumn = "label",
        IEnumerable<string>? positiveLabels = null,
        IEnumerable<string>? normalLabels = null,
        CancellationToken cancel = default
    ) => Reading.OrThrow(TryReadLabelled(path, scoreColumn, labelColumn, positiveLabels, normalLabels, cancel));

    /// <summary>The table of <see cref="TryReadTable"/> for those who prefer exceptions.</summary>
    /// <inheritdoc cref="TryReadTable" path="/param"/>
    /// <exception cref="InputException">The file is not such a table; the message says what is wrong, and where.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public static LabelledTable ReadTable(
        string path,
        string scoreColumn = "score",
        string labelColumn = "label",
        IEnumerable<string>? positiveLabels = null,
        IEnumerable<string>? normalLabels = null,
        IEnumerable<string>? columns = null,
        CancellationToken cancel = default
    ) => Reading.OrThrow(TryReadTable(path, scoreColumn, labelColumn, positiveLabels, normalLabels, columns, cancel));

    /// <summary>Reads scores of normal rows alone, from what <see cref="TryRead"/> reads: no label is read, and a note says so.</summary>
    /// <param name="path">A .csv, .tsv (also with .gz), .parquet, .npy or .npz file, or <c>FILE.npz:name</c>.</param>
    /// <param name="scoreColumn">The name of the column of scores in a table.</param>
    /// <param name="cancel">Looked at between rows; the only way for an exception to leave.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public static Fin<LabelledRows> TryReadNormal(string path, string scoreColumn = "score", CancellationToken cancel = default) =>
        Reading.Try(
            path,
            () =>
            {
                cancel.ThrowIfCancellationRequested();
                var (scores, notes) = Unlabelled(path, scoreColumn, cancel);
                var rows = Checked.Take(ScoreBatch.Create(NumberType.Scores(scores), new bool[scores.Length]), path);
                return new LabelledRows(rows, NoteCounts.Merge(notes, NoteCounts.Of(NoteKind.AllNormal, rows.Count)));
            }
        );

    /// <summary>Reads scores without labels, from a table or from a .npy or .npz array of shape (n).</summary>
    /// <param name="path">A .csv, .tsv (also with .gz), .parquet, .npy or .npz file, or <c>FILE.npz:name</c>.</param>
    /// <param name="scoreColumn">The name of the column of scores in a table.</param>
    /// <param name="cancel">Looked at between rows; the only way for an exception to leave.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public static Fin<Scores> TryRead(string path, string scoreColumn = "score", CancellationToken cancel = default) =>
        Reading.Try(
            path,
            () =>
            {
                cancel.ThrowIfCancellationRequested();
                return Checked.Take(Scores.Create(NumberType.Scores(Unlabelled(path, scoreColumn, cancel).Scores)), path);
            }
        );

    /// <summary>The same for those who prefer exceptions.</summary>
    /// <param name="path">A .csv, .tsv (also with .gz), .parquet, .npy or .npz file, or <c>FILE.npz:name</c>.</param>
    /// <param name="scoreColumn">The name of the column of scores in a table.</param>
    /// <param name="cancel">Looked at between rows.</param>
    /// <exception cref="InputException">The file holds no such scores; the message says what is wrong, and where.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public static Scores Read(string path, string scoreColumn = "score", CancellationToken cancel = default) =>
        Reading.OrThrow(TryRead(path, scoreColumn, cancel));

    /// <summary>
    /// Reads one score for each image: an array of shape (n) in the order of the images, or a CSV or TSV table with a column of files and one of
    /// scores, whose files are the images' names or paths that end in them (extension and a leading test folder do not matter).
    /// </summary>
    /// <param name="path">A .npy, .npz, .csv or .tsv (also with .gz) file, or <c>FILE.npz:name</c>.</param>
    /// <param name="imageNames">The images, as <see cref="MapDataset.Names"/> gives them.</param>
    /// <param name="scoreColumn">The name of the column of scores in a table.</param>
    /// <param name="fileColumn">The name of the column of files in a table.</param>
    /// <param name="cancel">Looked at between rows; the only way for an exception to leave.</param>
    /// <returns>As many scores as there are names, in the order of the names.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public static Fin<ImmutableArray<double>> TryReadImageScores(
        string path,
        ImmutableArray<string> imageNames,
        string scoreColumn = "score",
        string fileColumn = "file",
        CancellationToken cancel = default
    ) =>
        Reading.Try(
            path,
            () =>
            {
                cancel.ThrowIfCancellationRequested();
                return NpyReader.Reads(path) ? ImageScores.FromArray(path, imageNames)
                    : DelimitedFile.Reads(path) ? ImageScores.FromTable(path, imageNames, scoreColumn, fileColumn, cancel)
                    : throw TableFormat.Unknown(path, [.. LabelledArrays.Format.ScoreExtensions, .. DelimitedScores.Format.Extensions]);
            }
        );

    /// <summary>The same for those who prefer exceptions.</summary>
    /// <param name="path">A .npy, .npz, .csv or .tsv (also with .gz) file, or <c>FILE.npz:name</c>.</param>
    /// <param name="imageNames">The images, as <see cref="MapDataset.Names"/> gives them.</param>
    /// <param name="scoreColumn">The name of the column of scores in a table.</param>
    /// <param name="fileColumn">The name of the column of files in a table.</param>
    /// <param name="cancel">Looked at between rows.</param>
    /// <returns>As many scores as there are names, in the order of the names.</returns>
    /// <exception cref="InputException">The file does not hold one score for each image; the message says what is wrong, and where.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public static ImmutableArray<double> ReadImageScores(
        string path,
        ImmutableArray<string> imageNames,
        string scoreColumn = "score",
        string fileColumn = "file",
        CancellationToken cancel = default
    ) => Reading.OrThrow(TryReadImageScores(path, imageNames, scoreColumn, fileColumn, cancel));

    private static (Array Scores, NoteCounts Notes) Unlabelled(string path, string scoreColumn, CancellationToken cancel)
    {
        var read = TableFormat.Of(path, TableFormat.WithoutLabels).Scores(path, scoreColumn, cancel);
        return (read.Scores, read.Notes);
    }
}
