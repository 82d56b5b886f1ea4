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
        Assert.Contains("largest F1", Drawn(new PixelOptimalF1Metric().Update(Maps).Figure()));
        Assert.Contains("largest F1", Drawn(new PixelAdaptiveThresholdMetric().Update(Maps).Figure()));
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
