using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Variances and covariances of areas are those of the formulas, taken pair by pair in doubles.</summary>
public class RocAreasTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 7)]
    [InlineData(9, 2)]
    [InlineData(25, 40)]
    public void Of_rows_they_are_DeLongs(int anomalous, int normal)
    {
        var random = new Random(anomalous * 100 + normal);
        bool[] labels = [.. Enumerable.Range(0, anomalous + normal).Select(i => i < anomalous)];
        double[][] models = [.. Enumerable.Range(0, 3).Select(_ => labels.Select(label => random.Next(12) + (label ? 3.0 : 0)).ToArray())];
        var areas = RocAreas.OfRows(PairedRows.Create(labels, models).Valid()).ThrowIfFail();
        Assert.Equal((3, false), (areas.Models, areas.AreImages));
        Assert.Equal((anomalous, normal, double.PositiveInfinity), (areas.AnomalousUnits, areas.NormalUnits, areas.DegreesOfFreedom));
        var v = models
            .Select(scores =>
                (
                    V10: Placed(scores[..anomalous], scores[anomalous..]),
                    V01: Placed(scores[anomalous..], scores[..anomalous]).Select(below => 1 - below).ToArray()
                )
            )
            .ToArray();
        for (var a = 0; a < 3; a++)
        {
            var alone = RocAreas.OfRows(RankState.Of(ScoreBatch.Create(models[a], labels).Valid())).ThrowIfFail();
            Assert.Equal((areas.Area(a), areas.Variance(a)), (alone.Area(), alone.Variance()));
            Assert.Equal(v[a].V10.Average(), areas.Area(a), 1e-13);
            Assert.Equal(1 - v[a].V10.Average(), areas.Lacking(a), 1e-13);
            for (var b = 0; b < 3; b++)
            {
                Assert.Equal(Of(v[a], v[b]), areas.Covariance(a, b), 1e-13);
                Assert.Equal(v[a].V10.Average() - v[b].V10.Average(), areas.Difference(a, b), 1e-13);
                var difference = Of(v[a], v[a]) + Of(v[b], v[b]) - 2 * Of(v[a], v[b]);
                Assert.Equal(difference, areas.VarianceOfDifference(a, b), 1e-13);
                Assert.Equal(Math.Sqrt(Math.Max(0, difference)), areas.StandardErrorOfDifference(a, b), 1e-7);
            }
            Assert.Equal(Math.Sqrt(Of(v[a], v[a])), areas.StandardError(a), 1e-12);
        }

        double Of((double[] V10, double[] V01) a, (double[] V10, double[] V01) b) =>
            Covariance(a.V10, b.V10) / anomalous + Covariance(a.V01, b.V01) / normal;
    }

    [Fact]
    public void Of_pixels_they_are_Obuchowskis_by_image()
    {
        var random = new Random(5);
        var shape = new MapShape(1, 3, 4);
        // Images that are wholly normal, partly and wholly anomalous.
        var images = Enumerable
            .Range(0, 9)
            .Select(image =>
            {
                bool[] mask = [.. Enumerable.Range(0, 12).Select(pixel => image % 3 == 1 && pixel < 5 || image == 8)];
                double[] scores = [.. mask.Select(label => random.Next(9) + (label ? 2.0 : 0))];
                return (Mask: mask, Scores: scores);
            })
            .ToList();
        var state = images
            .Select(
                (image, number) =>
                    ImageState.Of(
                        MapBatch
                            .Create(image.Scores, image.Mask, shape)
                            .Bind(batch => batch.WithImages([new ImageFacts($"{number}.png")]))
                            .Valid()
                    )
            )
            .Aggregate(ImageState.Empty, ImageState.Merge);
        var areas = RocAreas.OfPixels(state).ThrowIfFail();

        double[] all(bool anomalous) => [.. images.SelectMany(image => image.Scores.Where((_, i) => image.Mask[i] == anomalous))];
        var (x, y, m, n) = (new double[9], new double[9], new double[9], new double[9]);
        for (var k = 0; k < 9; k++)
        {
            double[] own(bool anomalous) => [.. images[k].Scores.Where((_, i) => images[k].Mask[i] == anomalous)];
            (m[k], n[k]) = (own(true).Length, own(false).Length);
            (x[k], y[k]) = (Placed(own(true), all(false)).Sum(), Placed(own(false), all(true)).Sum(below => 1 - below));
        }
        var (p, q) = (m.Sum(), n.Sum());
        var area = x.Sum() / p;
        for (var k = 0; k < 9; k++)
            (x[k], y[k]) = (x[k] - m[k] * area, y[k] - n[k] * area);
        var (i10, i01, i) = (4.0, 8.0, 9.0);
        Assert.Equal((4, 8, 3.0, true), (areas.AnomalousUnits, areas.NormalUnits, areas.DegreesOfFreedom, areas.AreImages));
        Assert.Equal(area, areas.Area(), 1e-13);
        Assert.Equal(
            i10 / (i10 - 1) * x.Sum(value => value * value) / (p * p)
                + i01 / (i01 - 1) * y.Sum(value => value * value) / (q * q)
                + i / (i - 1) * 2 * x.Zip(y, (a, b) => a * b).Sum() / (p * q),
            areas.Variance(),
            1e-13
        );
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Fewer_than_two_rows_of_a_class_have_no_variance(int anomalous, int normal)
    {
        bool[] labels = [.. Enumerable.Range(0, anomalous + normal).Select(i => i < anomalous)];
        var rows = RankState.Of(ScoreBatch.Create([.. labels.Select((_, i) => (double)i)], labels).Valid());
        var why = RocAreas.OfRows(rows).Match(_ => "", error => error.Message);
        Assert.Contains($"anomalous rows seen: {anomalous}, normal: {normal}", why, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_of_other_lengths_and_scores_that_are_no_numbers_are_named()
    {
        bool[] labels = [true, false];
        Assert.Contains("3", $"{PairedRows.Create(labels, [1, 2], [1, 2, 3])}", StringComparison.Ordinal);
        Assert.Contains("scores[1]", $"{PairedRows.Create(labels, [1, 2], [1, double.NaN])}", StringComparison.Ordinal);
    }

    [Fact]
    public void Images_that_are_not_the_same_are_named_with_what_differs()
    {
        var first = Image("a.png", 0, 1);
        Assert.True(PairedImages.Create(("A", first), ("B", Image("a.png", 0, 1))).IsSucc);
        Refused("a.png", "is an image of A and not of B", Image("b.png", 0, 1));
        Refused("a.png", "is anomalous for A and normal for B", Image("a.png"));
        Refused("a.png", "has 2 anomalous and 10 normal pixels for A and 3 anomalous and 9 normal pixels for B", Image("a.png", 0, 1, 2));
        Refused("a.png", "has its regions elsewhere for A than for B; the same masks are needed of both", Image("a.png", 6, 7));

        void Refused(string name, string why, ImageState other)
        {
            var said = PairedImages.Create(("A", first), ("B", other)).Match(_ => "", error => error.Message);
            Assert.Contains(name, said, StringComparison.Ordinal);
            Assert.Contains(why, said, StringComparison.Ordinal);
        }

        static ImageState Image(string name, params int[] anomalous) =>
            ImageState.Of(
                MapBatch
                    .Create(new double[12], (bool[])[.. Enumerable.Range(0, 12).Select(anomalous.Contains)], new MapShape(1, 3, 4))
                    .Bind(batch => batch.WithImages([new ImageFacts(name)]))
                    .Valid()
            );
    }

    /// <summary>The share of other scores that are below each score, ties counted half.</summary>
    private static double[] Placed(double[] scores, double[] others) =>
        Array.ConvertAll(
            scores,
            score =>
                others.Average(other =>
                    other < score ? 1.0
                    : other == score ? 0.5
                    : 0
                )
        );

    private static double Covariance(double[] a, double[] b) =>
        a.Zip(b, (x, y) => (x - a.Average()) * (y - b.Average())).Sum() / (a.Length - 1);
}
