using FunctionalMetrics.Laws;
using LanguageExt;

namespace FunctionalMetrics.Core.Tests;

/// <summary>AU-sPRO against exact fractions and against AUPRO, and what is refused of defects.</summary>
public class AuSproTests
{
    private static readonly double[] Limits = [0.01, 0.05, 0.1, 0.3, 1];

    [Fact]
    public void AU_sPRO_is_within_an_ulp_of_the_exact_area_at_every_limit() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                Image[] images = [.. sample.Images.Take(3).Select(image => image.Map((score, _) => score + 0.0))];
                var state = State<DefectBatch, SaturatedRegionState>(SaturatedRegionState.State, new(sample.Rows, [.. images]), seed);
                if (Oracle(images) is not { } curve)
                    return;
                foreach (var limit in Limits)
                    Same.WithinUlp(
                        (curve.AreaUpTo(Fraction.Exactly(limit)) / Fraction.Exactly(limit)).Rounded(),
                        AuSpro.UpTo(limit).Compute(state).ThrowIfFail().Area,
                        $"AU-sPRO to {limit}"
                    );
            },
            100
        );

    [Fact]
    public void Regions_that_saturate_when_they_are_found_in_whole_give_AUPRO_to_the_bit() =>
        ForAll.Samples(
            (sample, _) =>
            {
                foreach (var image in sample.Images)
                {
                    var (maps, regions) = (Batching.Images([image]), Regions(image));
                    var state = SaturatedRegionState.Of(DefectBatch.Create(new([.. image.Scores], maps.Shape), regions).Valid());
                    var pro = Aupro.UpTo(1).Run([maps]);
                    var spro = AuSpro.UpTo(1).Compute(state);
                    Assert.Equal(pro.IsFail, spro.IsFail);
                    if (pro.Case is not ProCurve curve || spro.Case is not ProCurve saturated)
                        continue;
                    Assert.Equal(Fingerprint.Of(curve), Fingerprint.Of(saturated));
                    foreach (var limit in Limits)
                        Same.Bits(curve.UpTo(limit).ThrowIfFail().Area, saturated.UpTo(limit).ThrowIfFail().Area, $"to {limit}");
                }
            },
            100
        );

    [Fact]
    public void Quantized_and_negated_maps_give_what_plain_ones_do()
    {
        byte[] bytes = [.. Enumerable.Range(0, 600).Select(i => (byte)(i * 37 % 11))];
        var shape = new MapShape(2, 15, 20);
        Defect[] defects = [Block(3, 120, 40, 0), Block(90, 200, 70, 0), Block(0, 50, 50, 1)];
        var tied = SaturatedRegionState.Of(DefectBatch.Create(new(bytes, shape), defects).Valid());
        var plain = SaturatedRegionState.Of(DefectBatch.Create(new(Array.ConvertAll(bytes, b => (double)b), shape), defects).Valid());
        Assert.Equal(plain, tied);
        Assert.Equal(SaturatedRegionState.Codec.Encode(plain), SaturatedRegionState.Codec.Encode(tied));
        Same.Bits(AuSpro.Metric.Compute(plain).ThrowIfFail().Area, AuSpro.Metric.Compute(tied).ThrowIfFail().Area);
        Assert.Equal(
            SaturatedRegionState.Of(DefectBatch.Create(new(Array.ConvertAll(bytes, b => (double)-b), shape), defects).Valid()),
            SaturatedRegionState.Of(DefectBatch.Create(new(bytes, shape), defects).Valid().Negated)
        );
        Assert.Equal((3, 197 + 50, 600 - 197 - 50), (plain.Defects, plain.DefectPixels, plain.NormalPixels));

        Defect Block(int from, int to, long saturation, int image) =>
            Defect
                .Create(
                    new([.. Enumerable.Range(0, 300).Select(i => i >= from && i < to)], shape with { Count = 1 }),
                    SaturationThreshold.Pixels(saturation),
                    image
                )
                .Valid();
    }

    [Fact]
    public void The_score_of_an_image_is_its_largest_pixel_within_defects_or_without()
    {
        var shape = new MapShape(3, 1, 4);
        double[] scores = [1, 5, 2, 0, 9, 1, 2, 3, 7, 4, 6, 8];
        Defect[] defects = [Of([false, true, false, false], 0), Of([true, true, true, true], 2)];
        Assert.Equal((double[])[5, 9, 8], DefectBatch.Create(new(scores, shape), defects).Valid().ImageScores.ToArray());

        Defect Of(bool[] mask, int image) => Defect.Create(new(mask, shape with { Count = 1 }), SaturationThreshold.All, image).Valid();
    }

    [Fact]
    public void States_that_count_the_same_scores_of_defects_of_other_sizes_differ()
    {
        var (two, one) = (State([9, 8, 1], [true, true, false]), State([9, 1], [true, false]));
        Assert.Equal((2, 1), (two.DefectPixels, one.DefectPixels));
        Assert.Equal((two.Defects, two.NormalPixels), (one.Defects, one.NormalPixels));
        Assert.NotEqual(two, one);

        static SaturatedRegionState State(double[] scores, bool[] mask)
        {
            var shape = new MapShape(1, 1, scores.Length);
            var defect = Defect.Create(new(mask, shape), SaturationThreshold.Pixels(1)).Valid();
            return SaturatedRegionState.Of(DefectBatch.Create(new(scores, shape), [defect]).Valid());
        }
    }

    [Theory]
    [InlineData(0.29, true, 100, 28)]
    [InlineData(1.0, true, 7, 7)]
    [InlineData(0.5, true, 3, 1)]
    [InlineData(5, false, 7, 5)]
    [InlineData(5, false, 3, 3)]
    public void A_saturation_area_is_the_smaller_number_or_the_truncated_product(
        double threshold,
        bool isRelative,
        int area,
        int expected
    ) => Assert.Equal(expected, Create(threshold, isRelative, area).Valid().SaturationArea);

    [Theory]
    [InlineData(0.5, true, 1, 0, "0.5 of the area")]
    [InlineData(1.5, true, 4, 6, "1.5 of the area")]
    [InlineData(double.NaN, true, 4, double.NaN, "NaN of the area")]
    [InlineData(0, false, 4, 0, "0 pixels")]
    [InlineData(-3, false, 4, -3, "-3 pixels")]
    public void A_threshold_that_gives_no_area_is_a_fault(double threshold, bool isRelative, int area, double found, string said)
    {
        var fault = Assert.IsType<Fault.NotASaturationArea>(Only(Create(threshold, isRelative, area)));
        Assert.Equal((area, found, said), (fault.DefectArea, fault.SaturationArea, fault.Threshold.ToString()));
        Assert.Contains(FormattableString.Invariant($"it must be from 1 to {area}"), fault.Message);
    }

    [Fact]
    public void What_does_not_go_together_is_a_fault()
    {
        var shape = new MapShape(1, 2, 2);
        var defect = Create(1, true, 4).Valid();
        Assert.Equal(
            "a defect covers no pixel; its mask must have one that is not 0",
            Only(Defect.Create(new bool[2, 2], SaturationThreshold.All)).Message
        );
        Assert.IsType<Fault.ShapesDiffer>(Only(Defect.Create(new([true, true], new(2, 1, 1)), SaturationThreshold.All)));
        Assert.IsType<Fault.NotALabel>(
            Only(
                Defect.Create(
                    new byte[,]
                    {
                        { 1, 7 },
                    },
                    SaturationThreshold.All
                )
            )
        );
        Assert.Equal(new Fault.NoSuchImage(1, 1), Only(DefectBatch.Create(new double[1, 4], [Create(1, true, 4, 1).Valid()])));
        Assert.Equal(
            new Fault.ShapesDiffer(shape, new(1, 1, 4), "the mask of a defect"),
            Only(DefectBatch.Create(new double[2, 2], [defect]))
        );
        Assert.IsType<Fault.NotFinite>(
            Only(
                DefectBatch.Create(
                    new[,]
                    {
                        { 0, 0, 0, double.NaN },
                    },
                    [defect]
                )
            )
        );
    }

    private static Validation<Fault, Defect> Create(double threshold, bool isRelative, int area, int image = 0) =>
        Defect.Create(
            new(Enumerable.Repeat(true, area).ToArray(), new(1, 1, area)),
            isRelative ? SaturationThreshold.Share(threshold) : SaturationThreshold.Pixels((long)threshold),
            image
        );

    private static Fault Only<T>(Validation<Fault, T> made) =>
        Assert.Single(made.Match(_ => throw new InvalidOperationException("no fault"), faults => faults));

    private static TState State<TBatch, TState>(State<TBatch, TState> kind, Sample sample, int seed)
        where TState : notnull => Batching.Cut<TBatch>(sample, new Choices(seed)).Aggregate(kind.Empty, kind.Update);

    /// <summary>Each region as a defect that all of its pixels saturate.</summary>
    private static IEnumerable<Defect> Regions(Image image)
    {
        var labels = FloodFill.Label([.. image.Mask], image.Height, image.Width);
        return labels
            .Where(label => label > 0)
            .Distinct()
            .Select(region =>
                Defect
                    .Create(
                        new(labels.Select(label => label == region).ToArray(), new(1, image.Height, image.Width)),
                        SaturationThreshold.All
                    )
                    .Valid()
            );
    }

    /// <summary>sPRO as METRICS.md defines it, of the defects that samples have, defect by defect and threshold by threshold; slow and plain.</summary>
    private static Polyline? Oracle(Image[] images)
    {
        var defects = images
            .SelectMany(image =>
                Batching
                    .DefectsOf(image)
                    .Select(part =>
                    {
                        double[] scores = [.. image.Scores.Where((_, i) => part.Mask[i])];
                        return (Scores: scores, Area: (int)part.Saturation.AreaOf(scores.Length));
                    })
            )
            .ToList();
        double[] normal = [.. images.SelectMany(image => image.Scores.Where((_, i) => !image.Mask[i]))];
        return defects.Count == 0 || normal.Length == 0
            ? null
            : new([(0, 0), .. images.SelectMany(image => image.Scores).Distinct().OrderDescending().Select(Point)]);

        (Fraction, Fraction) Point(double t) =>
            (
                new Fraction(normal.Count(s => s >= t), normal.Length),
                defects.Aggregate(
                    (Fraction)0,
                    (sum, defect) => sum + new Fraction(Math.Min(defect.Scores.Count(s => s >= t), defect.Area), defect.Area)
                ) / defects.Count
            );
    }
}
