using System.Numerics.Tensors;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

/// <summary>The forms that scores, labels, maps and masks have in code; what is not taken names the remedy.</summary>
public sealed class InputFormsTests
{
    private static readonly float[] Scores = [0.1f, 0.4f, 0.35f, 0.8f];
    private static readonly bool[] Labels = [false, false, true, true];
    private static readonly int[] Integers = [0, 0, 1, 1];
    private static readonly byte[] Bytes = [0, 0, 1, 1];

    private static readonly float[,] Map = new float[,]
    {
        { 0.1f, 0.4f, 9 },
        { 0.35f, 0.8f, 9 },
    };
    private static readonly byte[,] Mask = new byte[,]
    {
        { 0, 0, 255 },
        { 255, 255, 0 },
    };
    private static readonly bool[,] Ignore = new bool[,]
    {
        { false, false, true },
        { false, false, true },
    };

    [Fact]
    public void Lists_of_every_kind_are_the_rows_that_arrays_are()
    {
        var expected = new AurocMetric().Update(Scores, Labels);
        IReadOnlyList<float> list = Scores;
        IReadOnlyList<double> wide = [.. Scores];
        Assert.Equal(expected, new AurocMetric().Update(Scores, Integers));
        Assert.Equal(expected, new AurocMetric().Update(Scores.ToList(), Integers.ToList()));
        Assert.Equal(expected, new AurocMetric().Update(list, (IReadOnlyList<bool>)Labels));
        Assert.Equal(expected, new AurocMetric().Update(wide, (IList<int>)Integers));
        Assert.Equal(expected, new AurocMetric().Update(Scores, Bytes.Select(label => label)));
        Assert.Equal(expected, new AurocMetric().Update(wide.Select(score => score), Labels));
        var evaluator = new Evaluator([new AurocMetric()]);
        Assert.Equal(0.75, evaluator.UpdateImages(list, (IReadOnlyCollection<byte>)Bytes).Compute()["image_AUROC"]);
        Assert.Equal(new MinMaxMetric().Update(Scores), new MinMaxMetric().Update(Scores.ToList()));
    }

    [Fact]
    public void Elements_of_other_types_are_refused_with_what_to_do()
    {
        Assert.StartsWith(
            "scores of Int16 are not taken, those of Single, Double, Half, Byte and UInt16 are; convert them, as by scores.Select(score => (double)score)",
            Assert.Throws<ArgumentException>(() => new AurocMetric().Update((short[])[-1, 2], Labels[..2])).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "labels of SByte are not taken, those of Boolean, Byte and Int32 are; convert them, as by labels.Select(label => label > 0)",
            Assert.Throws<ArgumentException>(() => new AurocMetric().Update(Scores[..2], (sbyte[])[-1, 1])).Message,
            StringComparison.Ordinal
        );
        var error = Assert.Throws<InvalidBatchException>(() => new AurocMetric().Update(Scores[..2], (IReadOnlyList<int>)[0, 255]));
        Assert.Equal(new Fault.NotALabel("labels", 1, "labels[1]", 255, 1), Assert.Single(error.Faults));
    }

    [Fact]
    public void One_map_with_a_mask_of_255_and_an_ignore_mask_is_its_remaining_pixels()
    {
        var expected = new AuproMetric().Update(
            new float[,]
            {
                { 0.1f, 0.4f },
                { 0.35f, 0.8f },
            },
            new bool[,]
            {
                { false, false },
                { true, true },
            }
        );
        Assert.Equal(expected, new AuproMetric().Update(Map, Mask, Ignore));
        Assert.Equal(
            expected,
            new AuproMetric().Update(
                Tensor.Create([.. Map.Cast<float>()], [2, 3]),
                Tensor.Create([.. Mask.Cast<byte>()], [1, 2, 3]),
                Tensor.Create([.. Ignore.Cast<bool>()], [1, 1, 2, 3])
            )
        );
        Assert.Equal(
            "ignore masks have 1 dimensions; they must be of the shape (H, W), (N, H, W) or (N, 1, H, W)",
            Assert
                .Throws<InvalidBatchException>(() =>
                    new AuproMetric().Update(
                        Tensor.Create([.. Map.Cast<float>()], [2, 3]),
                        Tensor.Create([.. Mask.Cast<byte>()], [2, 3]),
                        Tensor.Create([.. Ignore.Cast<bool>()])
                    )
                )
                .Message
        );
    }

    [Fact]
    public void Evaluators_leave_ignored_pixels_out_of_both_levels()
    {
        // Of the second image all is ignored: it is no row of the images.
        var (maps, masks, ignore) = (new float[3, 1, 3], new byte[3, 1, 3], new byte[3, 1, 3]);
        (maps[0, 0, 0], maps[0, 0, 1], masks[0, 0, 0], masks[0, 0, 1], ignore[0, 0, 1]) = (5, 9, 255, 255, 255);
        for (var i = 0; i < 3; i++)
            (maps[1, 0, i], ignore[1, 0, i]) = (7, 255);
        var metric = new OptimalF1Metric();
        var found = new Evaluator([metric], [new PixelOptimalF1Metric()]).Update(maps, masks, ignore);
        Assert.Equal(metric.Update((float[])[5, 0], (bool[])[true, false]), found.Get<OptimalF1Metric>());
        var pixels = new OptimalF1Metric().Update((float[])[5, 0, 0, 0, 0], (bool[])[true, false, false, false, false]).Result();
        Assert.Equal(pixels, found.Get<PixelOptimalF1Metric>().Result());
        Assert.Equal(
            pixels,
            found.UpdatePixels(new float[0, 1, 3], new byte[0, 1, 3], new byte[0, 1, 3]).Get<PixelOptimalF1Metric>().Result()
        );
    }
}
