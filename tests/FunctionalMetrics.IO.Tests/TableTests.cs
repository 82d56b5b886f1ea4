using System.Globalization;
using System.IO.Compression;
using System.Text;
using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.IO.Tests;

public sealed class TableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Fin<ScoreBatch> Csv(string text, string? positive = null) =>
        ScoreFile.TryReadLabelled(folder.Write("scores.csv", text), positiveLabels: positive is null ? null : [positive]);

    [Fact]
    public void Scores_and_labels_are_read_from_named_columns()
    {
        var path = folder.Write("t.csv", "id,y,s\r\n1,0,0.25\r\n2,1,-1e-3\r\n");
        var batch = ScoreFile.TryReadLabelled(path, "s", "y").Good();
        Assert.Equal([-1e-3], batch.PositiveScores());
        Assert.Equal([0.25], batch.NegativeScores());
        ScoreFile.TryRead(path, "s").Good().Sorted().Hold(false, -1e-3, 0.25);
    }

    [Fact]
    public void With_exceptions_the_same_scores_come_and_the_same_sentence()
    {
        var path = folder.Write("t.csv", "s,y\n0.25,ok\n0.5,bad\n");
        var batch = ScoreFile.ReadLabelled(path, "s", "y", ["bad"]);
        Assert.Equal([0.5], batch.PositiveScores());
        Assert.Equal([0.25], batch.NegativeScores());
        ScoreFile.Read(path, "s").Sorted().Hold(false, 0.25, 0.5);

        var damaged = Assert.Throws<InputException>(() => ScoreFile.ReadLabelled(path, "s", "y"));
        Assert.Equal(ScoreFile.TryReadLabelled(path, "s", "y").Sentence(), damaged.Message);
        Assert.Equal(path, damaged.Error.Path);
        var missing = Assert.Throws<InputException>(() => ScoreFile.Read(path + ".csv"));
        Assert.Equal($"{path}.csv: does not exist", missing.Message);
    }

    [Theory]
    [InlineData("score;label\n1,5;1\n-0,25;0\n2e-1;0\n")]
    [InlineData("score;label\n1.5;1\n-0.25;0\n2e-1;0\n")]
    [InlineData("\"a,b\";score;label\r\nx;1,5;1,0\r\ny;-0,25;0,0\r\nz;0,2;0\r\n")]
    public void A_header_of_semicolons_makes_a_file_of_semicolons_with_decimal_commas_or_points(string text)
    {
        var batch = Csv(text).Good();
        Assert.Equal([1.5], batch.PositiveScores());
        Assert.Equal([-0.25, 0.2], batch.NegativeScores().Order());
    }

    [Theory]
    [InlineData("sep=;\nscore;label\n1,5;1\n-0,25;0\n2e-1;0\n")]
    [InlineData("SEP=,\r\nscore,label\r\n1.5,1\r\n-0.25,0\r\n2e-1,0\r\n")]
    [InlineData("sep=|\nscore|label\n1,5|1\n-0,25|0\n2e-1|0\n")]
    public void A_first_line_says_what_separates_as_Excel_has_it(string text)
    {
        var batch = Csv(text).Good();
        Assert.Equal([1.5], batch.PositiveScores());
        Assert.Equal([-0.25, 0.2], batch.NegativeScores().Order());
    }

    [Fact]
    public void Numbers_between_tabs_may_have_decimal_commas()
    {
        var path = folder.Write("t.tsv", "score\tlabel\n1,5\t1\n-0,25\t0,0\n");
        Assert.Equal([1.5], ScoreFile.ReadLabelled(path).PositiveScores());
        folder.Write("t.tsv", "score\tlabel\n1,5\t1\n0.25\t0\n");
        Assert.Contains("'0.25' is written otherwise than '1,5' in row 1", ScoreFile.TryReadLabelled(path).Sentence());
    }

    [Fact]
    public void Tabs_in_a_file_of_commas_are_named() =>
        Assert.EndsWith(": has tabs between its columns; name it .tsv", Csv("score\tlabel\n1\t1\n").Sentence());

    [Theory]
    [InlineData("score;label\n1,5;1\n0.5;0\n", "row 2, column 'score': '0.5' is written otherwise than '1,5' in row 1")]
    [InlineData("score;label\n0.5;1\n1;0\n1,5;0\n", "row 3, column 'score': '1,5' is written otherwise than '0.5' in row 1")]
    [InlineData("score;label\n1.234,5;1\n", "row 1, column 'score': '1.234,5' is not a number")]
    [InlineData("score;label\n1,5,5;1\n", "row 1, column 'score': '1,5,5' is not a number")]
    [InlineData("score,label;x\n1,0\n", "has no column 'label'; its columns are 'label;x', 'score'")]
    public void Decimal_marks_that_contradict_each_other_are_named(string text, string problem) =>
        Assert.Contains(problem, Csv(text).Sentence());

    [Theory]
    [InlineData("s.csv.gz", "score,label\n0.5,1\n0.25,0\n")]
    [InlineData("s.TSV.GZ", "score\tlabel\n0.5\t1\n0.25\t0\n")]
    [InlineData("t.csv.gz", "score;label\n0,5;1\n0,25;0\n")]
    public void Tables_compressed_by_gzip_are_read_as_they_were(string name, string text)
    {
        var path = folder.Write(name, Gzip(text));
        var batch = ScoreFile.TryReadLabelled(path).Good();
        Assert.Equal([0.5], batch.PositiveScores());
        Assert.Equal([0.25], batch.NegativeScores());
        Assert.Equal(2, ScoreFile.TryRead(path).Good().Sorted().Values.Count());
    }

    [Fact]
    public void A_compressed_table_that_is_cut_or_damaged_is_refused()
    {
        var whole = Gzip("score,label\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i * 7919 % 5000 / 8.0},{i % 2}\n")));
        Assert.Equal(5000, ScoreFile.TryRead(folder.Write("w.csv.gz", whole)).Good().Sorted().Values.Count());
        foreach (var length in new[] { 5, whole.Length / 2, whole.Length - 9, whole.Length - 1 })
            Assert.Contains("is damaged or not a GZ file", ScoreFile.TryRead(folder.Write("cut.csv.gz", whole[..length])).Sentence());
        whole[^5] ^= 1;
        Assert.Contains("is damaged or not a GZ file", ScoreFile.TryRead(folder.Write("bits.csv.gz", whole)).Sentence());
        Assert.Contains("is damaged or not a GZ file", ScoreFile.TryRead(folder.Write("plain.csv.gz", "score\n1\n")).Sentence());
    }

    [Fact]
    public void All_members_of_a_compressed_table_are_read_and_what_is_no_member_is_refused()
    {
        var (first, second) = (Gzip("score,label\n0.1,0\n0.4,1\n"), Gzip("0.5,0\n"));
        Assert.Equal(3, Rows([.. first, .. second]).Good());
        Assert.Equal(3, Rows([.. first, .. Gzip(""), .. new byte[512], .. second, .. Gzip(""), .. new byte[7]]).Good());
        byte[] named = [0x1f, 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, .. "a.csv\0why\0"u8, 9, 9, .. second[10..]];
        Assert.Equal(3, Rows([.. first, .. named]).Good());
        Refused("bytes follow that are no member of it", [.. first, 0x1e, .. second[1..]]);
        Refused("bytes follow that are no member of it", [.. first, 0x1f, 0x8c, .. second[2..]]);
        Refused("bytes follow that are no member of it", [.. first, .. Gzip(""), .. "garbage"u8]);
        Refused("bytes follow that are no member of it", [.. first, 0, 1]);
        Refused("it ends within a member", [.. first, .. second[..4]]);
        Refused("it ends within a member", [.. first, 0x1f]);
        Refused("its CRC-32 or its length is not the one that it gives", [.. first, .. second[..^1], 1]);

        Fin<long> Rows(byte[] bytes) => ScoreFile.TryReadLabelled(folder.Write("m.csv.gz", bytes)).Map(batch => batch.Count);

        void Refused(string why, byte[] bytes) => Assert.Contains("is damaged or not a GZ file: " + why, Rows(bytes).Sentence());
    }

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("-100000000000000000000001")]
    [InlineData("1e-400")]
    [InlineData("-0.00E-999999")]
    public void A_number_that_no_double_holds_is_refused(string number)
    {
        var read = Csv($"score,label\n1,0\n{number},1\n");
        if (number.Contains("0.00"))
            Assert.Equal([0.0], read.Good().PositiveScores());
        else
            Assert.Contains($"row 2, column 'score': '{number}' is equalled by no float64", read.Sentence());
    }

    [Fact]
    public void Whole_numbers_that_doubles_hold_and_long_decimals_are_read()
    {
        var batch = Csv("score,label\n9007199254740992,1\n1e300,1\n0.1000000000000000055511151231257827,1\n5e-324,1\n0,0\n").Good();
        Assert.Equal([5e-324, 0.1, 9007199254740992, 1e300], batch.PositiveScores());
    }

    [Fact]
    public void Numbers_with_decimal_commas_are_counted_and_a_row_that_is_too_long_is_named()
    {
        var table = folder.Write("t.tsv", "score\tlabel\n1,200\t1\n900\t0\n8,5\t0\n");
        Assert.Equal(2, ScoreFile.TryReadTable(table).Good().Notes[NoteKind.DecimalComma]);
        Assert.Equal(2, ScoreFile.TryReadNormal(table).Good().Notes[NoteKind.DecimalComma]);
        Assert.Equal([2L], ScoreFile.TryReadLabelledParts(table).Select(part => part.Good().Notes[NoteKind.DecimalComma]));
        var field = $"\"{new string('a', 1 << 25)}\n";
        Assert.Contains("row 1 is longer than 16,777,216 characters", Csv($"score,label,x\n1,0,{field}").Sentence());
        Assert.Contains("row 3 is longer than 16,777,216 characters", Csv($"score,label,x\n1,0,\n2,1,\n1,0,{field}").Sentence());
    }

    private static byte[] Gzip(string text)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    [Theory]
    [InlineData("inf")]
    [InlineData("-INF")]
    [InlineData("+inf")]
    [InlineData("nan")]
    [InlineData("Infinity")]
    public void Infinities_and_nan_have_the_same_words(string text) =>
        Assert.EndsWith(
            $"row 2, column 'score': '{text}' is not a finite number; scores must be finite",
            Csv($"score,label\n1,0\n{text},1\n").Sentence()
        );

    [Fact]
    public void A_column_that_a_wide_table_has_not_is_answered_with_the_nearest_five()
    {
        var wide = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"v{i}").Append("Scores").Append("scor"));
        Assert.EndsWith(
            "has no column 'score'; the nearest of its 5002 columns are 'Scores', 'scor', 'v0', 'v1', 'v2' (--score-column or --score-columns of compare, --label-column and --file-column name those to read)",
            Csv($"{wide}\n").Sentence()
        );
    }

    [Fact]
    public void Numbers_do_not_follow_the_machine()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal([1.5], Csv("score,label\n1.5,1.0\n").Good().PositiveScores());
            Assert.Contains("'2,5' is not a number", Csv("score,label\n\"2,5\",1\n").Sentence());
            Assert.EndsWith(
                "0.5 is not 0 or 1; with other labels, --positive-label names the one that means anomalous, --normal-label the one that means normal",
                Csv("score,label\n1,0.5\n").Sentence()
            );
            Assert.Equal([0.5], ScoreFile.TryRead(folder.Write("a.npy", Make.Npy("<f4", "(1,)", 0.5f))).Good().Sorted().Values);
            Assert.Contains(
                "scores[0] is Infinity;",
                ScoreFile.TryRead(folder.Write("b.npy", Make.Npy("<f4", "(1,)", float.PositiveInfinity))).Sentence()
            );
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("score,label\n1,0\n2,1\nabc,1\n", "row 3, column 'score': 'abc' is not a number")]
    [InlineData("score,label\n1,0\nNaN,1\n", "row 2, column 'score': 'NaN' is not a finite number; scores must be finite")]
    [InlineData("score,label\n1e999,1\n", "row 1, column 'score': '1e999' is not a finite number; scores must be finite")]
    [InlineData("score,label\n-Infinity,1\n", "row 1, column 'score': '-Infinity' is not a finite number; scores must be finite")]
    [InlineData("score,label\n,1\n", "row 1, column 'score': is empty; a number is needed")]
    [InlineData("score,label\n1, \n", "row 1, column 'label': is empty; a label is needed")]
    [InlineData(
        "score,label\n1,2\n",
        "row 1, column 'label': 2 is not 0 or 1; with other labels, --positive-label names the one that means anomalous, --normal-label the one that means normal"
    )]
    [InlineData(
        "score,label\n1,bad\n",
        "row 1, column 'label': 'bad' is not 0 or 1, nor true or false; where labels are text, --positive-label names the one that means anomalous, --normal-label the one that means normal"
    )]
    [InlineData("score,label\n1\n", "row 1 has 1 fields; the header has 2")]
    [InlineData("score,label\n1,0\n0,5,1\n", "row 2 has 3 fields; the header has 2")]
    [InlineData("score,label\n1,0\n2\0,1\n", "row 2 holds a NUL character, which no text has; the file is damaged or no table of text")]
    [InlineData("score,label\n1,0\n2,1\0\n", "row 2 holds a NUL character, which no text has; the file is damaged or no table of text")]
    [InlineData("score,label\n1,0\n\n2,1\n", "row 2 is an empty line; only the end of the file may have such")]
    [InlineData(
        "Score,label\n1,0\n",
        "has no column 'score'; its columns are 'Score', 'label' (--score-column or --score-columns of compare, --label-column and --file-column name those to read)"
    )]
    [InlineData("score,score,label\n1,1,0\n", "has more than one column 'score'")]
    [InlineData("score,label,label\n1,1,0\n", "has more than one column 'label'")]
    public void What_is_wrong_is_named_with_its_row_and_column(string text, string problem) =>
        Assert.Equal($"{folder.File("scores.csv")}: {problem}", Csv(text).Sentence());

    [Theory]
    [InlineData("", "is an empty file, or a pipe or device")]
    [InlineData("score,label\n1,\"open\n", "closing quote")]
    [InlineData("score,label\n\"a\"b,1\n", "closing quote")]
    [InlineData("\n\n", "has no column 'score'")]
    public void Files_that_are_no_tables_are_refused(string text, string problem) => Assert.Contains(problem, Csv(text).Sentence());

    [Theory]
    [InlineData("score,label")]
    [InlineData("score,label\r\n")]
    [InlineData("score,label\n\n\n")]
    public void A_header_without_rows_is_an_empty_batch(string text)
    {
        Assert.Equal(0, Csv(text).Good().Count);
        Assert.Equal(0, Csv(text, "anomaly").Good().Count);
    }

    [Fact]
    public void A_line_that_begins_like_a_comment_is_a_row() =>
        Assert.Equal(2, ScoreFile.TryReadLabelled(folder.Write("a.csv", "id,score,label\n#1,1,0\n#2,2,1\n")).Good().Count);

    [Theory]
    [InlineData("0", "1")]
    [InlineData("0.0", "1.0")]
    [InlineData("false", "true")]
    [InlineData("FALSE", "True")]
    [InlineData(" 0 ", " 1 ")]
    public void Labels_are_numbers_or_truths(string normal, string anomalous)
    {
        var batch = Csv($"score,label\n1,{normal}\n2,{anomalous}\n3,{anomalous}\n").Good();
        Assert.Equal((1L, 2L), (batch.Negatives, batch.Positives));
    }

    [Fact]
    public void A_positive_label_makes_the_other_normal()
    {
        var batch = Csv("score,label\n1,good\n2,crack\n3,good\n", "crack").Good();
        Assert.Equal([2], batch.PositiveScores());
        Assert.Equal([1, 3], batch.NegativeScores());
    }

    [Fact]
    public void A_positive_label_that_no_row_has_is_an_error_that_lists_some() =>
        Assert.EndsWith(
            "column 'label' has no row with the positive label 'Crack' (--positive-label); of labels that nobody named it holds 'crack' (1 row), 'good' (1 row)",
            Csv("score,label\n1,good\n2,crack\n", "Crack").Sentence()
        );

    [Fact]
    public void Unknown_extensions_and_missing_files_are_named()
    {
        Assert.Contains(
            ".csv, .tsv (or with .gz), .parquet and .npz are",
            ScoreFile.TryReadLabelled(folder.Write("a.txt", "score\n")).Sentence()
        );
        Assert.Contains("does not exist", ScoreFile.TryReadLabelled(folder.File("b.csv")).Sentence());
        Assert.Contains("no labels", ScoreFile.TryReadLabelled(folder.Write("a.npy", Make.Npy("<f4", "(1,)", 1f))).Sentence());
        Assert.Contains("does not exist", ScoreFile.TryRead("").Sentence());
    }

    [SkippableFact]
    public void A_file_that_must_not_be_read_is_named()
    {
        var path = folder.Write("a.csv", "score,label\n");
        if (!OperatingSystem.IsWindows())
        {
            // Everybody may look into the folder; its group is root's own.
            const UnixFileMode look =
                UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | look);
            File.SetUnixFileMode(path, UnixFileMode.None);
        }
        Assert.Contains("permission denied", OrdinaryUser.Do(() => ScoreFile.TryReadLabelled(path).Sentence()));
    }

    [Fact]
    public void Cancelling_ends_reading_with_an_exception()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var path = folder.Write("a.csv", "score,label\n1,0\n");
        Assert.Throws<OperationCanceledException>(() => ScoreFile.TryReadLabelled(path, cancel: source.Token));
        Assert.Throws<OperationCanceledException>(() => ScoreFile.TryRead(path, cancel: source.Token));
        Assert.Throws<OperationCanceledException>(() => ScoreFile.TryReadImageScores(path, [], cancel: source.Token));
    }
}
