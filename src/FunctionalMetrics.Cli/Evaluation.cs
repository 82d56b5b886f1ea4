using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>All numbers of an evaluation: of the images (or rows), and of the pixels where there were maps.</summary>
internal sealed record Evaluation(LevelResult Image, Option<LevelResult> Pixel, Settings Settings)
{
    public static Evaluation Of(EvaluationState seen, Settings settings) =>
        new(
            LevelResult.Of("image", seen.Images, settings),
            seen.Pixels.Map(state =>
                LevelResult.Of("pixel", state.Rank, settings) with
                {
                    Regions = new RegionResult(state, settings.FprLimit),
                }
            ),
            settings
        );

    /// <summary>Image level first.</summary>
    public Seq<LevelResult> Levels => Image.Cons(Pixel.ToSeq());

    /// <summary>A word on the direction of the scores, when they rank worse than chance.</summary>
    public Option<string> Hint =>
        Levels
            .Filter(level => level.Roc.Exists(roc => roc.Area < 0.5))
            .HeadOrNone()
            .Map(level =>
                FormattableString.Invariant($"hint: {level.Name} AUROC is {level.Roc.Map(roc => roc.Area).IfFail(0):0.####}, below 0.5: ")
                + (
                    Settings.LowerIsAnomalous
                        ? "perhaps high scores are the anomalous ones; evaluate without --lower-is-anomalous"
                        : "perhaps low scores are the anomalous ones; evaluate with --lower-is-anomalous"
                )
            );

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["image"] = Image.ToJson() };
        Pixel.IfSome(pixel => json["pixel"] = pixel.ToJson());
        return json;
    }
}
