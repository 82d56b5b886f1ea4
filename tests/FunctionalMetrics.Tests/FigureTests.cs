using FunctionalMetrics.Core;

namespace FunctionalMetrics.Tests;

public sealed class FigureTests
{
    private static readonly MapBatch Maps = Samples.Maps(regions: true);

    [Fact]
    public void It_has_the_chart_and_the_title()
    {
        var figure = new AurocMetric().Update(Maps.Images).Figure();

        Assert.Equal("AUROC: ROC curve", figure.Title);
        Assert.Contains("<h1>AUROC: ROC curve</h1>", figure.Html);
        Assert.Contains("drawChart(\"figure\", {", figure.Html);
        Assert.Equal(2, figure.Html.Split(Assets.Plotly).Length);
    }

    [Fact]
    public void Each_result_with_a_chart_is_drawn()
    {
        Assert.Contains("ROC, area", Drawn(new PixelAurocMetric().Update(Maps).Figure()));
        Assert.Contains("precision-recall, area", Drawn(new PixelAuprMetric().Update(Maps).Figure()));
        Assert.Contains("precision-recall, area", Drawn(new PixelAveragePrecisionMetric().Update(Maps).Figure()));
        Assert.Contains("PRO up to FPR 0.2, area", Drawn(new AuproMetric(0.2).Update(Maps).Figure()));
        Assert.Contains("mean, AUPIMO", Drawn(Gallery.Seen(typeof(AupimoMetric)).Figure()));
        Assert.Contains("AUPIMO from 1e-5 to 1e-4", Drawn(Gallery.Seen(typeof(AupimoMetric)).Figure()));
        Assert.Contains("largest F1", Drawn(new PixelOptimalF1Metric().Update(Maps).Figure()));
        Assert.Contains("largest F1", Drawn(new PixelAdaptiveThresholdMetric().Update(Maps).Figure()));
    }

    public static TheoryData<Type> Classes => [.. Gallery.Metrics];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_metric_has_a_figure(Type type) =>
        Assert.StartsWith(Gallery.Seen(type).Name + ": ", Gallery.Seen(type).Figure().Title, StringComparison.Ordinal);

    /// <summary>What the metrics give, each kind of result once.</summary>
    public static TheoryData<Type> Results =>
        [
            .. Gallery
                .Metrics.SelectMany(type => type.GetInterfaces())
                .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IMetricResult<>))
                .Select(type => type.GenericTypeArguments[0])
                .Distinct(),
        ];

    [Trait("Category", "Slow")]
    [Theory]
    [MemberData(nameof(Results))]
    public void Every_metric_of_such_a_result_has_a_chart(Type result)
    {
        var metrics = Gallery.Metrics.Where(type => type.IsAssignableTo(typeof(IMetricResult<>).MakeGenericType(result))).ToList();

        Assert.NotEmpty(metrics);
        Assert.All(
            metrics,
            type =>
                Assert.Equal(
                    OfNumbers.Contains(result),
                    Drawn(Gallery.Seen(type).Figure()).Contains("\"type\":\"table\"", StringComparison.Ordinal)
                )
        );
    }

    /// <summary>Numbers at one threshold, and areas below curves that other metrics draw: they stand in a table.</summary>
    private static readonly Type[] OfNumbers =
    [
        typeof(Threshold),
        typeof(RateAtThreshold),
        typeof(RatesAtThresholdResult),
        typeof(AuprInResult),
        typeof(LogAurocResult),
        typeof(PartialAurocResult),
        typeof(PartialAurocBounds),
    ];

    [Fact]
    public void A_metric_under_another_name_and_one_of_an_evaluator_are_drawn_alike()
    {
        var pro = new AuproMetric().Update(Maps);
        var evaluator = new Evaluator([], [new AuproMetric().As("PRO")]).UpdatePixels(Maps);

        Assert.Equal(pro.Figure().Html, pro.As("PRO").Figure().Html);
        Assert.Equal(pro.Figure().Html, evaluator.PixelMetrics[0].Figure().Html);
    }

    [Fact]
    public void Numbers_that_have_no_chart_stand_in_a_table()
    {
        var page = Drawn(new Share(0.25).Figure());
        Assert.Contains("share: numbers", page);
        Assert.Contains("[\"share\"],[\"0.25\"]", page);
    }

    [Fact]
    public void Detectors_are_drawn_over_each_other_by_name()
    {
        var (one, two) = (new PixelAurocMetric().Update(Maps), new PixelAurocMetric().Update(Maps.Negated));
        var page = Drawn(Figures.Compare(("PaDiM", one), ("PatchCore", two.As("other"))));

        Assert.Contains("AUROC: ROC curves", page);
        Assert.Contains($"PaDiM, area {Readable.Rate(one.Compute())}", page);
        Assert.Contains($"PatchCore, area {Readable.Rate(two.Compute())}", page);
    }

    [Fact]
    public void Metrics_of_two_kinds_or_without_curves_or_none_are_not_compared()
    {
        var roc = new PixelAurocMetric().Update(Maps);
        Assert.Throws<ArgumentException>(() => Figures.Compare(("a", roc), ("b", new AuproMetric().Update(Maps))));
        Assert.Throws<ArgumentException>(() => Figures.Compare(("a", new PixelMinMaxMetric().Update(Maps))));
        Assert.Throws<ArgumentException>(() => Figures.Compare());
        Assert.Throws<UndefinedMetricException>(() => Figures.Compare(("a", roc), ("b", new PixelAurocMetric())));
    }

    private sealed record Share(double Value) : IMetric
    {
        public string Name => "share";
        public bool? HigherIsBetter => true;

        public IReadOnlyList<MetricNumber> Numbers() => [new("", Value, null)];
    }

    [Fact]
    public void An_undefined_curve_has_no_figure() =>
        Assert.IsType<Undefined>(Assert.Throws<UndefinedMetricException>(() => new AurocMetric().Figure()).Error);

    [Fact]
    public void It_is_saved_as_it_is()
    {
        var (figure, path) = (new AurocMetric().Update(Maps.Images).Figure(), Path.GetTempFileName());
        figure.SaveHtml(path);
        Assert.Equal(figure.Html, File.ReadAllText(path));
        File.Delete(path);
    }

    /// <summary>The page without plotly.js, whose text is not ours.</summary>
    private static string Drawn(Figure figure) => figure.Html.Replace(Assets.Plotly, "", StringComparison.Ordinal);
}
