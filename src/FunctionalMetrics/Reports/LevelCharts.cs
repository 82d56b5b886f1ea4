using FunctionalMetrics.Core;
using LanguageExt;
using Plotly.NET;
using static LanguageExt.Prelude;

namespace FunctionalMetrics;

/// <summary>The charts of a level, in their order; one that is undefined has its reason instead. A level without its scores has none.</summary>
internal static class LevelCharts
{
    public static IEnumerable<ReportChart> Of(ReportLevel level)
    {
        if (level.State is not { } state)
            yield break;
        var (lower, settings) = (level.Settings.LowerIsAnomalous, level.Settings);
        yield return new("roc", "ROC curve", Auroc.Metric.Compute(state).Map(curve => Charts.Roc(curve, lower, Band("roc"))));
        yield return new(
            "precision-recall",
            "Precision-recall curve",
            Aupr.Metric.Compute(state).Map(curve => Charts.PrecisionRecall(curve, lower, Band("precision-recall")))
        );
        if (level.Regions is { } regions)
            yield return new(
                "pro",
                "Per-region overlap curve",
                Aupro.UpTo(settings.FprLimit).Compute(regions).Map(curve => Charts.Pro(curve, lower, Band("pro")))
            );
        yield return new("f1", "F1 over the threshold", OptimalF1.Metric.Compute(state).Map(best => Charts.F1(best, lower)));
        var threshold = AdaptiveThreshold.WithDefault(settings.Own(settings.DefaultThreshold)).Compute(state);
        yield return new(
            "scores",
            "Scores by class",
            state.Rows > 0
                ? Charts.ScoreHistogram(state, threshold.Match(result => (double?)result.Threshold, _ => null), lower)
                : new Undefined("the score histogram", Missing.Score, 0)
        );

        CurveBand? Band(string curve) =>
            level.Bands.FirstOrDefault(band => (band.Level, band.Curve) == (level.Numbers.Level, curve) && band.Points.Length > 1);
    }
}

/// <summary>A chart with the name of its place in the page.</summary>
internal sealed record ReportChart(string Name, string Title, Fin<GenericChart> Chart);
