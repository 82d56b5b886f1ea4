using System.Text.Json.Nodes;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>All numbers of an evaluation in limited memory, the same as without a limit; only the scores for curves were not kept.</summary>
internal sealed record LimitedEvaluation(LevelResult Image, Option<LevelResult> Pixel, Settings Settings) : IEvaluation
{
    private Seq<LevelResult> Levels => Image.Cons(Pixel.ToSeq());

    public Option<string> Hint => Evaluations.Hint(Levels.Map(level => (level.Name, level.Numbers.Auroc)), Settings.LowerIsAnomalous);

    public JsonObject ToJson() => Evaluation.Json(Image, Pixel);

    public void WriteTable() => EvaluationTable.Write(Levels, Settings);

    public string Html(string name) =>
        Report.OfTables(
            "Anomaly detection on " + name,
            Evaluations.Size(Image.Numbers.Rows, Image.Numbers.Positives, Pixel.IsSome),
            Levels.Map(level => (Evaluations.Title(level.Name, Pixel.IsSome), EvaluationTable.Numbers(level, Settings))),
            Hint.ToSeq()
                .Concat(
                    Levels.Bind(level =>
                        EvaluationTable.Reasons(level).Map(reason => $"{Evaluations.Title(level.Name, Pixel.IsSome)}: {reason}")
                    )
                )
                .Add("The numbers are exact. Curves need every score: evaluate without --max-memory for them.")
        );
}
