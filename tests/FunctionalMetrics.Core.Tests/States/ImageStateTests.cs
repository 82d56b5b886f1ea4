using System.Collections.Immutable;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Images stay apart: what each is called, and which pixels and regions it has, are those of a flood fill of each mask.</summary>
public class ImageStateTests
{
    private static readonly MonoidOf<ImageState> Images = new(ImageState.Empty, ImageState.Merge, (a, b) => a.Equals(b));

    [Fact]
    public void Each_image_has_its_facts_its_normal_scores_and_the_regions_of_a_flood_fill() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var found = Described(sample, new(seed)).SelectMany(batch => ImageState.Of(batch).Images.Zip(batch.ImageFacts)).ToList();
                Assert.Equal(sample.Images.Length, found.Count);
                foreach (var (image, facts) in found)
                {
                    var source = sample.Images[int.Parse(facts.Name.IfNone("")[..^4], System.Globalization.CultureInfo.InvariantCulture)];
                    var pixels = source.Scores.Zip(source.Mask, (score, label) => new Row(score + 0.0, label)).ToList();
                    Assert.Equal(facts.Name.IfNone(""), image.Name);
                    Assert.Equal(facts.IsAnomalous.IfNone(source.Mask.Contains(true)), image.IsAnomalous);
                    Assert.Equal(facts.Score.IfNone(pixels.Max(pixel => pixel.Score)), image.Score);
                    Assert.Equal(pixels.Where(pixel => !pixel.Label).Select(pixel => pixel.Score).Order(), Scores(image.Normal).Order());
                    Assert.Equal(Regions(source), image.Boxes.Zip(image.RegionChunks, (box, keys) => Text(box, Scores(keys))));
                    Assert.Equal(image.Boxes.Order(), image.Boxes);
                }
            }
        );

    [Fact]
    public void Quantized_images_are_those_of_the_same_scores_in_float32() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var random = new Random(seed);
                var shape = new MapShape(3, 160, 160);
                byte[] scores = [.. Enumerable.Range(0, (int)shape.Pixels).Select(i => (byte)(random.Next(40) + i / 9000))];
                bool[] masks = [.. scores.Select((_, i) => i < 51200 && i / 23 % 9 == 0)];
                bool[] ignore = [.. scores.Select((_, i) => i % 301 == 0)];
                foreach (var negate in (bool[])[false, true])
                {
                    var (few, many) = (
                        MapBatch.Create(scores, masks, ignore, shape).Valid(),
                        MapBatch.Create(Array.ConvertAll(scores, score => (float)score), masks, ignore, shape).Valid()
                    );
                    var (quantized, plain) = (ImageState.Of(negate ? few.Negated : few), ImageState.Of(negate ? many.Negated : many));
                    Assert.Equal(plain, quantized);
                    Assert.Equal(plain.GetHashCode(), quantized.GetHashCode());
                    Assert.Equal(ImageState.Codec.Encode(plain), ImageState.Codec.Encode(quantized));
                    Assert.All(quantized.Images, image => Assert.True(image.Normal.IsCounted));
                }
            },
            2
        );

    [Fact]
    public void Images_of_any_facts_travel_as_the_same_bytes_in_any_cut_and_order() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var parts = Described(sample, new(seed)).Select(ImageState.Of).ToList();
                var whole = parts.Aggregate(ImageState.Empty, ImageState.Merge);
                var tree = Trees.Merge(parts, Images, new(seed));
                var bytes = ImageState.Codec.Encode(whole);
                Assert.Equal(whole, tree);
                Assert.Equal(bytes, ImageState.Codec.Encode(tree));
                var read = ImageState.Codec.Decode(bytes).Valid();
                Assert.Equal(whole, read);
                Assert.Equal(whole.GetHashCode(), read.GetHashCode());
                Assert.Equal(bytes, ImageState.Codec.Encode(read));
                Assert.Equal(whole.Ordered, read.Images);
                Assert.Equal(whole.Ordered, tree.Ordered);
                Assert.Equal($"{whole}", $"{read}");
            }
        );

    [Fact]
    public void Forgetting_the_images_is_a_homomorphism_both_ways()
    {
        var pixels = StateLaws.Homomorphism<MapBatch, ImageState, RegionState>(
            "ImageState.Pixels",
            ImageState.ToPixels.State,
            ImageState.Of,
            RegionState.Of,
            Images,
            new(RegionState.Empty, RegionState.Merge, (a, b) => a.Equals(b))
        );
        var scores = StateLaws.Homomorphism<MapBatch, ImageState, RankState>(
            "ImageState.Scores",
            ImageState.ToScores.State,
            ImageState.Of,
            batch => RankState.Of(ImageState.ToScores.Batch(batch)),
            Images,
            new(RankState.Empty, RankState.Merge, (a, b) => a.Equals(b))
        );
        ForAll.ThreeSamples(
            (a, b, c) =>
            {
                foreach (var batch in Described(a, new(a.Images.Length)))
                    (pixels & scores).Assert((batch, Of(b), Of(c)));
            }
        );
    }

    [Fact]
    public void Pixel_and_image_metrics_of_an_image_state_are_those_of_the_maps() =>
        ForAll.Samples(
            (sample, _) =>
            {
                var state = Of(sample);
                var maps = Batching.Whole<MapBatch>(sample);
                Assert.Equal(Fingerprint.Of(Aupro.Metric.Run(maps)), Fingerprint.Of(ImageState.ToPixels.Lift(Aupro.Metric).Compute(state)));
                Assert.Equal(
                    Fingerprint.Of(Auroc.Metric.Run(maps.Select(batch => batch.Images))),
                    Fingerprint.Of(ImageState.ToScores.Lift(Auroc.Metric).Compute(state))
                );
            },
            60
        );

    [Fact]
    public void One_fact_or_one_pixel_makes_another_state()
    {
        ImageFacts[] facts = [new("a", false, 0.5), new("b", true, 0.7)];
        var (state, other) = (Two(facts), Two(facts[1], facts[0]));
        Assert.NotEqual(state, other);
        Assert.Equal(state, Two(facts));
        foreach (
            var changed in (ImageFacts[])
                [
                    facts[0] with
                    {
                        Name = "c",
                    },
                    facts[0] with
                    {
                        Name = default,
                    },
                    facts[0] with
                    {
                        IsAnomalous = true,
                    },
                    facts[0] with
                    {
                        Score = 0.25,
                    },
                ]
        )
        {
            Assert.NotEqual(state, Two(changed, facts[1]));
            Assert.Equal(2, ImageState.Merge(ImageState.Of(One(0, facts[0])), ImageState.Of(One(0, changed))).Count);
        }
        // The same scores, one pixel further to the right.
        Assert.NotEqual(ImageState.Of(One(0, facts[0])), ImageState.Of(One(1, facts[0])));
        Assert.Equal(ImageState.Of(One(0, facts[0])).Pixels, ImageState.Of(One(1, facts[0])).Pixels);

        static ImageState Two(params ImageFacts[] known) =>
            ImageState.Merge(ImageState.Of(One(0, known[0])), ImageState.Of(One(1, known[1])));

        static MapBatch One(int at, ImageFacts known) =>
            MapBatch
                .Create((float[])[0.5f, 0.5f, 0.5f, 0.5f], (bool[])[.. Enumerable.Range(0, 4).Select(i => i == at)], new(1, 1, 4))
                .Valid()
                .WithImages([known])
                .Valid();
    }

    [Fact]
    public void What_is_known_of_images_is_checked()
    {
        var maps = MapBatch.Create((float[])[0.5f, 0.25f], (bool[])[false, true], new(2, 1, 1)).Valid();
        Assert.Equal(new Fault.FactsDiffer(2, 1), maps.WithImages([new("a")]).FailToSeq().Head);
        Assert.Equal(
            "image scores[1] is NaN; scores must be finite",
            maps.WithImages([new("a"), new("b", Score: double.NaN)]).FailToSeq().Head.Message
        );
        var known = maps.WithImages([new("\ud800"), new("b", false, -0.0)]).Valid();
        Assert.Equal("\ufffd", known.ImageFacts[0].Name.IfNone(""));
        Assert.Equal<double?>([0.5, 0.0], known.ImageScores);
        Assert.Equal<bool>([false, false], known.ImageLabels);
        Assert.Equal<double?>([-0.5, 0.0], known.Negated.ImageScores);
        Assert.Equal(known.ImageFacts[0], known.Negated.ImageFacts[0]);
        Assert.Equal(2, RankState.Of(known.Images).Negatives);
        Assert.Equal<ImageFacts>([new(), new()], maps.ImageFacts);
    }

    [Fact]
    public void A_million_images_one_by_one_stay_flat()
    {
        var state = ImageState.Empty;
        var one = ImageState.Of(MapBatch.Create((float[])[0.5f], (bool[])[false], new(1, 1, 1)).Valid());
        for (var i = 0; i < 1_000_000; i++)
            state = ImageState.Merge(state, one);
        Assert.Equal((1_000_000, 1_000_000), (state.Count, state.Images.Count()));
        Assert.Equal(1_000_000, state.Pixels.Rank.Negatives);
    }

    private static ImageState Of(Sample sample) =>
        Batching.Whole<MapBatch>(sample).Select(ImageState.Of).Aggregate(ImageState.Empty, ImageState.Merge);

    /// <summary>Images in batches of one shape, each with the number that it has in the sample for a name, some with a label and a score.</summary>
    private static IEnumerable<MapBatch> Described(Sample sample, Choices choices) =>
        sample
            .Images.Select((image, i) => (Image: image, Number: i))
            .GroupBy(one => (one.Image.Height, one.Image.Width))
            .SelectMany(stack => choices.Cut(choices.Shuffle(stack)).Where(part => part.Count > 0))
            .Select(part =>
                Batching
                    .Images([.. part.Select(one => one.Image)])
                    .WithImages(
                        part.Select(one => new ImageFacts(
                                $"{one.Number}.png",
                                one.Number % 3 == 0 ? one.Number % 2 == 0 : default(LanguageExt.Option<bool>),
                                one.Number % 4 == 0 ? one.Number / 8.0 : default(LanguageExt.Option<double>)
                            ))
                            .ToImmutableArray()
                    )
                    .Valid()
            )
            .ToList();

    private static IEnumerable<string> Regions(Image image)
    {
        var labels = FloodFill.Label([.. image.Mask], image.Height, image.Width);
        return from pixel in Enumerable.Range(0, labels.Length)
            where labels[pixel] > 0
            group pixel by labels[pixel] into region
            let box = new RegionBox(
                region.Min(pixel => pixel / image.Width),
                region.Min(pixel => pixel % image.Width),
                region.Max(pixel => pixel / image.Width) + 1,
                region.Max(pixel => pixel % image.Width) + 1
            )
            orderby box
            select Text(box, region.Select(pixel => image.Scores[pixel] + 0.0));
    }

    private static string Text(RegionBox box, IEnumerable<double> scores) =>
        FormattableString.Invariant(
            $"{box}: {string.Join(" ", scores.Order().Select(score => FormattableString.Invariant($"{score:R}")))}"
        );

    private static IEnumerable<double> Scores(Numerics.Chunk chunk) =>
        new RankState(Numerics.KeyBag.Empty.Add(chunk), Numerics.KeyBag.Empty)
            .NegativeKeys.ToArray<ulong>()
            .SelectMany((key, i) => Enumerable.Repeat(Numerics.ScoreKey.Score(key), chunk.IsCounted ? (int)chunk.Plain.Counts[i] : 1));
}
