using System.IO.Compression;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.IO.Tests;

/// <summary>What a row is labelled: the same rule for every format, and no label that nobody named is taken for normal.</summary>
public sealed class LabelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("csv")]
    [InlineData("tsv")]
    [InlineData("parquet")]
    [InlineData("npz")]
    public void Named_numbers_are_obeyed_and_compared_as_numbers(string format)
    {
        double[] labels = [0, 1, 1, 0, 1];
        Assert.Equal(2, Read(format, labels, ["0"]).Good().Positives);
        Assert.Equal(2, Read(format, labels, ["0.0"], ["1"]).Good().Positives);
        Assert.Equal(3, Read(format, labels, null, ["-0"]).Good().Positives);
        Assert.Equal(3, Read(format, labels).Good().Positives);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    [InlineData("npz")]
    public void A_label_that_nobody_named_is_an_error_that_lists_it_with_its_count(string format)
    {
        double[] labels = [2, 3, 3, 5, 2, 2];
        Refused("'2' (3 rows), '3' (2 rows) besides the positive label '5'", Read(format, labels, ["5"]));
        Refused("'2' (3 rows), '5' (1 row) besides the normal label '3'", Read(format, labels, null, ["3"]));
        Refused("'2' (3 rows) besides the positive label '5' and the normal label '3'", Read(format, labels, ["5"], ["3"]));
        Assert.Equal(1, Read(format, labels, ["5"], ["2", "3"]).Good().Positives);
        Assert.Equal(1, Read(format, labels, ["5"], ["*"]).Good().Positives);
        Assert.Equal(5, Read(format, labels, ["*"], ["5"]).Good().Positives);
    }

    [Fact]
    public void A_single_other_label_is_of_the_other_class()
    {
        Assert.Equal(2, Texts(["ok", "crack", "crack"], ["crack"]).Good().Positives);
        Assert.Equal(2, Texts(["ok", "crack", "crack"], null, ["ok"]).Good().Positives);
        Assert.Equal(1, Texts(["true", "False", "FALSE"], ["True"]).Good().Positives);
    }

    [Fact]
    public void A_named_label_that_no_row_has_is_a_slip_of_the_pen()
    {
        Refused(
            "no row with the positive label 'Crack' (--positive-label); of labels that nobody named it holds 'crack' (2 rows), 'ok' (1 row)",
            Texts(["ok", "crack", "crack"], ["Crack"])
        );
        Refused(
            "'OK' (--normal-label); of labels that nobody named it holds 'ok' (1 row), 'crack' (2 rows)",
            Texts(["ok", "crack", "crack"], ["*"], ["OK"])
        );
        Refused("no row with the positive label 'scrach'", Texts(["ok", "crack", "scratch"], ["crack", "scrach"], ["*"]));
        Refused("no row with the positive label 'scrach'", Texts(["crack", "scratch"], ["crack", "scrach"]));
    }

    [Fact]
    public void Where_all_labels_are_named_a_file_may_lack_some()
    {
        Assert.Equal(1, Texts(["ok", "crack"], ["crack", "scratch"], ["ok"]).Good().Positives);
        Assert.Equal(0, Texts(["ok", "ok"], ["crack"], ["ok"]).Good().Positives);
        Assert.Equal(2, Texts(["crack", "crack"], ["crack"], ["*"]).Good().Positives);
    }

    [Fact]
    public void The_last_part_is_asked_too_however_many_rows_there_are()
    {
        string[] labels =
        [
            .. Enumerable
                .Range(0, 1 << 18)
                .Select(row =>
                    row % 3 == 0 ? "ok"
                    : row % 3 == 1 ? "crack"
                    : "dent"
                ),
        ];
        var path = folder.Write("many.parquet", Make.Parquet(new double[labels.Length], labels));
        Refused("besides the positive label 'crack'", ScoreFile.TryReadLabelled(path, positiveLabels: ["crack"]));
        Assert.Contains(ScoreFile.TryReadLabelledParts(path, positiveLabels: ["crack"]), part => part.IsFail);
    }

    [Fact]
    public void A_label_that_ends_in_NUL_is_none() =>
        Refused(
            "holds a NUL character; labels are text without one",
            ScoreFile.TryReadLabelled(folder.Write("nul.parquet", Make.Parquet([0.1, 0.2], ["0", "1\0"])))
        );

    [Fact]
    public void Truth_values_of_an_array_are_true_and_false()
    {
        var path = folder.Write(
            "b.npz",
            Make.Npz(
                CompressionLevel.NoCompression,
                ("score.npy", Make.Npy("<f8", "(3,)", 0.1, 0.2, 0.3)),
                ("label.npy", Make.Npy<byte>("|b1", "(3,)", 0, 1, 1))
            )
        );
        Assert.Equal([0.2, 0.3], ScoreFile.TryReadLabelled(path).Good().PositiveScores());
        Assert.Equal([0.1], ScoreFile.TryReadLabelled(path, positiveLabels: ["false"]).Good().PositiveScores());
    }

    [Fact]
    public void What_is_named_twice_or_missing_is_said()
    {
        Refused("'1' is named by both", Texts(["1", "0"], ["1.0"], ["1"]));
        Refused("'*' is named", Texts(["1", "0"], ["*"], ["*"]));
        Refused("'*' is every label that is not named; --positive-label names the others", Texts(["1", "0"], null, ["*"]));
        Refused("'*' is every label that is not named; --normal-label names the others", Texts(["1", "0"], ["*"]));
        Refused("row 2, column 'label': is empty; a label is needed", Texts(["a", " "], ["a"]));
        Refused("row 2, column 'label': NaN is no label", Texts(["a", "nan"], ["a"]));
        Refused("row 2, column 'label': NaN is no label", Texts(["1", "NaN"]));
        Refused("row 2, column 'label': NaN is no label", Read("npz", [1, double.NaN], ["1"]));
    }

    public static TheoryData<string, string> NoLabels
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var text in (string[])["None", "none", "NA", "<NA>", "N/A", "n/a", "null", "NULL", "NaN", "nan", " NA "])
            foreach (var format in (string[])["csv", "tsv", "parquet", "npz"])
                all.Add(text, format);
            return all;
        }
    }

    /// <summary>As pandas and Python write them.</summary>
    [Theory]
    [MemberData(nameof(NoLabels))]
    public void A_missing_label_is_no_class_unless_it_is_named(string missing, string format)
    {
        Refused("row 2, column 'label'", Read(["*"], ["ok"]));
        Refused("is no label; a label is needed", Read(["*"], ["ok"]));
        Refused("is no label; a label is needed", Read(["bad"], null));
        Refused("is no label; a label is needed", Read(null, null, "1", "0"));
        Assert.Equal(2, Read(["bad", missing], ["*"]).Good().Positives);
        Assert.Equal(1, Read(["*"], ["ok", missing]).Good().Positives);

        Fin<ScoreBatch> Read(string[]? positive, string[]? normal, string bad = "bad", string ok = "ok") =>
            ScoreFile.TryReadLabelled(Write([ok, missing, bad]), positiveLabels: positive, normalLabels: normal);

        string Write(string[] texts) =>
            format switch
            {
                "parquet" => folder.Write("a.parquet", Make.Parquet([1, 2, 3], texts)),
                "npz" => folder.Write(
                    "a.npz",
                    Make.Npz(
                        CompressionLevel.NoCompression,
                        ("score.npy", Make.Npy("<f8", "(3,)", 1.0, 2, 3)),
                        (
                            "label.npy",
                            Make.Npy(
                                "{'descr': '|S5', 'fortran_order': False, 'shape': (3,), }",
                                [.. texts.SelectMany(text => System.Text.Encoding.UTF8.GetBytes(text.PadRight(5, '\0')))]
                            )
                        )
                    )
                ),
                _ => folder.Write(
                    "a." + format,
                    string.Concat(
                        texts
                            .Select((text, row) => $"{row}\t{text}\n")
                            .Prepend("score\tlabel\n")
                            .Select(line => format == "tsv" ? line : line.Replace('\t', ','))
                    )
                ),
            };
    }

    [Fact]
    public void Names_that_go_against_each_other_are_no_fault_of_the_file() =>
        Assert.Equal("--positive-label and --normal-label: '1' is named by both", Texts(["1", "0"], ["1.0"], ["1"]).Sentence());

    [Fact]
    public void Long_labels_are_cut_with_their_length_and_the_nearest_stand_first()
    {
        var text = new string('x', 5000);
        var sentence = Texts([text, "y", "z"], ["y"]).Sentence();
        Assert.Contains($"'{new string('x', 80)}… (5000 characters)' (1 row), 'z' (1 row)", sentence);
        Assert.True(sentence.Length < 500, sentence);
        Assert.True(Texts([.. Enumerable.Range(0, 9).Select(i => $"{i}{text}")], ["y"]).Sentence().Length < 500);
        Refused("it holds 'class5' (", Texts([.. Enumerable.Range(0, 1000).Select(i => $"class{i % 70}")], ["clas5"]));
        var notes = ScoreFile.TryReadTable(folder.File("t.csv"), positiveLabels: ["class5"], normalLabels: ["*"]).Good().Notes;
        Assert.Equal(1000 - 15, notes[NoteKind.OtherNormal]);
        Texts([text, "y"], ["y"]);
        Assert.Contains(
            "x… (5000 characters) (1).",
            Assert.Single(ScoreFile.TryReadTable(folder.File("t.csv"), positiveLabels: ["y"]).Good().Notes.Notes).Text
        );
    }

    [Fact]
    public void A_column_of_no_labels_is_refused_without_listing_all() =>
        Refused("and 9995 more besides", Texts([.. Enumerable.Range(0, 20_000).Select(row => $"id{row}")], ["id1"]));

    [Theory]
    [InlineData("(4, 1)")]
    [InlineData("(1, 4)")]
    public void A_column_or_a_row_of_numbers_is_one_of_rows(string shape)
    {
        var path = folder.Write(
            "a.npz",
            Make.Npz(
                CompressionLevel.NoCompression,
                ("score.npy", Make.Npy("<f8", shape, 0.1, 0.2, 0.3, 0.4)),
                ("label.npy", Make.Npy<byte>("|u1", shape, 0, 1, 1, 0))
            )
        );
        Assert.Equal([0.2, 0.3], ScoreFile.TryReadLabelled(path).Good().PositiveScores());
    }

    private Fin<ScoreBatch> Texts(string[] labels, string[]? positive = null, string[]? normal = null) =>
        ScoreFile.TryReadLabelled(
            folder.Write("t.csv", "score,label\n" + string.Concat(labels.Select((label, row) => $"{row},{label}\n"))),
            positiveLabels: positive,
            normalLabels: normal
        );

    private Fin<ScoreBatch> Read(string format, double[] labels, string[]? positive = null, string[]? normal = null)
    {
        double[] scores = [.. labels.Select((_, row) => row / 8.0)];
        var separator = format == "tsv" ? '\t' : ',';
        var path = format switch
        {
            "parquet" => folder.Write("a.parquet", Make.Parquet(scores, [.. labels.Select(label => $"{label}")])),
            "npz" => folder.Write(
                "a.npz",
                Make.Npz(
                    CompressionLevel.NoCompression,
                    ("score.npy", Make.Npy("<f8", $"({labels.Length},)", scores)),
                    ("label.npy", Make.Npy("<f8", $"({labels.Length},)", labels))
                )
            ),
            _ => folder.Write(
                "a." + format,
                $"score{separator}label\n"
                    + string.Concat(scores.Zip(labels, (score, label) => FormattableString.Invariant($"{score}{separator}{label:0.0}\n")))
            ),
        };
        return ScoreFile.TryReadLabelled(path, positiveLabels: positive, normalLabels: normal);
    }

    private static void Refused(string reason, Fin<ScoreBatch> read) => Assert.Contains(reason, read.Sentence(), StringComparison.Ordinal);

    [Theory]
    [InlineData("<U5")]
    [InlineData(">U5")]
    [InlineData("|S5")]
    public void Texts_of_numpy_are_labels_as_those_of_a_table(string dtype)
    {
        string[] labels = ["good", "crack", "ok", "crack"];
        byte[] Bytes(string text) =>
            dtype[1] == 'S'
                ? System.Text.Encoding.UTF8.GetBytes(text.PadRight(5, '\0'))
                : (dtype[0] == '>' ? new System.Text.UTF32Encoding(true, false) : System.Text.Encoding.UTF32).GetBytes(
                    text.PadRight(5, '\0')
                );
        var path = folder.Write(
            "texts.npz",
            Make.Npz(
                System.IO.Compression.CompressionLevel.NoCompression,
                ("score.npy", Make.Npy("<f4", "(4,)", 0.1f, 0.9f, 0.2f, 0.8f)),
                ("label.npy", Make.Npy($"{{'descr': '{dtype}', 'fortran_order': False, 'shape': (4,), }}", [.. labels.SelectMany(Bytes)]))
            )
        );
        Assert.Equal(2, ScoreFile.TryReadLabelled(path, positiveLabels: ["crack"], normalLabels: ["*"]).Good().Positives);
        Assert.Contains("'good' (1 row), 'ok' (1 row)", ScoreFile.TryReadLabelled(path, positiveLabels: ["crack"]).Sentence());
        Assert.Equal(
            labels,
            ScoreFile.TryReadTable(path, positiveLabels: ["crack"], normalLabels: ["*"], columns: ["label"]).Good().Columns["label"]
        );
        Assert.Contains("holds S5;", ScoreFile.TryRead(path + ":label").Sentence().Replace("U5", "S5"));
        Assert.Contains("holds text", MapSource.TryOpen(path + ":label").Sentence());
    }
}
