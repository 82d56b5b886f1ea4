using FsCheck;
using FsCheck.Xunit;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

public sealed class EvaluatorTests
{
    private static readonly MapBatch Maps = Samples.Maps(regions: true);

    private static Evaluator Everything =>
        new(
            [
                new AurocMetric(),
                new AuprMetric(),
                new AveragePrecisionMetric(),
                new OptimalF1Metric(),
                new AdaptiveThresholdMetric(),
                new MinMaxMetric(),
            ],
            [new PixelAurocMetric(), new AuproMetric(), new AuproMetric(0.05).As("AUPRO_0.05"), new PixelMinMaxMetric()]
        );

    [Fact]
    public void It_gives_what_the_metrics_give_one_by_one()
    {
        var found = Everything.Update(Maps).Compute();
        var images = Maps.Images;
        var best = new OptimalF1Metric().Update(images).Compute();

        Assert.Equal(
            new Dictionary<string, double>
            {
                ["image_AUROC"] = new AurocMetric().Update(images).Compute(),
                ["image_AUPR"] = new AuprMetric().Update(images).Compute(),
                ["image_AveragePrecision"] = new AveragePrecisionMetric().Update(images).Compute(),
                ["image_OptimalF1_F1"] = best.F1,
                ["image_OptimalF1_Threshold"] = best.Threshold,
                ["image_AdaptiveThreshold"] = new AdaptiveThresholdMetric().Update(images).Compute(),
                ["image_MinMax_Min"] = new MinMaxMetric().Update(images).Compute().Min,
                ["image_MinMax_Max"] = new MinMaxMetric().Update(images).Compute().Max,
                ["pixel_AUROC"] = new PixelAurocMetric().Update(Maps).Compute(),
                ["pixel_AUPRO"] = new AuproMetric().Update(Maps).Compute(),
                ["pixel_AUPRO_0.05"] = new AuproMetric(0.05).Update(Maps).Compute(),
                ["pixel_MinMax_Min"] = new PixelMinMaxMetric().Update(Maps).Compute().Min,
                ["pixel_MinMax_Max"] = new PixelMinMaxMetric().Update(Maps).Compute().Max,
            },
            found.Values.ToDictionary()
        );
        Assert.Empty(found.Undefined);
    }

    [Fact]
    public void Maps_with_named_images_bring_AUPIMO_and_their_own_scores()
    {
        var (maps, masks) = (new float[2, 20, 20], new bool[2, 20, 20]);
        for (var i = 0; i < 400; i++)
            (maps[0, i / 20, i % 20], maps[1, i / 20, i % 20], masks[1, i / 20, i % 20]) = (i % 100 / 100f, i < 30 ? 2 : 0, i < 30);
        var batch = MapBatches.Of(maps, masks, new ImageFacts("good/0", Score: 5), new ImageFacts("crack/1", Score: 4));
        var evaluator = new Evaluator([new AurocMetric()], [new AuproMetric(), new AupimoMetric(0.02, 0.5)]).Update(batch);
        var found = evaluator.Compute();
        Assert.Equal((0, 1, 1), (found["image_AUROC"], found["pixel_AUPRO"], found["pixel_AUPIMO"]));
        Assert.Equal("crack/1", evaluator.Get<AupimoMetric>().Result().Images.Single().Name);
        var wrong = Assert.Throws<InvalidBatchException>(() => MapBatches.Of(maps, masks, new ImageFacts("one")));
        Assert.Contains("2", wrong.Message, StringComparison.Ordinal);
        var ignored = MapBatches.Of(maps, masks, masks, new ImageFacts("a"), new ImageFacts("b"));
        Assert.True(new AupimoMetric().Update(ignored).TryCompute(out _) is false);
    }

    [Fact]
    public void Its_tables_name_image_and_pixel_level()
    {
        var evaluator = new Evaluator([new AurocMetric()], [new PixelAurocMetric(), new AuproMetric(fprLimit: 0.3)]);
        var (maps, masks) = (
            new float[,,]
            {
                {
                    { 0.1f, 0.9f },
                },
                {
                    { 0.2f, 0.3f },
                },
            },
            new bool[,,]
            {
                {
                    { false, true },
                },
                {
                    { false, false },
                },
            }
        );
        Assert.Equal(
            "| Metric | Value |\n|---|---|\n| image_AUROC | 1 |\n| pixel_AUROC | 1 |\n| pixel_AUPRO | 1 |\n",
            evaluator.Update(maps, masks).Compute().Markdown
        );
    }

    [Fact]
    public void Its_metrics_come_back_with_their_data()
    {
        var evaluator = Everything.Update(Maps);

        Assert.Equal(new AurocMetric().Update(Maps.Images), evaluator.ImageMetrics[0]);
        Assert.Equal(new AuproMetric().Update(Maps), evaluator.PixelMetrics[1]);
        Assert.Same(((PixelAurocMetric)evaluator.PixelMetrics[0]).State, ((AuproMetric)evaluator.PixelMetrics[1]).State);
    }

    [Fact]
    public void Its_values_keep_the_order_of_the_metrics()
    {
        var found = Everything.Update(Maps).Compute();
        Assert.Equal(found.Numbers.Select(number => number.Key), found.Values.Keys);
        Assert.Equal(["image_AUROC", "image_AUPR", "image_AveragePrecision"], found.Values.Keys.Take(3));
        Assert.Equal(
            Everything.Compute().Numbers.Where(number => number.Reason is not null).Select(number => number.Key),
            Everything.Compute().Undefined.Keys
        );
    }

    /// <summary>An evaluator reads scores, and maps with masks; defects have batches of their own.</summary>
    public static TheoryData<Type> Classes => [.. Gallery.Metrics.Where(type => !type.IsAssignableTo(typeof(IMetric<DefectBatch>)))];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_metric_fits_into_it(Type type)
    {
        var found = (
            Activator.CreateInstance(
                type,
                [.. type.GetConstructors()[0].GetParameters().Select(parameter => parameter.DefaultValue)]
            ) switch
            {
                IMetric<ScoreBatch> images => new Evaluator([images]),
                IMetric<MapBatch> pixels => new Evaluator(pixelMetrics: [pixels]),
                var other => throw new InvalidOperationException($"{other} fits into neither level"),
            }
        )
            .Update(Maps)
            .Compute();

        Assert.NotEmpty(found.Numbers);
        Assert.All(found.Values.Values, value => Assert.True(double.IsFinite(value)));
        Assert.Equal(found.Numbers.Length, found.Values.Count + found.Undefined.Count);
    }

    [Fact]
    public void Intervals_have_both_ends_and_what_is_absent_its_reason()
    {
        var found = new Evaluator(
            [new AnomalyScoreDistributionMetric(), new BoundedOptimalF1Metric()],
            [new BoundedAuproMetric(), new PixelAnomalyScoreDistributionMetric()]
        )
            .UpdateImages([0.5], [true])
            .UpdatePixels(Maps)
            .Compute();

        Assert.Equal(
            [
                "image_AnomalyScoreDistribution_Scores_Mean",
                "image_AnomalyScoreDistribution_Scores_StandardDeviation",
                "image_BoundedOptimalF1_F1_Lower",
                "image_BoundedOptimalF1_F1_Upper",
                "image_BoundedOptimalF1_Threshold_Lower",
                "image_BoundedOptimalF1_Threshold_Upper",
                "pixel_BoundedAupro_Lower",
                "pixel_BoundedAupro_Upper",
                "pixel_AnomalyScoreDistribution_Scores_Mean",
                "pixel_AnomalyScoreDistribution_Scores_StandardDeviation",
            ],
            found.Numbers.Select(number => number.Key)
        );
        Assert.Equal("anomaly score distribution is undefined here: there is no second score", Assert.Single(found.Undefined).Value.Reason);
        var bounds = new BoundedAuproMetric().Update(Maps).Compute();
        Assert.Equal((bounds.Lower, bounds.Upper), (found["pixel_BoundedAupro_Lower"], found["pixel_BoundedAupro_Upper"]));
    }

    [Fact]
    public void Metrics_of_a_batch_are_updated_in_a_loop()
    {
        IMetric<ScoreBatch>[] metrics = [new AurocMetric(), new OptimalF1Metric().As("best"), new MinMaxMetric()];
        foreach (var batch in (ScoreBatch[])[Maps.Images, Maps.Images])
            metrics = [.. metrics.Select(metric => metric.Update(batch))];

        Assert.Equal(new AurocMetric().Update(Maps.Images).Update(Maps.Images), metrics[0]);
        Assert.Equal(new OptimalF1Metric().Update(Maps.Images).Update(Maps.Images).As("best"), metrics[1]);
        Assert.Equal(new MinMaxMetric().Update(Maps.Images).Update(Maps.Images), metrics[2]);
    }

    [Fact]
    public void A_metric_is_found_by_its_class()
    {
        var all = Everything.Update(Maps);

        Assert.Equal(new AurocMetric().Update(Maps.Images), all.Get<AurocMetric>());
        Assert.Equal(new PixelAurocMetric().Update(Maps), all.Get<PixelAurocMetric>());
        Assert.Equal(new AuproMetric(0.05).Update(Maps), all.Get<AuproMetric>("AUPRO_0.05"));
        Assert.Equal(0.3, all.Get<AuproMetric>("AUPRO").FprLimit);
        foreach (
            var get in (Func<object>[])[() => all.Get<AuproMetric>(), () => all.Get<PixelAuprMetric>(), () => all.Get<AurocMetric>("other")]
        )
            Assert.Contains("pixel_AUPRO_0.05 (AuproMetric)", Assert.Throws<KeyNotFoundException>(get).Message, StringComparison.Ordinal);
        Assert.Contains(
            "no metric",
            Assert.Throws<KeyNotFoundException>(() => new Evaluator().Get<AurocMetric>()).Message,
            StringComparison.Ordinal
        );
    }

    [Property]
    public bool Merging_equals_one_pass(NormalFloat[] left, NormalFloat[] right)
    {
        var (a, b) = (Batch(left), Batch(right));
        var once = Everything.UpdateImages(a).UpdateImages(b).Compute();
        var (first, second) = (Everything.UpdateImages(a), Everything.UpdateImages(b));
        return (first + second).Compute() == once && second.Merge(first).Compute() == once;
    }

    [Fact]
    public void Updating_leaves_the_old_evaluator_as_it_was()
    {
        var before = Everything;
        before.Update(Maps);
        Assert.Equal(Everything.Compute(), before.Compute());
    }

    [Fact]
    public void Image_scores_of_the_detector_itself_stay_apart_from_its_maps()
    {
        var found = new Evaluator([new AurocMetric()], [new PixelAurocMetric()])
            .UpdateImages((double[])[1, 2], (bool[])[true, false])
            .UpdatePixels(Maps)
            .Compute();

        Assert.Equal(0, found["image_AUROC"]);
        Assert.Equal(new PixelAurocMetric().Update(Maps).Compute(), found["pixel_AUROC"]);
    }

    [Fact]
    public void What_is_undefined_has_its_reason_and_leaves_the_rest()
    {
        var found = new Evaluator([new AurocMetric(), new MinMaxMetric()]).UpdateImages((double[])[1, 2], (bool[])[false, false]).Compute();
        var reason = new Undefined("AUROC", Missing.AnomalousRow, 2);

        Assert.Equal(["image_MinMax_Max", "image_MinMax_Min"], found.Values.Keys.Order());
        Assert.Equal(reason, found.Undefined["image_AUROC"]);
        Assert.Equal(reason, Assert.Throws<UndefinedMetricException>(() => found["image_AUROC"]).Error);
        Assert.Contains("image_AUROC", Assert.Throws<KeyNotFoundException>(() => found["AUROC"]).Message);
    }

    [Fact]
    public void Its_tables_have_every_number_or_its_reason()
    {
        var found = new Evaluator([new AurocMetric(), new MinMaxMetric().As("<a|b>")])
            .UpdateImages((double[])[1, 2.5], (bool[])[false, false])
            .Compute();

        Assert.Equal(
            "| Metric | Value |\n|---|---|\n"
                + "| image_AUROC | AUROC is undefined: there is no anomalous row (rows seen: 2) |\n"
                + "| image_<a\\|b>_Min | 1 |\n| image_<a\\|b>_Max | 2.5 |\n",
            found.Markdown
        );
        Assert.Contains("""<tr><th scope="row">image_&lt;a|b&gt;_Max</th><td>2.5</td></tr>""", found.Html);
    }

    [Fact]
    public void It_refuses_metrics_that_cannot_be_told_apart_merged_or_counted_once()
    {
        Assert.Contains("As(", Assert.Throws<ArgumentException>(() => new Evaluator([new AurocMetric(), new AurocMetric()])).Message);
        Assert.Contains(
            "seen data",
            Assert.Throws<ArgumentException>(() => new Evaluator([new AurocMetric().Update(Maps.Images)])).Message
        );
        Assert.Throws<ArgumentException>(() =>
            new Evaluator(pixelMetrics: [new AuproMetric(0.3)]) + new Evaluator(pixelMetrics: [new AuproMetric(0.1)])
        );
    }

    private static ScoreBatch Batch(NormalFloat[] scores) =>
        Samples.Batch([.. scores.Select(score => score.Get)], [.. scores.Select((_, i) => i % 3 == 0)]);
}
