using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using FunctionalMetrics.IO.Tests;
using FunctionalMetrics.Laws;
using LanguageExt;

namespace FunctionalMetrics.Campaigns;

/// <summary>The forms in which rows reach the library: arrays of each type of label, and files with labels of every kind.</summary>
internal static class LabelForms
{
    private static readonly (string Positive, string Normal)[] Numbers =
    [
        ("1", "0"),
        ("1.0", "0.0"),
        ("true", "false"),
        ("TRUE", "False"),
        ("1e0", "-0"),
    ];

    /// <summary>By their names, for those who are told that one differs.</summary>
    public static ImmutableArray<(string Name, Func<RowSet, Choices, ScoreBatch> Batch)> All { get; } =
    [
        ("bool[]", (rows, _) => InCode(rows, rows.Labels)),
        ("byte[]", (rows, _) => InCode(rows, Array.ConvertAll(rows.Labels, label => label ? (byte)1 : (byte)0))),
        ("int[]", (rows, _) => InCode(rows, Array.ConvertAll(rows.Labels, label => label ? 1 : 0))),
        ("CSV", (rows, choices) => Read(rows, ".csv", ',', Numbers[choices.Below(Numbers.Length)])),
        ("TSV", (rows, choices) => Read(rows, ".tsv", '\t', Numbers[choices.Below(Numbers.Length)])),
        ("CSV, packed", (rows, choices) => Read(rows, ".csv.gz", ',', Numbers[choices.Below(Numbers.Length)])),
        ("one text of anomalies", (rows, _) => Read(rows, ".csv", ',', ("NG", "ok"), ["NG"])),
        ("one text of normal rows", (rows, _) => Read(rows, ".csv", ',', ("NG", "ok"), null, ["ok"])),
        ("any other text", (rows, _) => Read(rows, ".csv", ',', ("a,b|c|d", "ok"), ["*"], ["ok"])),
        ("numbers that are named", (rows, _) => Read(rows, ".tsv", '\t', ("255|2", "-1"), ["255", "2"], ["-1.0"])),
        (".npz of booleans", (rows, _) => Npz(rows, Make.Npy("|b1", Shape(rows), rows.Labels))),
        (
            ".npz of float64",
            (rows, _) => Npz(rows, Make.Npy(">f8", Shape(rows), Array.ConvertAll(rows.Labels, label => label ? 0xF03FL : 0)))
        ),
        (
            ".npz of int16",
            (rows, _) => Npz(rows, Make.Npy("<i2", Shape(rows), Array.ConvertAll(rows.Labels, label => label ? (short)1 : (short)0)))
        ),
        (
            ".npz of text",
            (rows, _) =>
                Npz(
                    rows,
                    Make.Npy(
                        "|S2",
                        Shape(rows),
                        [.. rows.Labels.SelectMany(label => label ? (byte[])[(byte)'N', (byte)'G'] : [(byte)'o', 0])]
                    ),
                    ["NG"]
                )
        ),
        ("Parquet", (rows, _) => Parquet(rows)),
    ];

    private static ScoreBatch InCode(RowSet rows, LabelValues labels) =>
        (
            rows.IsNarrow
                ? ScoreBatch.Create(Array.ConvertAll(rows.Scores, score => (float)score), labels)
                : ScoreBatch.Create(rows.Scores, labels)
        ).Match(batch => batch, faults => throw new InvalidOperationException(faults.Head.Message));

    private static ScoreBatch Read(
        RowSet rows,
        string extension,
        char comma,
        (string Positive, string Normal) texts,
        string[]? positive = null,
        string[]? normal = null
    )
    {
        // A label that is named and stands nowhere is refused, as a slip of the pen.
        if (positive is not null || normal is not null)
            if (!rows.HasBoth)
                (texts, positive, normal) = (("1", "0"), null, null);
        var (anomalous, usual) = (texts.Positive.Split('|'), texts.Normal.Split('|'));
        var text = new StringBuilder().Append("label").Append(comma).Append("score\n");
        for (var i = 0; i < rows.Scores.Length; i++)
        {
            var label = rows.Labels[i] ? anomalous[i % anomalous.Length] : usual[i % usual.Length];
            text.Append(label.Contains(comma) ? $"\"{label}\"" : label).Append(comma);
            text.Append(rows.Scores[i].ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }
        return Read(extension, Encoding.UTF8.GetBytes(text.ToString()), positive, normal);
    }

    private static ScoreBatch Npz(RowSet rows, byte[] labels, string[]? positive = null)
    {
        var scores = rows.IsNarrow
            ? Make.Npy("<f4", Shape(rows), Array.ConvertAll(rows.Scores, score => (float)score))
            : Make.Npy("<f8", Shape(rows), rows.Scores);
        if (positive is not null && !rows.HasBoth)
            (labels, positive) = (Make.Npy("|b1", Shape(rows), rows.Labels), null);
        return Read(".npz", Make.Npz(CompressionLevel.Fastest, ("score.npy", scores), ("label.npy", labels)), positive, null);
    }

    private static ScoreBatch Parquet(RowSet rows) =>
        !rows.HasBoth
            ? Read(".parquet", Make.Parquet(rows.Scores, Array.ConvertAll(rows.Labels, label => label ? "1" : "0")), null, null)
            : Read(
                ".parquet",
                Make.Parquet(rows.Scores, Array.ConvertAll(rows.Labels, label => label ? "bad" : "good")),
                ["bad"],
                ["good"]
            );

    private static ScoreBatch Read(string extension, byte[] bytes, string[]? positive, string[]? normal)
    {
        var path = Path.Combine(FuzzCampaign.Folder, "rows" + extension);
        if (extension.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest);
            packed.Write(bytes);
        }
        else
            File.WriteAllBytes(path, bytes);
        return ScoreFile.ReadLabelled(path, positiveLabels: positive, normalLabels: normal);
    }

    private static string Shape(RowSet rows) => FormattableString.Invariant($"({rows.Scores.Length},)");
}
