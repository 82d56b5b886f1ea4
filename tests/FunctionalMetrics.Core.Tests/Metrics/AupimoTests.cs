using System.Collections.Immutable;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>PIMO and AUPIMO against their definition, a dense sample of thresholds, and the numbers of anomalib's own tests.</summary>
public class AupimoTests
{
    private static readonly (double Lo, double Hi)[] Bounds = [(0.05, 0.3), (0.25, 1), (0.5, 0.6), (0.3, 0.9999), (1e-5, 1e-4)];

    [Theory]
    [InlineData(0.1, 1, 0.55, 1)]
    [InlineData(1e-3, 0.1, 0.03025, 0.3025)]
    [InlineData(1e-5, 1e-4, 5.5e-5, 5.5e-4)]
    public void Images_have_the_areas_of_anomalibs_test(double lo, double hi, double whole, double top)
    {
        var found = Aupimo.Between(lo, hi).Compute(Anomalib()).ThrowIfFail();
        Assert.Equal("whole top", string.Join(" ", found.Images.Select(image => image.Name.IfNone(""))));
        Same.Within(1e-12, [whole, top], [.. found.Images.Select(image => image.Area)]);
        Same.Within(1e-12, (whole + top) / 2, found.Mean);
    }

    [Fact]
    public void The_shared_rates_of_anomalibs_test_are_powers_of_ten()
    {
        var curve = Aupimo.Metric.Compute(Anomalib()).ThrowIfFail().Images[0];
        Same.Bits([7, 6, 5, 4, 3, 2, 1], curve.Points.Thresholds, "threshold");
        Same.Bits([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1], curve.Points.X, "x");
        Same.Bits(curve.Points.X, curve.Points.Y, "an image that is anomalous all over, with the map of the normal one");
    }

    [Trait("Category", "Slow")]
    [Fact]
    public void Areas_and_points_are_those_of_the_definition() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                Image[] images = [.. sample.Images.Take(4)];
                var (oracle, state) = (new PimoOracle(images), Tests(images, new(seed)));
                if (!oracle.HasBoth)
                    return;
                foreach (var (lo, hi) in Bounds)
                {
                    var found = Aupimo.Between(lo, hi).Compute(state);
                    var from = Fraction.Written(lo);
                    Assert.Equal(oracle.SmallestRate > from, found.IsFail);
                    if (found.IsFail)
                    {
                        Assert.Equal(
                            new SharedRateTooHigh("AUPIMO", lo, oracle.SmallestRate.Rounded(), (long)Math.Ceiling(1 / lo - 1e-9)),
                            found.Match<object>(_ => "defined", error => error)
                        );
                        continue;
                    }
                    foreach (var curve in found.ThrowIfFail().Images)
                    {
                        var image = images[int.Parse(curve.Name.IfNone(""), System.Globalization.CultureInfo.InvariantCulture)];
                        Same.Within(1e-12, oracle.Area(image, from, Fraction.Written(hi)), curve.Area, $"AUPIMO from {lo} to {hi}");
                        Same.Bits(oracle.Thresholds, curve.Points.Thresholds, "threshold");
                        Same.Within(1e-15, [.. oracle.Thresholds.Select(t => oracle.X(t).Rounded())], curve.Points.X, "x");
                        Same.Bits(oracle.Thresholds.Select(t => PimoOracle.Y(image, t).Rounded()), curve.Points.Y, "y");
                        Same.Within(1e-12, curve.Area, Under(curve.Outline, lo, hi), "the area under the outline");
                    }
                }
            }
        );

    [Trait("Category", "Slow")]
    [Fact]
    public void A_dense_sample_of_thresholds_as_anomalibs_comes_near()
    {
        const int Thresholds = 300_000;
        var (images, state) = Noise(30_000);
        var found = Aupimo.Between(1e-3, 1e-1).Compute(state).ThrowIfFail();
        double[][] normal = [.. images.Where(image => image.Square == 0).Select(image => image.Scores.Order().ToArray())];
        foreach (var curve in found.Images)
        {
            var image = images.Single(image => image.Name == curve.Name.IfNone(""));
            double[] own = [.. image.Scores.Where((_, i) => Anomalous(i, image.Square)).Order()];
            var (least, most) = (normal.Min(scores => scores[0]), normal.Max(scores => scores[^1]));
            var points = Enumerable
                .Range(0, Thresholds)
                .Select(i => (most - (most - least) * (double)i / (Thresholds - 1)))
                .Select(t => (X: normal.Average(scores => Share(scores, t)), Y: Share(own, t)))
                .Where(point => point.X is >= 1e-3 and <= 1e-1)
                .ToList();
            var area =
                points.Zip(points.Skip(1), (a, b) => (a.Y + b.Y) / 2 * Math.Log(b.X / a.X)).Sum() / Math.Log(points[^1].X / points[0].X);
            Same.Within(2e-3, area, curve.Area, curve.Name.IfNone(""));
            // Where no tie joins the classes, a mean over the image's anomalous pixels.
            var mean = own.Average(score =>
                Math.Clamp(Math.Log(1e-1 / Math.Max(1e-9, normal.Average(scores => Share(scores, score)))) / Math.Log(100), 0, 1)
            );
            Same.Within(1e-12, mean, curve.Area, curve.Name.IfNone(""));
        }

        static double Share(double[] ascending, double threshold)
        {
            var (low, high) = (0, ascending.Length);
            while (low < high)
                if (ascending[(low + high) / 2] < threshold)
                    low = (low + high) / 2 + 1;
                else
                    high = (low + high) / 2;
            return (ascending.Length - low) / (double)ascending.Length;
        }
    }

    [Fact]
    public void Quantized_float64_and_mixed_images_have_the_areas_of_float32_ones()
    {
        var shape = new MapShape(1, 300, 300);
        byte[][] maps = [.. Enumerable.Range(0, 4).Select(seed => Bytes(seed, 90_000))];
        var states = new Func<byte[], ScoreValues>[]
        {
            scores => scores,
            scores => Array.ConvertAll(scores, score => (Half)score),
            scores => Array.ConvertAll(scores, score => (float)score),
            scores => Array.ConvertAll(scores, score => (double)score),
            scores => scores[0] % 2 == 0 ? Array.ConvertAll(scores, score => (double)score) : scores,
        }.Select(form =>
            maps.Select(
                    (scores, i) =>
                        ImageState.Of(
                            MapBatch
                                .Create(form(scores), (LabelValues)scores.Select((_, pixel) => i < 2 && pixel / 300 < 40).ToArray(), shape)
                                .Valid()
                                .WithImages([new($"{i}")])
                                .Valid()
                        )
                )
                .Aggregate(ImageState.Merge)
        );
        var prints = states.Select(state => Fingerprint.Of(Aupimo.Between(1e-2, 1).Compute(state))).ToList();
        Assert.All(prints, print => Assert.Equal(prints[0], print));
        Assert.Contains(prints[0].Entries, entry => entry.Path.EndsWith("Area", StringComparison.Ordinal));

        static byte[] Bytes(int seed, int count)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, count).Select(_ => (byte)Math.Min(255, random.Next(1, 12) * random.Next(1, 12)))];
        }
    }

    [Fact]
    public void An_increasing_transform_and_every_image_twice_leave_each_area_to_the_bit() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var (metric, increasing) = (Aupimo.Between(0.25, 0.9), Increasing.On(sample, new(seed)));
                Image[] images = [.. sample.Images];
                Image[] moved = [.. sample.Map(increasing.Apply).Images];
                var (before, after) = (Areas(Tests(images, new(seed))), Areas(Tests(moved, new(seed))));
                Assert.Equal(before, after);
                var state = Tests(images, new(seed));
                var twice = metric.Compute(ImageState.Merge(state, state));
                Assert.Equal(metric.Compute(state).Map(found => found.Mean), twice.Map(found => found.Mean));
                Assert.Equal(metric.Compute(state).Map(found => 2 * found.Count), twice.Map(found => found.Count));

                string Areas(ImageState some) =>
                    metric
                        .Compute(some)
                        .Match(found => string.Join(" ", found.Images.Select(one => $"{one.Name} {one.Area:R}")), error => $"{error}");
            }
        );

    [Fact]
    public void The_summary_is_of_the_images_that_have_an_area_the_worst_first()
    {
        // A pixel that is found lies above all normal ones, one that is missed below.
        var state = new[] { (3, "c"), (1, "b"), (1, "a"), (2, "d") }
            .Select(image => One(image.Item2, 0, image.Item1, 4 - image.Item1))
            .Aggregate(One("good", 4, 0, 0), ImageState.Merge);
        var found = Aupimo.Between(0.25, 0.5).Compute(state).ThrowIfFail();
        Assert.Equal(
            "a 0.25 b 0.25 d 0.5 c 0.75",
            string.Join(" ", found.Images.Select(image => FormattableString.Invariant($"{image.Name.IfNone("")} {image.Area:R}")))
        );
        Assert.Equal((4, 0.4375), (found.Count, found.Mean));
        // numpy.std([.25, .25, .5, .75], ddof=1) and numpy.quantile.
        Same.Within(1e-15, 0.23935677693908453, found.StandardDeviation.IfNone(0));
        Same.Bits(
            [0.25, 0.25, 0.375, 0.5625, 0.75],
            new[] { 0, 0.25, 0.5, 0.75, 1 }.Select(share => found.Quantile(share).ThrowIfFail()),
            "quantile"
        );
        Assert.Equal(new OutOfRange("the share of a quantile", 1.5, "[0, 1]"), found.Quantile(1.5).Match<object>(x => x, error => error));

        static ImageState One(string name, int normal, int found, int missed) =>
            ImageState.Of(
                MapBatch
                    .Create(
                        (double[])
                            [
                                .. Enumerable.Range(0, normal).Select(i => i == 0 ? 1.0 : -1),
                                .. Enumerable.Repeat(2.0, found),
                                .. Enumerable.Repeat(-2.0, missed),
                            ],
                        (bool[])[.. Enumerable.Repeat(false, normal), .. Enumerable.Repeat(found > 0, found + missed)],
                        new(1, 1, normal + found + missed)
                    )
                    .Valid()
                    .WithImages([new(name)])
                    .Valid()
            );
    }

    [Fact]
    public void An_image_that_is_normal_by_its_label_alone_or_has_no_pixel_is_no_normal_image()
    {
        var maps = MapBatch
            .Create(
                (float[])[0.5f, 0.9f, 0.1f, 0.2f, 0.3f, 0.4f],
                (bool[])[false, true, false, false, false, false],
                (bool[])[false, false, false, false, true, true],
                new(3, 1, 2)
            )
            .Valid();
        var labelled = maps.WithImages([new("defect", IsAnomalous: false), new("good"), new("empty")]).Valid();
        var found = Aupimo.Between(0.5, 1).Compute(ImageState.Of(labelled)).ThrowIfFail();
        Same.Bits([1], found.Images.Select(image => image.Area), "area");
        Same.Bits([0.2f, 0.1f], found.Images[0].Points.Thresholds.TakeLast(2), "threshold");
        Same.Bits([0.5, 1], found.Images[0].Points.X.TakeLast(2), "x");
        Assert.Equal(
            new Undefined("AUPIMO", Missing.NormalImage, 4),
            Aupimo
                .Metric.Compute(ImageState.Of(maps.WithImages([new(), new("good", IsAnomalous: true), new()]).Valid()))
                .Match<object>(x => x, error => error)
        );
    }

    [Fact]
    public void Too_few_normal_pixels_name_the_smallest_rate_and_how_many_are_needed()
    {
        var state = Tests([new(1, 4, [0.1, 0.2, 0.3, 0.4], [false, false, false, false]), new(1, 1, [0.5], [true])], new(1));
        Assert.Equal(
            "AUPIMO is undefined: the smallest shared false positive rate above 0 is 0.25, and it asks for 1E-05, which needs 100000 normal pixels at least",
            $"{Aupimo.Metric.Compute(state).Match<object>(x => x, error => error)}"
        );
        // Two images of 3 and of 6 pixels: the highest score is a sixth of the mean, exactly.
        var even = Tests(
            [
                new(1, 3, [0.9, 0.2, 0.3], [false, false, false]),
                new(1, 6, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [false, false, false, false, false, false]),
                new(1, 1, [0.5], [true]),
            ],
            new(1)
        );
        Assert.True(Aupimo.Between(1 / 6.0, 1).Compute(even).IsFail, "1/6 is more than its 17 digits");
        Assert.True(Aupimo.Between(0.16666666666666669, 1).Compute(even).IsSucc);
        foreach (
            var (lo, hi) in (IEnumerable<(double, double)>)[(0, 1), (0.5, 0.5), (0.5, 1.1), (double.NaN, 1), (0.5, double.NaN), (-1, 1)]
        )
            Assert.IsType<OutOfRange>(Aupimo.Between(lo, hi).Compute(state).Match<object>(x => x, error => error));
    }

    /// <summary>The mean of the polyline through some points over ln x.</summary>
    private static double Under(CurvePoints points, double lo, double hi)
    {
        var area = 0.0;
        for (var i = 1; i < points.Count; i++)
        {
            var (x1, x2, y1, y2) = (points.X[i - 1], points.X[i], points.Y[i - 1], points.Y[i]);
            var (a, b) = (Math.Max(x1, lo), Math.Min(x2, hi));
            if (x1 > 0 && a < b)
                area += (At(a) + At(b)) / 2 * Math.Log(b / a);

            double At(double x) => y1 + (y2 - y1) * Math.Log(x / x1) / Math.Log(x2 / x1);
        }
        return area / Math.Log(hi / lo);
    }

    /// <summary>The images in batches, each with its number for a name.</summary>
    private static ImageState Tests(IReadOnlyList<Image> images, Choices choices) =>
        Trees.Merge(
            [.. images.Select((image, i) => ImageState.Of(Batching.Images([image]).WithImages([new($"{i}")]).Valid()))],
            new MonoidOf<ImageState>(ImageState.Empty, ImageState.Merge, (a, b) => a.Equals(b)),
            choices
        );

    private static bool Anomalous(int pixel, int square) => pixel / 300 < square && pixel % 300 < square;

    private static (ImmutableArray<(string Name, double[] Scores, int Square)> Images, ImageState State) Noise(int pixels)
    {
        var random = new Random(7);
        ImmutableArray<(string Name, double[] Scores, int Square)> images =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(i =>
                {
                    var square = i < 3 ? 10 * (i + 1) : 0;
                    return (
                        $"{i}",
                        (double[])
                            [
                                .. Enumerable
                                    .Range(0, pixels + 300 * i)
                                    .Select(pixel => random.NextDouble() * random.NextDouble() + (Anomalous(pixel, square) ? 0.4 : 0)),
                            ],
                        square
                    );
                }),
        ];
        return (
            images,
            images
                .Select(image =>
                    ImageState.Of(
                        MapBatch
                            .Create(
                                image.Scores,
                                (bool[])[.. image.Scores.Select((_, pixel) => Anomalous(pixel, image.Square))],
                                new(1, image.Scores.Length / 300, 300)
                            )
                            .Valid()
                            .WithImages([new(image.Name)])
                            .Valid()
                    )
                )
                .Aggregate(ImageState.Merge)
        );
    }

    /// <summary>A normal image of 10^6 pixels, one that is anomalous all over with the same map, and one of whose map the 10^5 largest are.</summary>
    private static ImageState Anomalib()
    {
        float[] map =
        [
            .. new[] { (7, 1), (6, 9), (5, 90), (4, 900), (3, 9000), (2, 90_000), (1, 900_000) }.SelectMany(level =>
                Enumerable.Repeat((float)level.Item1, level.Item2)
            ),
        ];
        return new[] { ("good", 0), ("whole", 1_000_000), ("top", 100_000) }
            .Select(image =>
            {
                var mask = new bool[map.Length];
                mask.AsSpan(0, image.Item2).Fill(true);
                return ImageState.Of(MapBatch.Create(map, mask, new(1, 1000, 1000)).Valid().WithImages([new(image.Item1)]).Valid());
            })
            .Aggregate(ImageState.Merge);
    }
}
