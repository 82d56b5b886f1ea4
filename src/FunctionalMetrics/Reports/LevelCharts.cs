using LanguageExt;
using Plotly.NET;
using static LanguageExt.Prelude;

namespace FunctionalMetrics;

/// <summary>The charts of a level, in their order; one that is undefined has its reason instead.</summary>
internal static class LevelCharts
{
    public static Seq<ReportChart> Of(ReportLevel level) =>
        Seq(
            new ReportChart("roc", "ROC curve", level.Roc.Map(Charts.Roc)),
            new ReportChart("precision-recall", "Precision-recall curve", level.PrecisionRecall.Map(Charts.PrecisionRecall))
        )
        + level.Pro.Map(pro => new ReportChart("pro", "Per-region overlap curve", pro.Map(Charts.Pro))).ToSeq()
        + Seq(
            new ReportChart("f1", "F1 over the threshold", level.OptimalF1.Map(best => Charts.F1(best, level.LowerIsAnomalous))),
            new ReportChart(
                "scores",
                "Scores by class",
                level.Scores.Map(state => Charts.ScoreHistogram(state, Threshold(level), level.LowerIsAnomalous))
            )
        );

    private static Option<double> Threshold(ReportLevel level) => level.Threshold.Map(result => result.Threshold).ToOption();
}

/// <summary>A chart with the name of its place in the page.</summary>
internal sealed record ReportChart(string Name, string Title, Fin<GenericChart> Chart);
