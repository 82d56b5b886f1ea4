using System.Collections.Immutable;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Pixels that are ignored are in no state, no region and no image score, as if they had never been there; only the maps are whole.</summary>
public class IgnoredPixelsTests
{
    [Fact]
    public void Ignoring_nothing_changes_nothing() =>
        EachStack(
            (images, choices) =>
            {
                var narrow = choices.Once(2);
                var without = Batch(images, null, narrow);
                Same(without, Batch(images, images.Select(image => Of(image, _ => false)), narrow));
            }
        );

    [Fact]
    public void Ignoring_pixels_is_leaving_their_rows_out() =>
        EachStack(
            (images, choices) =>
            {
                var ignore = Some(images, choices);
                var batch = Batch(images, ignore, choices.Once(2));
                var kept = images.Zip(ignore, Kept).ToList();
                Assert.Equal(RankState.Of(Batching.Rows([.. kept.SelectMany(rows => rows)])), RankState.Of(batch.Pixels));
                Assert.Equal(
                    ExtremaState.Of(Batching.Rows([.. kept.SelectMany(rows => rows)]).Scores),
                    ExtremaState.Of(batch.Pixels.Scores)
                );
                Assert.Equal(kept.Select(rows => rows.Count == 0 ? (double?)null : rows.Max(row => row.Score) + 0.0), batch.ImageScores);
                Assert.Equal(kept.Select(rows => rows.Any(row => row.Label)), batch.ImageLabels);
                Assert.Equal(
                    RankState.Of(
                        Batching.Rows([
                            .. kept.Where(rows => rows.Count > 0)
                                .Select(rows => new Row(rows.Max(row => row.Score), rows.Any(row => row.Label))),
                        ])
                    ),
                    RankState.Of(batch.Images)
                );
            }
        );

    [Fact]
    public void Regions_are_those_of_a_flood_fill_of_what_is_anomalous_and_not_ignored() =>
        EachStack(
            (images, choices) =>
            {
                var ignore = Some(images, choices);
                var oracle = new RegionOracle([
                    .. images.Zip(ignore, (image, ignored) => image with { Mask = [.. image.Mask.Zip(ignored, (y, out_) => y && !out_)] }),
                ]);
                // Each region as an image of its own, and the normal pixels as another.
                var expected = images
                    .Zip(ignore, Kept)
                    .SelectMany(rows => rows)
                    .Where(row => !row.Label)
                    .Select(row => Line([row.Score], false))
                    .Concat(oracle.Regions.Select(region => Line(region, true)))
                    .Aggregate(RegionState.Empty, (state, line) => RegionState.Merge(state, RegionState.Of(Batching.Images([line]))));
                Assert.Equal(expected, RegionState.Of(Batch(images, ignore, choices.Once(2))));
            }
        );

    [Fact]
    public void States_of_parts_merge_to_that_of_the_whole() =>
        EachStack(
            (images, choices) =>
            {
                var ignore = Some(images, choices);
                var parts = choices
                    .Cut(choices.Shuffle(images.Zip(ignore)))
                    .Where(part => part.Count > 0)
                    .Select(part => Batch([.. part.Select(both => both.Item1)], part.Select(both => both.Item2), choices.Once(2)))
                    .ToList();
                var whole = Batch(images, ignore, false);
                Assert.Equal(RegionState.Of(whole), parts.Select(RegionState.Of).Aggregate(RegionState.Empty, RegionState.Merge));
                Assert.Equal(
                    RankState.Of(whole.Images),
                    parts.Select(part => RankState.Of(part.Images)).Aggregate(RankState.Empty, RankState.Merge)
                );
            }
        );

    [Fact]
    public void Negating_keeps_what_is_ignored_and_maps_are_whole() =>
        EachStack(
            (images, choices) =>
            {
                var ignore = Some(images, choices);
                var batch = Batch(images, ignore, choices.Once(2));
                Same(Batch([.. images.Select(image => image.Map((score, _) => -score))], ignore, false), batch.Negated);
                Assert.Equal(LogMomentState.Of(Batch(images, null, false).Maps), LogMomentState.Of(batch.Maps));
            }
        );

    [Fact]
    public void Ignoring_all_pixels_leaves_nothing() =>
        EachStack(
            (images, choices) =>
            {
                var batch = Batch(images, images.Select(image => Of(image, _ => true)), choices.Once(2));
                Assert.Equal(RegionState.Empty, RegionState.Of(batch));
                Assert.Equal(RankState.Empty, RankState.Of(batch.Pixels));
                Assert.Equal(RankState.Empty, RankState.Of(batch.Images));
                Assert.All(batch.ImageScores, score => Assert.Null(score));
                Assert.All(batch.ImageScoresBy(ImageScore.Mean), score => Assert.Null(score));
                Assert.All(batch.ImageLabels, Assert.False);
                Assert.Equal(images.Count, batch.ImageScores.Length);
            }
        );

    [Fact]
    public void An_ignored_strip_cuts_a_defect_in_two()
    {
        var batch = MapBatch
            .Create(
                new float[1, 5],
                new byte[,]
                {
                    { 255, 255, 255, 255, 255 },
                },
                new byte[,]
                {
                    { 0, 0, 1, 0, 0 },
                }
            )
            .Valid();
        Assert.Equal(2, RegionState.Of(batch).Regions);
        Assert.Equal(4, batch.Pixels.Positives);
    }

    [Theory]
    [InlineData("byte")]
    [InlineData("ushort")]
    [InlineData("half")]
    public void Quantized_maps_are_the_same_numbers_in_float32(string format)
    {
        var shape = new MapShape(3, 251, 307);
        var random = new Random(5);
        var (count, image) = ((int)shape.Pixels, (int)shape.ImagePixels);
        byte[] scores = [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(256))];
        // Blobs of rows; of the second image all is ignored.
        bool[] mask = [.. Enumerable.Range(0, count).Select(i => i / 100 % 7 == 0)];
        bool[] ignore = [.. Enumerable.Range(0, count).Select(i => i / image == 1 || i / 130 % 5 == 0)];
        var plain = Create((float[])[.. scores.Select(score => (float)score)]);
        var quantized = format switch
        {
            "byte" => Create(scores),
            "ushort" => Create((ushort[])[.. scores.Select(score => (ushort)score)]),
            _ => Create((Half[])[.. scores.Select(score => (Half)score)]),
        };
        Assert.NotNull(quantized.Quantized);
        Same(plain, quantized);
        Same(plain.Negated, quantized.Negated);
        Assert.Equal(plain.ImageScoresBy(ImageScore.Mean).ToArray(), quantized.ImageScoresBy(ImageScore.Mean).ToArray());
        Assert.Null(quantized.ImageScores[1]);

        MapBatch Create(ScoreValues maps) => MapBatch.Create(maps, mask, ignore, shape).Valid();
    }

    [Fact]
    public void What_is_wrong_with_ignore_masks_is_told_beside_what_is_wrong_with_masks()
    {
        var (maps, masks, ignore) = (new float[1, 2, 2], new byte[1, 2, 2], new byte[1, 2, 2]);
        (maps[0, 0, 1], masks[0, 1, 0], ignore[0, 0, 1], ignore[0, 1, 1]) = (float.NaN, 3, 255, 1);
        Assert.Equal(
            [
                new Fault.NotFinite("maps", 1, "maps[0, 0, 1]", double.NaN, 1),
                new Fault.NotALabel("masks", 2, "masks[0, 1, 0]", 3, 1),
                new Fault.NotALabel("ignore masks", 3, "ignore masks[0, 1, 1]", 1, 1),
            ],
            Faults(MapBatch.Create(maps, masks, ignore))
        );
        var shape = new MapShape(1, 2, 2);
        Assert.Equal(
            [new Fault.ShapesDiffer(shape, new(1, 2, 3), "ignore masks"), new Fault.NotOfShape("ignore masks", new(1, 2, 3), 2)],
            Faults(
                MapBatch.Create(
                    new MapValues(new float[4], shape),
                    new MaskValues(new bool[4], shape),
                    new MaskValues(new bool[2], new(1, 2, 3))
                )
            )
        );
        Assert.Equal(
            "maps have the shape (1, 2, 2) and ignore masks (0, 0, 0); they must be the same",
            Assert.Single(Faults(MapBatch.Create(new float[1, 2, 2], new bool[1, 2, 2], default(MaskValues)))).Message
        );
    }

    private static IEnumerable<Fault> Faults(LanguageExt.Validation<Fault, MapBatch> made) =>
        made.Match(_ => [], faults => faults.AsEnumerable());

    private static void EachStack(Action<IReadOnlyList<Image>, Choices> check) =>
        ForAll.Samples(
            (sample, seed) =>
            {
                foreach (var stack in sample.Images.GroupBy(image => (image.Height, image.Width)))
                    check([.. stack], new Choices(seed));
            }
        );

    private static void Same(MapBatch expected, MapBatch found)
    {
        Assert.Equal(RegionState.Of(expected), RegionState.Of(found));
        Assert.Equal(RankState.Of(expected.Pixels), RankState.Of(found.Pixels));
        Assert.Equal(RankState.Of(expected.Images), RankState.Of(found.Images));
        Assert.Equal(expected.ImageScores.ToArray(), found.ImageScores.ToArray());
        Assert.Equal(expected.ImageLabels.ToArray(), found.ImageLabels.ToArray());
        Assert.Equal(LogMomentState.Of(expected.Maps), LogMomentState.Of(found.Maps));
    }

    /// <summary>Noise, whole rows or whole images.</summary>
    private static List<ImmutableArray<bool>> Some(IReadOnlyList<Image> images, Choices choices)
    {
        var kind = choices.Below(3);
        return
        [
            .. images.Select(image =>
            {
                var all = choices.Once(4);
                var row = choices.Below(image.Height);
                return Of(
                    image,
                    i =>
                        all
                        || (
                            kind == 0 ? choices.Once(3)
                            : kind == 1 ? i / image.Width == row
                            : i % image.Width == 0
                        )
                );
            }),
        ];
    }

    private static ImmutableArray<bool> Of(Image image, Func<int, bool> ignored) =>
        [.. Enumerable.Range(0, image.Scores.Length).Select(ignored)];

    private static List<Row> Kept(Image image, ImmutableArray<bool> ignored) =>
        [.. Enumerable.Range(0, image.Scores.Length).Where(i => !ignored[i]).Select(i => new Row(image.Scores[i], image.Mask[i]))];

    private static Image Line(IReadOnlyList<double> scores, bool label) =>
        new(1, scores.Count, [.. scores], [.. scores.Select(_ => label)]);

    private static MapBatch Batch(IReadOnlyList<Image> images, IEnumerable<ImmutableArray<bool>>? ignore, bool narrow)
    {
        var shape = new MapShape(images.Count, images[0].Height, images[0].Width);
        double[] scores = [.. images.SelectMany(image => image.Scores)];
        bool[] mask = [.. images.SelectMany(image => image.Mask)];
        return narrow && scores.All(score => score == (float)score)
            ? Create(Array.ConvertAll(scores, score => (float)score))
            : Create(scores);

        MapBatch Create(ScoreValues maps) =>
            (
                ignore is null
                    ? MapBatch.Create(maps, mask, shape)
                    : MapBatch.Create(maps, mask, (bool[])[.. ignore.SelectMany(image => image)], shape)
            ).Valid();
    }
}
