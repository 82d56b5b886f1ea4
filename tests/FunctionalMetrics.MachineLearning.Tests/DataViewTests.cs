using FsCheck.Xunit;
using FunctionalMetrics.Core;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FunctionalMetrics.MachineLearning.Tests;

public sealed class DataViewTests
{
    private static readonly MLContext Context = new(seed: 1);

    private static readonly float[] Scores = [1, 2, 3, 4];
    private static readonly bool[] Labels = [false, false, true, true];

    private sealed class Row
    {
        public float Score { get; set; }
        public double Wide { get; set; }
        public bool Label { get; set; }
        public float Number { get; set; }
        public bool PredictedLabel { get; set; }
        public string Text { get; set; } = "";
    }

    private sealed class Image
    {
        [VectorType(6)]
        public float[] Map { get; set; } = [];

        [VectorType(6)]
        public bool[] Mask { get; set; } = [];

        public float[] Loose { get; set; } = [];
    }

    [Property(MaxTest = 50)]
    public bool Rows_of_a_data_view_are_the_rows_they_were(byte[] scores, bool turned)
    {
        Row[] rows = [.. scores.Select((score, i) => Made(score / 8f, (i + score) % 3 == 0 != turned))];
        var expected = new AurocMetric().Update(scores.Select(score => score / 8f).ToArray(), rows.Select(row => row.Label).ToArray());
        var view = Context.Data.LoadFromEnumerable(rows);
        return expected.Equals(new AurocMetric().Update(view.ToScoreBatch()))
            && expected.Equals(new AurocMetric().Update(view.ToScoreBatch("Wide", "Number")))
            && new MinMaxMetric().Update(scores.Select(score => score / 8f).ToArray()).Equals(new MinMaxMetric().Update(view.ToScores()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_area_is_that_of_MLNET(int seed)
    {
        var random = new Random(seed);
        Row[] rows =
        [
            .. Enumerable.Range(0, 500).Select(i => Made(MathF.Round(random.NextSingle() + (i % 7 == 0 ? 0.3f : 0), 2), i % 7 == 0)),
        ];
        var view = Context.Data.LoadFromEnumerable(rows);
        var ours = new AurocMetric().Update(view.ToScoreBatch()).Compute();
        Assert.Equal(Context.BinaryClassification.EvaluateNonCalibrated(view).AreaUnderRocCurve, ours, 1e-12);
        Assert.Equal(Context.AnomalyDetection.Evaluate(view, labelColumnName: "Number").AreaUnderRocCurve, ours, 1e-12);
    }

    [Fact]
    public void A_detector_of_MLNET_is_judged_and_its_threshold_set()
    {
        var random = new Random(1);
        Image[] images = [.. Enumerable.Range(0, 200).Select(i => Pictured(random, i >= 190))];
        var view = Context.Data.LoadFromEnumerable(images);
        var model = Context
            .AnomalyDetection.Trainers.RandomizedPca("Map", rank: 2, ensureZeroMean: true)
            .Fit(Context.Data.TakeRows(view, 150));
        var scored = model.Transform(view);
        var scores = scored.GetColumn<float>("Score").ToArray();
        bool[] labels = [.. images.Select(image => image.Mask[0])];
        Assert.Equal(new MinMaxMetric().Update(scores), new MinMaxMetric().Update(scored.ToScores()));

        var threshold = new AdaptiveThresholdMetric().Update(scores, labels).Compute();
        var changed = Context.AnomalyDetection.ChangeModelThreshold(model, (float)threshold).Transform(view);
        Assert.Equal(scores.Select(score => score > (float)threshold), changed.GetColumn<bool>("PredictedLabel"));
    }

    [Fact]
    public void Maps_and_masks_are_vectors()
    {
        var random = new Random(2);
        Image[] images = [.. Enumerable.Range(0, 5).Select(i => Pictured(random, i > 2))];
        var expected = new AuproMetric().Update(
            new MapValues(images.SelectMany(image => image.Map).ToArray(), new(5, 2, 3)),
            new MaskValues(images.SelectMany(image => image.Mask).ToArray(), new(5, 2, 3))
        );
        var view = Context.Data.LoadFromEnumerable(images);
        Assert.Equal(expected, new AuproMetric().Update(view.ToMapBatch(2, 3)));
        Assert.Equal(expected, new AuproMetric().Update(view.ToMapBatch(2, 3, map: "Loose")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    public void Masks_and_ignore_masks_are_of_either_convention(int one)
    {
        var image = new Image
        {
            Map = [1, 2, 3, 4, 5, 6],
            Mask = [false, false, true, false, true, false],
            Loose = [0, 0, 0, one, one, 0],
        };
        var view = Context.Data.LoadFromEnumerable((Image[])[image]);
        var maps = new MapValues(image.Map, new(1, 2, 3));
        Assert.Equal(
            new AuproMetric().Update(
                maps,
                new MaskValues(image.Mask, new(1, 2, 3)),
                new MaskValues((int[])[0, 0, 0, 1, 1, 0], new(1, 2, 3))
            ),
            new AuproMetric().Update(view.ToMapBatch(2, 3, ignore: "Loose"))
        );
        Assert.Equal(
            new AuproMetric().Update(maps, new MaskValues((int[])[0, 0, 0, 1, 1, 0], new(1, 2, 3))),
            new AuproMetric().Update(view.ToMapBatch(2, 3, mask: "Loose"))
        );
    }

    [Fact]
    public void Masks_of_both_conventions_are_refused()
    {
        var image = new Image
        {
            Map = new float[6],
            Mask = new bool[6],
            Loose = [0, 255, 0, 1, 7, 255],
        };
        var error = Assert.Throws<InvalidBatchException>(() =>
            Context.Data.LoadFromEnumerable((Image[])[image]).ToMapBatch(2, 3, ignore: "Loose")
        );
        Assert.Equal(new Fault.NotALabel("ignore masks", 3, "ignore masks[0, 1, 0]", 1, 2), Assert.Single(error.Faults));
    }

    [Fact]
    public void Bad_values_are_the_faults_of_the_core_with_the_positions_of_their_rows()
    {
        var view = Context.Data.LoadFromEnumerable((Row[])[Made(1, true), Made(float.NaN, false), new() { Score = 1, Number = 0.5f }]);
        Assert.Equal(
            ["scores[1] is NaN; scores must be finite", "labels[2] is 0.5; labels must be 0 (normal) or 1 (anomalous)"],
            Assert.Throws<InvalidBatchException>(() => view.ToScoreBatch(label: "Number")).Faults.Select(fault => fault.Message)
        );
        var image = Context.Data.LoadFromEnumerable(
            (Image[])
                [
                    new()
                    {
                        Map = new float[6],
                        Mask = new bool[6],
                        Loose = [0, 0, 0, 0, 0, 7],
                    },
                ]
        );
        Assert.Equal(
            "masks[0, 1, 2] is 7; the masks of a batch hold either 0 and 1 or 0 and 255, so give booleans for others, such as value > 0",
            Assert.Throws<InvalidBatchException>(() => image.ToMapBatch(2, 3, mask: "Loose")).Message
        );
    }

    [Fact]
    public void Columns_that_are_missing_or_of_another_type_or_length_are_told()
    {
        var view = Context.Data.LoadFromEnumerable((Row[])[Made(1, true)]);
        Assert.Equal(
            "there is no column Points; there are Score, Wide, Label, Number, PredictedLabel, Text",
            Assert.Throws<ArgumentException>(() => view.ToScores("Points")).Message
        );
        Assert.Equal(
            "the column Text is of String; it must be of Single or Double",
            Assert.Throws<ArgumentException>(() => view.ToScores("Text")).Message
        );
        var images = Context.Data.LoadFromEnumerable(
            (Image[])
                [
                    new()
                    {
                        Map = new float[6],
                        Mask = new bool[6],
                        Loose = [1],
                    },
                ]
        );
        Assert.Equal(
            "row 0 of the column Loose has 1 values; there must be 6",
            Assert.Throws<ArgumentException>(() => images.ToMapBatch(2, 3, map: "Loose")).Message
        );
        Assert.Throws<ArgumentException>(() => images.ToScores("Map"));
    }

    [Fact]
    public void Numbers_and_curves_go_back_to_MLNET()
    {
        var evaluation = new Evaluator([new AurocMetric(), new OptimalF1Metric()], [new AuproMetric()])
            .UpdateImages(Scores, Labels)
            .Compute();
        var rows = Context.Data.CreateEnumerable<NumberRow>(evaluation.ToDataView(Context), reuseRowObject: false).ToList();
        Assert.Equal(evaluation.Numbers.Select(number => (number.Key, number.Value)), rows.Select(row => (row.Key, row.Value)));
        Assert.Equal(evaluation.Undefined["pixel_AUPRO"].Reason, rows[^1].Reason);

        var curve = new AuprMetric().Update(Scores, Labels).Curve().Points;
        var points = Context.Data.CreateEnumerable<PointRow>(curve.ToDataView(Context), reuseRowObject: false).ToList();
        Assert.Equal(curve.X, points.Select(point => point.X));
        Assert.Equal(curve.Y, points.Select(point => point.Y));
        Assert.Equal(curve.Thresholds, points.SkipLast(1).Select(point => point.Threshold));
        Assert.Equal(double.NaN, points[^1].Threshold);
    }

    private static Row Made(float score, bool label) =>
        new()
        {
            Score = score,
            Wide = score,
            Label = label,
            Number = label ? 1 : 0,
            PredictedLabel = score > 0.5f,
        };

    private static Image Pictured(Random random, bool anomalous)
    {
        float[] map = [.. Enumerable.Range(0, 6).Select(i => random.NextSingle() * (anomalous && i > 3 ? 5 : 1))];
        return new()
        {
            Map = map,
            Mask = [.. map.Select(_ => anomalous)],
            Loose = map,
        };
    }
}
