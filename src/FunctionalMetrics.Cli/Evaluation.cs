using System.Text.Json.Nodes;
using FunctionalMetrics.IO;
using LanguageExt;

namespace FunctionalMetrics.Cli;

/// <summary>All numbers of an evaluation: of the images (or rows), and of the pixels where there were maps.</summary>
internal sealed record Evaluation(EvaluationState Seen, LevelResult Image, Option<LevelResult> Pixel, Settings Settings) : IEvaluation
{
    public static Evaluation Of(EvaluationState seen, Settings settings) =>
        new(
            seen,
            LevelResult.Of("image", seen.Images, settings),
            seen.Pixels.Map(state =>
                LevelResult.Of("pixel", state.Rank, settings) with
                {
                    Regions = RegionResult.Of(state, settings.FprLimit),
                }
            ),
            settings
        );

    /// <summary>Image level first.</summary>
    public Seq<LevelResult> Levels => Image.Cons(Pixel.ToSeq());

    public Option<string> Hint => Evaluations.Hint(Levels.Map(level => (level.Name, level.Numbers.Auroc)), Settings.LowerIsAnomalous);

    public JsonObject ToJson() => Json(Image, Pixel);

    /// <summary>The numbers of both levels, the same however they were found.</summary>
    public static JsonObject Json(LevelResult image, Option<LevelResult> pixel)
    {
        var json = new JsonObject { ["image"] = image.ToJson() };
        pixel.IfSome(result => json["pixel"] = result.ToJson());
        return json;
    }

    public void WriteTable() => EvaluationTable.Write(Levels, Settings);

    public string Html(string name) => EvaluationReport.Html(this, name);
}
