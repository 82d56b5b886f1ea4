using System.Numerics.Tensors;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

public sealed class TensorTests
{
    private static readonly float[] Scores = [0.1f, 0.4f, 0.35f, 0.8f];
    private static readonly bool[] Labels = [false, false, true, true];

    [Fact]
    public void Arrays_spans_memory_and_tensors_of_every_kind_give_the_same_state()
    {
        var expected = new AurocMetric().Update(Scores, Labels);
        var (tensor, labels) = (Tensor.Create(Scores), Tensor.Create(Labels));
        Assert.Equal(expected, new AurocMetric().Update(Scores.AsSpan(), Labels.AsSpan()));
        Assert.Equal(expected, new AurocMetric().Update((ReadOnlySpan<float>)Scores, (ReadOnlySpan<bool>)Labels));
        Assert.Equal(expected, new AurocMetric().Update(Scores.AsMemory(), Labels.AsMemory()));
        Assert.Equal(expected, new AurocMetric().Update(tensor, labels));
        Assert.Equal(expected, new AurocMetric().Update(tensor.AsReadOnlyTensorSpan(), labels.AsReadOnlyTensorSpan()));
        Assert.Equal(expected, new AurocMetric().Update(Tensor.Create<double>([.. Scores]), Tensor.Create<byte>([0, 0, 1, 1])));
    }

    [Fact]
    public void Small_formats_are_read_as_they_are()
    {
        byte[] bytes = [1, 4, 3, 8];
        var labels = Tensor.Create(Labels);
        var expected = new AurocMetric().Update(bytes, Labels);
        Assert.Equal(expected, new AurocMetric().Update(Tensor.Create(bytes), labels));
        Assert.Equal(expected, new AurocMetric().Update(Tensor.Create<ushort>([1, 4, 3, 8]), labels));
        Assert.Equal(expected, new AurocMetric().Update(Tensor.Create<Half>([(Half)1, (Half)4, (Half)3, (Half)8]), labels));
    }

    [Fact]
    public void Maps_of_two_three_and_four_dimensions_and_slices_of_larger_ones()
    {
        float[] twice = [.. Scores, .. Scores];
        bool[] masks = [.. Labels, .. Labels];
        var one = new AuproMetric().Update(
            new float[,,]
            {
                {
                    { 0.1f, 0.4f },
                    { 0.35f, 0.8f },
                },
            },
            new bool[,,]
            {
                {
                    { false, false },
                    { true, true },
                },
            }
        );
        Assert.Equal(one, new AuproMetric().Update(Tensor.Create(Scores, [2, 2]), Tensor.Create(Labels, [2, 2])));
        Assert.Equal(one + one, new AuproMetric().Update(Tensor.Create(twice, [2, 2, 2]), Tensor.Create(masks, [2, 2, 2])));
        Assert.Equal(one + one, new AuproMetric().Update(Tensor.Create(twice, [2, 1, 2, 2]), Tensor.Create(masks, [2, 1, 2, 2])));

        var wide = Tensor.Create<float>([.. Scores[..2], 9, .. Scores[2..], 9], [2, 3]);
        Assert.Equal(one, new AuproMetric().Update(wide.Slice([0..2, 0..2]), Tensor.Create(Labels, [2, 2])));
    }

    [Fact]
    public void Unlabelled_tensors_are_scores_or_maps_by_their_dimensions()
    {
        Assert.Equal(new MinMaxMetric().Update(Scores), new MinMaxMetric().Update(Tensor.Create(Scores)));
        Assert.Equal(
            new AnomalyScoreDistributionMetric()
                .Update(Scores)
                .Update(
                    new float[,,]
                    {
                        {
                            { 0.1f, 0.4f },
                            { 0.35f, 0.8f },
                        },
                    }
                ),
            new AnomalyScoreDistributionMetric().Update(Tensor.Create(Scores)).Update(Tensor.Create(Scores, [2, 2]))
        );
    }

    [Fact]
    public void An_evaluator_reads_tensors_at_both_levels()
    {
        var evaluator = new Evaluator([new AurocMetric()], [new PixelAurocMetric()]);
        float[,,] maps =
        {
            {
                { 0.1f, 0.4f },
            },
            {
                { 0.35f, 0.8f },
            },
        };
        bool[,,] masks =
        {
            {
                { false, false },
            },
            {
                { true, true },
            },
        };
        var (map, mask) = (Tensor.Create(Scores, [2, 1, 2]), Tensor.Create(Labels, [2, 1, 2]));
        Assert.Equal(evaluator.Update(maps, masks).Compute(), evaluator.Update(map, mask).Compute());
        Assert.Equal(
            evaluator.UpdateImages(Scores, Labels).UpdatePixels(maps, masks).Compute(),
            evaluator.UpdateImages(Tensor.Create(Scores), Tensor.Create(Labels)).UpdatePixels(map, mask).Compute()
        );
    }

    [Fact]
    public void Tensors_of_other_dimensions_and_bad_values_are_refused_with_their_faults()
    {
        var cube = Tensor.Create(Scores, [1, 2, 2, 1, 1]);
        Assert.Equal(
            [
                new Fault.WrongRank("maps", 5, "(H, W), (N, H, W) or (N, 1, H, W)"),
                new Fault.WrongRank("masks", 1, "(H, W), (N, H, W) or (N, 1, H, W)"),
            ],
            Faults(() => new AuproMetric().Update(cube, Tensor.Create(Labels)))
        );
        Assert.Equal([new Fault.WrongRank("scores", 5, "(n)")], Faults(() => new AurocMetric().Update(cube, Tensor.Create(Labels))));
        Assert.Equal([new Fault.WrongRank("scores", 2, "(n)")], Faults(() => new MinMaxMetric().Update(Tensor.Create(Scores, [2, 2]))));
        Assert.IsType<Fault.NotFinite>(Assert.Single(Faults(() => new MinMaxMetric().Update(Tensor.Create([1f, float.NaN])))));
    }

    private static IEnumerable<Fault> Faults(Func<object> update) => Assert.Throws<InvalidBatchException>(update).Faults;
}
