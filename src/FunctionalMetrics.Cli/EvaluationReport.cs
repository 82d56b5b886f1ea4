using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>An evaluation as the shell's HTML page.</summary>
internal static class EvaluationReport
{
    public static string Html(Evaluation evaluation, string name) => Report.Html(Page(evaluation, name));

    private static ReportPage Page(Evaluation evaluation, string name)
    {
        var (seen, settings) = (evaluation.Seen, evaluation.Settings);
        var rows = seen.HasMaps ? ReportLevel.OfImages(seen.Images) : ReportLevel.OfScores(seen.Images);
        var levels = Seq1(rows) + seen.Pixels.Map(ReportLevel.OfPixels).ToSeq();
        return new(
            "Anomaly detection on " + name,
            FormattableString.Invariant($"{seen.Images.Rows:N0} {rows.Rows}, {seen.Images.Positives:N0} of them anomalous"),
            levels.Map(level =>
                level with
                {
                    FprLimit = settings.FprLimit,
                    DefaultThreshold = settings.Own(settings.DefaultThreshold),
                    LowerIsAnomalous = settings.LowerIsAnomalous,
                }
            )
        )
        {
            Notes = evaluation.Hint.ToSeq(),
        };
    }
}
