using System.IO.Compression;
using FunctionalMetrics.Core;
using Parquet;
using Parquet.Schema;

namespace FunctionalMetrics.IO.Tests;

/// <summary>Tables with further columns beside scores and labels, read once.</summary>
public sealed class LabelledTableTests : IDisposable
{
    private static readonly double[] Scores = [0.5, 0.25, 4, 1, 0.125, 2];
    private static readonly byte[] Labels = [0, 0, 1, 1, 0, 1];
    private static readonly int[] Machines = [10, 9, 10, 9, 7, 10];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The columns score, label and machine, repeated.</summary>
    private string File(string format, int times = 1)
    {
        var (scores, labels, machines) = (Repeated(Scores), Repeated(Labels), Repeated(Machines));
        return format switch
        {
            "parquet" => folder.Write("t.parquet", Parquet().GetAwaiter().GetResult()),
            "npz" => folder.Write(
                "t.npz",
                Make.Npz(
                    CompressionLevel.NoCompression,
                    ("score.npy", Make.Npy("<f8", $"({scores.Length},)", scores)),
                    ("label.npy", Make.Npy("|u1", $"({scores.Length}, 1)", labels)),
                    ("machine.npy", Make.Npy("<i4", $"({scores.Length},)", machines))
                )
            ),
            _ => folder.Write(
                $"t.{format}",
                string.Concat(
                        Enumerable
                            .Range(0, scores.Length)
                            .Select(row => FormattableString.Invariant($"{machines[row]},{scores[row]:R},{labels[row]}\n"))
                            .Prepend("machine,score,label\n")
                    )
                    .Replace(',', format == "tsv" ? '\t' : ',')
            ),
        };

        T[] Repeated<T>(T[] values) => [.. Enumerable.Repeat(values, times).SelectMany(all => all)];

        async Task<byte[]> Parquet()
        {
            var (score, label, machine) = (new DataField<double>("score"), new DataField<int>("label"), new DataField<int>("machine"));
            var stream = new MemoryStream();
            await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(score, label, machine), stream))
                foreach (var rows in Enumerable.Range(0, scores.Length).Chunk(Math.Max(4, scores.Length / 3)))
                {
                    using var group = writer.CreateRowGroup();
                    await group.WriteAsync<double>(score, rows.Select(row => scores[row]).ToArray().AsMemory());
                    await group.WriteAsync<int>(label, rows.Select(row => (int)labels[row]).ToArray().AsMemory());
                    await group.WriteAsync<int>(machine, rows.Select(row => machines[row]).ToArray().AsMemory());
                }
            return stream.ToArray();
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("tsv")]
    [InlineData("parquet")]
    [InlineData("npz")]
    public void Columns_keep_the_order_of_the_rows_and_part_them(string format)
    {
        var table = ScoreFile.ReadTable(File(format), columns: ["machine", "label"]);
        Assert.Equal(Scores, table.Scores.ToArray());
        Assert.Equal(Labels.Select(label => label == 1), table.Labels);
        Assert.Equal(["10", "9", "10", "9", "7", "10"], table.Columns["machine"].ToArray());
        Assert.Equal(["0", "0", "1", "1", "0", "1"], table.Columns["label"].ToArray());
        Assert.Equal((6, 3), (table.Batch.Count, table.Batch.Positives));
        var parts = table.By("machine").ToList();
        Assert.Equal(["10", "7", "9"], parts.Select(part => part.Value));
        Assert.Equal(
            [
                [2, 4],
                [],
                [1],
            ],
            parts.Select(part => part.Batch.PositiveScores())
        );
        Assert.Equal(
            [
                [0.5],
                [0.125],
                [0.25],
            ],
            parts.Select(part => part.Batch.NegativeScores())
        );
        Assert.Equal(RankState.Of(table.Batch), parts.Select(part => RankState.Of(part.Batch)).Aggregate(RankState.Empty, RankState.Merge));
        Assert.Throws<KeyNotFoundException>(() => table.By("score").Count());
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    [InlineData("npz")]
    public void A_column_that_is_not_there_is_named_and_one_that_is_named_twice_is_read_once(string format)
    {
        var file = File(format);
        var sentence = ScoreFile.TryReadTable(file, columns: ["machine", "plant"]).Sentence();
        Assert.Contains("'plant'", sentence);
        Assert.Contains("machine", sentence);
        Assert.Equal(sentence, Assert.Throws<InputException>(() => ScoreFile.ReadTable(file, columns: ["machine", "plant"])).Message);
        Assert.Equal(["machine"], ScoreFile.ReadTable(file, columns: ["machine", "machine"]).Columns.Keys);
        Assert.Empty(ScoreFile.ReadTable(file).Columns);
    }

    [Fact]
    public void Columns_of_an_archive_have_as_many_values_as_scores()
    {
        var file = folder.Write(
            "t.npz",
            Make.Npz(
                CompressionLevel.Fastest,
                ("score.npy", Make.Npy("<f4", "(2,)", 1f, 2f)),
                ("label.npy", Make.Npy("|b1", "(2,)", false, true)),
                ("half.npy", Make.Npy("<f2", "(2,)", (Half)0.5, (Half)1)),
                ("machine.npy", Make.Npy("<i4", "(3,)", 1, 2, 3))
            )
        );
        Assert.EndsWith(
            "holds 2 scores in 'score' and 3 values in 'machine'",
            ScoreFile.TryReadTable(file, columns: ["machine"]).Sentence()
        );
        var table = ScoreFile.ReadTable(file, columns: ["label", "half"]);
        Assert.Equal(["false", "true"], table.Columns["label"].ToArray());
        Assert.Equal(["0.5", "1"], table.Columns["half"].ToArray());
    }

    /// <summary>More rows than one part holds.</summary>
    [Theory, Trait("Category", "Slow")]
    [InlineData("csv")]
    [InlineData("parquet")]
    [InlineData("npz")]
    public void Parts_tell_together_what_the_whole_tells(string format)
    {
        const int Times = 60_000;
        var file = File(format, Times);
        var whole = ScoreFile.ReadTable(file, labelColumn: "machine", positiveLabels: ["10"], normalLabels: ["*"], columns: ["label"]);
        Assert.Equal(Enumerable.Repeat(Scores, Times).SelectMany(scores => scores), whole.Scores);
        Assert.Equal(Enumerable.Repeat(Labels, Times).SelectMany(labels => labels).Select(label => $"{label}"), whole.Columns["label"]);
        Assert.Equal([("other_label_normal", 3L * Times)], whole.Notes.Told());
        var parts = ScoreFile
            .TryReadLabelledParts(file, labelColumn: "machine", positiveLabels: ["10"], normalLabels: ["*"])
            .Select(part => part.Good())
            .ToList();
        Assert.True(parts.Count > 1);
        Assert.Equal(whole.Notes, NoteCounts.Sum(parts.Select(part => part.Notes)));
        Assert.Contains("9 (120,000), 7 (60,000)", whole.Notes.Notes.Single().Text);
    }
}
