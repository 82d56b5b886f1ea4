using System.IO.Compression;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO.Tests;

/// <summary>A file of rows read in parts holds the same rows as read whole, and the same is wrong with it.</summary>
public sealed class RowPartsTests : IDisposable
{
    private const int Rows = 600_000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, Trait("Category", "Slow")]
    [InlineData("csv")]
    [InlineData("parquet")]
    [InlineData("npz")]
    public void Parts_are_the_whole(string format)
    {
        var path = File(format, Scores());
        var parts = ScoreFile.TryReadLabelledParts(path).Select(part => part.Good()).ToList();
        Assert.Equal([1 << 18, 1 << 18, Rows - (1 << 19)], parts.Select(part => part.Batch.Count));
        Assert.Equal(
            RankState.Of(ScoreFile.TryReadLabelled(path).Good()),
            parts.Select(part => RankState.Of(part.Batch)).Aggregate(RankState.Empty, RankState.Merge)
        );
    }

    [Theory, Trait("Category", "Slow")]
    [InlineData("csv")]
    [InlineData("parquet")]
    [InlineData("npz")]
    public void What_is_wrong_in_a_later_part_is_said_in_the_same_words(string format)
    {
        var scores = Scores();
        var good = File(format, scores);
        Assert.Equal(
            ScoreFile.TryReadLabelled(good, labelColumn: "other").Sentence(),
            Assert.Single(ScoreFile.TryReadLabelledParts(good, labelColumn: "other")).Sentence()
        );
        scores[500_000] = double.NaN;
        var path = File(format, scores);
        var parts = ScoreFile.TryReadLabelledParts(path).ToList();
        Assert.Equal(2, parts.Count);
        Assert.Equal(ScoreFile.TryReadLabelled(path).Sentence(), parts[^1].Sentence());
    }

    [Fact]
    public void Arrays_of_different_lengths_are_refused_before_a_row_is_read()
    {
        var path = folder.Write(
            "a.npz",
            Make.Npz(
                CompressionLevel.NoCompression,
                ("score.npy", Make.Npy("<f8", "(2,)", 0.1, 0.2)),
                ("label.npy", Make.Npy<byte>("|u1", "(3,)", 0, 1, 1))
            )
        );
        Assert.Equal(ScoreFile.TryReadLabelled(path).Sentence(), Assert.Single(ScoreFile.TryReadLabelledParts(path)).Sentence());
    }

    private static double[] Scores() => [.. Enumerable.Range(0, Rows).Select(row => row % 9973 / 7.0)];

    private string File(string format, double[] scores)
    {
        byte[] labels = [.. scores.Select((_, row) => (byte)(row % 5 == 0 ? 1 : 0))];
        return format switch
        {
            "csv" => folder.Write(
                "a.csv",
                "score,label\n" + string.Concat(scores.Zip(labels, (score, label) => FormattableString.Invariant($"{score:R},{label}\n")))
            ),
            "parquet" => folder.Write("a.parquet", Make.Parquet(scores, [.. labels.Select(label => $"{label}")])),
            _ => folder.Write(
                "a.npz",
                Make.Npz(
                    CompressionLevel.NoCompression,
                    ("score.npy", Make.Npy("<f8", $"({Rows},)", scores)),
                    ("label.npy", Make.Npy("|u1", $"({Rows},)", labels))
                )
            ),
        };
    }
}
