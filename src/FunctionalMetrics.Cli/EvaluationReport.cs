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
        var (image, settings) = (evaluation.Image, evaluation.Settings);
        var rows = evaluation.Pixel.IsSome ? ReportLevel.OfImages(image.State) : ReportLevel.OfScores(image.State);
        var levels = Seq1(rows) + evaluation.Pixel.Bind(pixel => pixel.Regions).Map(regions => ReportLevel.OfPixels(regions.State)).ToSeq();
        return new(
            "Anomaly detection on " + name,
            FormattableString.Invariant($"{image.State.Rows:N0} {rows.Rows}, {image.State.Positives:N0} of them anomalous"),
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
