using LanguageExt;

namespace FunctionalMetrics.Core.Tests;

/// <summary>What a batch refuses: each kind of fault with its place, value and count, and all kinds at once.</summary>
public class FaultTests
{
    [Fact]
    public void A_score_that_is_not_finite_is_named_by_its_first_index_and_counted()
    {
        Only(
            new Fault.NotFinite("scores", 1, "scores[1]", double.NaN, 3),
            ScoreBatch.Create(
                (double[])[0, double.NaN, 1, double.PositiveInfinity, double.NegativeInfinity],
                (bool[])[true, false, true, true, true]
            )
        );
        Only(
            new Fault.NotFinite("scores", 0, "scores[0]", double.NegativeInfinity, 1),
            Scores.Create((float[])[float.NegativeInfinity, 1])
        );
        Only(
            new Fault.NotFinite("scores", 2, "scores[2]", double.PositiveInfinity, 1),
            Scores.Create((Half[])[Half.One, Half.MaxValue, Half.PositiveInfinity])
        );
    }

    [Theory]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void A_score_that_is_not_finite_is_found_wherever_it_stands(int length)
    {
        for (var at = 0; at < length; at++)
            foreach (var bad in (double[])[double.NaN, -double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            {
                var (scores, labels) = (new double[length], new bool[length]);
                (scores[at], labels[at], labels[length - 1 - at]) = (bad, at % 2 == 0, true);
                var expected = new Fault.NotFinite("scores", at, $"scores[{at}]", bad, 1);
                Only(expected, ScoreBatch.Create(scores, labels));
                Only(expected, Scores.Create(scores));
                Only(expected, ScoreBatch.Create(Array.ConvertAll(scores, score => (float)score), labels));
                Only(expected, Scores.Create(Array.ConvertAll(scores, score => (Half)score)));
            }
    }

    [Fact]
    public void A_pixel_is_named_by_image_row_and_column()
    {
        var maps = new float[2, 2, 3];
        (maps[1, 0, 2], maps[1, 1, 1]) = (float.NaN, float.NaN);
        var masks = new byte[2, 2, 3];
        (masks[0, 1, 1], masks[0, 1, 2]) = (1, 255);
        Assert.Equal(
            [new Fault.NotFinite("maps", 8, "maps[1, 0, 2]", double.NaN, 2), new Fault.NotALabel("masks", 5, "masks[0, 1, 2]", 255, 1)],
            Faults(MapBatch.Create(maps, masks))
        );
        Only(new Fault.NotFinite("maps", 8, "maps[1, 0, 2]", double.NaN, 2), Maps.Create(maps));
    }

    [Fact]
    public void A_label_other_than_0_and_1_is_named_by_its_first_index_and_counted() =>
        Only(new Fault.NotALabel("labels", 1, "labels[1]", 2, 2), ScoreBatch.Create((float[])[0, 0, 0], (byte[])[1, 2, 255]));

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    public void An_integer_other_than_0_and_1_is_no_label(int label) =>
        Only(new Fault.NotALabel("labels", 2, "labels[2]", label, 1), ScoreBatch.Create((float[])[0, 0, 0], (int[])[1, 0, label]));

    [Theory]
    [InlineData(new[] { 0, 1, 255, 1 }, 2, 255, 1)]
    [InlineData(new[] { 0, 255, 1, 1 }, 2, 1, 2)]
    [InlineData(new[] { 7, 255, 1, 0 }, 0, 7, 2)]
    [InlineData(new[] { 0, 0, 254, 0 }, 2, 254, 1)]
    public void A_mask_holds_one_convention(int[] mask, int index, int value, int count)
    {
        var (shape, expected) = (new MapShape(1, 1, 4), new Fault.NotALabel("masks", index, $"masks[0, 0, {index}]", value, count));
        Only(expected, MapBatch.Create(new float[4], Array.ConvertAll(mask, label => (byte)label), shape));
        Only(expected, MapBatch.Create(new float[4], mask, shape));
    }

    [Fact]
    public void Lengths_that_differ_are_told()
    {
        Only(new Fault.LengthsDiffer(2, 3), ScoreBatch.Create((float[])[0, 0], (byte[])[1, 0, 1]));
        Only(new Fault.LengthsDiffer(0, 1), ScoreBatch.Create((float[])[], (bool[])[true]));
    }

    [Fact]
    public void Every_kind_of_fault_in_one_batch_is_reported_together()
    {
        Assert.Equal(
            [
                new Fault.LengthsDiffer(3, 2),
                new Fault.NotFinite("scores", 2, "scores[2]", double.PositiveInfinity, 1),
                new Fault.NotALabel("labels", 0, "labels[0]", 7, 1),
            ],
            Faults(ScoreBatch.Create((double[])[0, 1, double.PositiveInfinity], (byte[])[7, 1]))
        );
        Assert.Equal(
            [
                new Fault.ShapesDiffer(new(1, 1, 2), new(1, 2, 2)),
                new Fault.NotOfShape("maps", new(1, 1, 2), 3),
                new Fault.NotOfShape("masks", new(1, 2, 2), 1),
                new Fault.NotFinite("maps", 1, "maps[0, 0, 1]", double.NaN, 1),
                new Fault.NotALabel("masks", 0, "masks[0, 0, 0]", 9, 1),
            ],
            Faults(MapBatch.Create(new MapValues((double[])[0, double.NaN, 0], new(1, 1, 2)), new MaskValues((byte[])[9], new(1, 2, 2))))
        );
    }

    [Theory]
    [InlineData(1, 0, 3)]
    [InlineData(2, 3, 0)]
    [InlineData(-1, 2, 2)]
    [InlineData(1, -2, -2)]
    public void Images_without_pixels_and_negative_shapes_are_told(int count, int height, int width)
    {
        var shape = new MapShape(count, height, width);
        Only(new Fault.EmptyImages("maps", shape), Maps.Create((float[])[], shape));
        Assert.Contains(new Fault.EmptyImages("masks", shape), Faults(MapBatch.Create((float[])[], (bool[])[], shape)));
    }

    [Fact]
    public void A_shape_too_large_to_count_is_told_and_not_overflowed() =>
        Only(
            new Fault.NotOfShape("maps", new(int.MaxValue, int.MaxValue, int.MaxValue), 1),
            Maps.Create((float[])[0], new(int.MaxValue, int.MaxValue, int.MaxValue))
        );

    [Fact]
    public void A_fault_reads_as_one_sentence_in_the_invariant_culture()
    {
        var (culture, german) = (Thread.CurrentThread.CurrentCulture, new System.Globalization.CultureInfo("de-DE"));
        Thread.CurrentThread.CurrentCulture = german;
        try
        {
            Assert.Equal(
                "scores[3] is NaN; scores must be finite (2 such values)",
                new Fault.NotFinite("scores", 3, "scores[3]", double.NaN, 2).Message
            );
            Assert.Equal(
                "labels[0] is 0.5; labels must be 0 (normal) or 1 (anomalous)",
                $"{new Fault.NotALabel("labels", 0, "labels[0]", 0.5, 1)}"
            );
            Assert.Equal(
                "masks[0, 0, 2] is 254; the masks of a batch hold either 0 and 1 or 0 and 255, so give booleans for others, such as value > 0",
                new Fault.NotALabel("masks", 2, "masks[0, 0, 2]", 254, 1).Message
            );
            Assert.Equal("there are 2 scores and 3 labels; every score needs one label", new Fault.LengthsDiffer(2, 3).Message);
            Assert.Equal("maps hold 3 values; the shape (1, 1, 2) asks for 2", new Fault.NotOfShape("maps", new(1, 1, 2), 3).Message);
            Assert.Equal(
                "maps have the shape (1, 1, 2) and masks (1, 2, 2); they must be the same",
                new Fault.ShapesDiffer(new(1, 1, 2), new(1, 2, 2)).Message
            );
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = culture;
        }
    }

    private static void Only<T>(Fault expected, Validation<Fault, T> made) => Assert.Equal([expected], Faults(made));

    private static IEnumerable<Fault> Faults<T>(Validation<Fault, T> made) => made.Match(_ => [], faults => faults.AsEnumerable());
}
