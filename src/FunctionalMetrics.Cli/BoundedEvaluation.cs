using System.Text.Json.Nodes;
using FunctionalMetrics.IO;
using LanguageExt;

namespace FunctionalMetrics.Cli;

/// <summary>The intervals of an evaluation in bounded memory: of the images (or rows), and of the pixels where there were maps.</summary>
internal sealed record BoundedEvaluation(int Bits, BoundedLevel Image, Option<BoundedLevel> Pixel, Settings Settings) : IEvaluation
{
    private string Remark =>
        $"Each number lies between the two given, whatever the order of scores within the 2^{Bits} buckets that they were counted in.";

    public static BoundedEvaluation Of(BoundedEvaluationState seen, Settings settings) =>
        new(
            seen.Bits,
            BoundedLevel.Of("image", seen.Images, settings),
            seen.Pixels.Map(state => BoundedLevel.Of("pixel", state, settings)),
            settings
        );

    public Option<string> Hint =>
        Evaluations.Hint(Levels.Map(level => (level.Name, level.Auroc.Map(area => area.Upper))), Settings.LowerIsAnomalous);

    private Seq<BoundedLevel> Levels => Image.Cons(Pixel.ToSeq());

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["approximate"] = Bits, ["image"] = Image.ToJson() };
        Pixel.IfSome(pixel => json["pixel"] = pixel.ToJson());
        return json;
    }

    public void WriteTable()
    {
        ResultTable.Write(Levels.Map(level => (level.Name, level.Numbers(Settings))));
        Levels.Bind(level => level.Reasons.Map(reason => $"{level.Name}: {reason}")).Iter(line => Console.Out.WriteLine(line));
        Console.Out.WriteLine(Remark);
    }

    public string Html(string name) =>
        Report.OfTables(
            "Anomaly detection on " + name,
            Evaluations.Size(Image.Rows, Image.Positives, Pixel.IsSome),
            Levels.Map(level => (Evaluations.Title(level.Name, Pixel.IsSome), level.Numbers(Settings))),
            Levels
                .Bind(level => level.Reasons.Map(reason => $"{Evaluations.Title(level.Name, Pixel.IsSome)}: {reason}"))
                .Add(Remark)
                .Add("Curves need every score: evaluate without --approximate for them.")
        );
}
