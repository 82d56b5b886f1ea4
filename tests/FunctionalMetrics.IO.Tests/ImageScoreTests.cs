using System.Collections.Immutable;

namespace FunctionalMetrics.IO.Tests;

public sealed class ImageScoreTests : IDisposable
{
    private static readonly ImmutableArray<string> Names = ["blur/000", "good/000"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Csv(string rows) => folder.Write("s.csv", "file,score\n" + rows);

    [Fact]
    public void An_array_is_in_the_order_of_the_maps()
    {
        Assert.Equal(
            [0.1f, 2],
            ScoreFile.TryReadImageScores(folder.Write("a.npy", Make.Npy("<f4", "(2,)", 0.1f, 2f)), Names).Good().ToArray()
        );
        Assert.Equal(
            [0.1, 2],
            ScoreFile.TryReadImageScores(folder.Write("b.npy", Make.Npy("<f8", "(2,)", 0.1, 2)), Names).Good().ToArray()
        );
    }

    [Theory]
    [InlineData("good/000,1\nblur/000,2\n")]
    [InlineData("good/000.png,1\nblur/000.tiff,2\n")]
    [InlineData("test/good/000.png,1\ntest/blur/000.JPG,2\n")]
    [InlineData("C:\\data\\brick\\test\\good\\000.png,1\n./test/blur/000.png,2\n")]
    public void A_table_is_matched_by_name(string rows) =>
        Assert.Equal([2, 1], ScoreFile.TryReadImageScores(Csv(rows), Names).Good().ToArray());

    [Fact]
    public void Columns_are_taken_by_the_names_that_are_given()
    {
        var path = folder.Write("named.csv", "image_path,label,anomaly_score\ngood/000.png,0,1\nblur/000.png,1,2\n");
        Assert.Equal([2, 1], ScoreFile.TryReadImageScores(path, Names, "anomaly_score", "image_path").Good().ToArray());
        Assert.EndsWith(
            "has no column 'file'; its columns are 'label', 'image_path', 'anomaly_score' (--score-column or --score-columns of compare, --label-column and --file-column name those to read)",
            ScoreFile.TryReadImageScores(path, Names).Sentence()
        );
    }

    [Fact]
    public void With_exceptions_the_same_scores_come_and_the_same_sentence()
    {
        Assert.Equal([2, 1], ScoreFile.ReadImageScores(Csv("good/000,1\nblur/000,2\n"), Names).ToArray());
        var fewer = Csv("good/000,1\n");
        Assert.Equal(
            ScoreFile.TryReadImageScores(fewer, Names).Sentence(),
            Assert.Throws<InputException>(() => ScoreFile.ReadImageScores(fewer, Names)).Message
        );
    }

    [Theory]
    [InlineData("good/000,1\n", "has no row for the image blur/000")]
    [InlineData(
        "good/000,1\nblur/000,1\nx/000,3\n",
        "row 3, column 'file': 'x/000' is none of the images, which are called like blur/000 and good/000; leave the row out, or name its map too"
    )]
    [InlineData(
        "x/000,3\ngood/000,1\ny/000,3\nblur/000,1\nz/000,3\n",
        "row 1, column 'file': 'x/000' is none of the images, which are called like blur/000 and good/000; 3 rows are of other images, also row 3, 'y/000': leave them out, or name their maps too"
    )]
    [InlineData("good/000,1\ngood/000.png,1\n", "row 2 names the image good/000 a second time; row 1 has named it")]
    [InlineData("good/000,x\n", "row 1, column 'score': 'x' is not a number")]
    public void What_does_not_match_is_named(string rows, string problem) =>
        Assert.EndsWith(problem, ScoreFile.TryReadImageScores(Csv(rows), Names).Sentence());

    [Fact]
    public void Arrays_that_do_not_fit_are_named()
    {
        Assert.EndsWith(
            "holds 1 scores; there are 2 images",
            ScoreFile.TryReadImageScores(folder.Write("a.npy", Make.Npy("<f4", "(1,)", 1f)), Names).Sentence()
        );
        Assert.EndsWith(
            "scores[1] is NaN; scores must be finite",
            ScoreFile.TryReadImageScores(folder.Write("b.npy", Make.Npy("<f4", "(2,)", 1f, float.NaN)), Names).Sentence()
        );
        Assert.Contains(
            "(2, 2)",
            ScoreFile.TryReadImageScores(folder.Write("c.npy", Make.Npy("<f4", "(2, 2)", 1f, 2f, 3f, 4f)), Names).Sentence()
        );
        Assert.Equal(
            [1.0, 2.0],
            ScoreFile.TryReadImageScores(folder.Write("f.npy", Make.Npy("<f4", "(2, 1)", 1f, 2f)), Names).Good().ToArray()
        );
        Assert.Contains(".npy, .npz, .csv and .tsv", ScoreFile.TryReadImageScores(folder.Write("d.json", "{}"), Names).Sentence());
        Assert.Contains("no column 'file'", ScoreFile.TryReadImageScores(folder.Write("e.csv", "name,score\n"), Names).Sentence());
    }
}
