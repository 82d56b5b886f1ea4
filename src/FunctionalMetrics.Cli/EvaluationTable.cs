using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>The numbers of an evaluation as named rows, one column for each level; the table on standard output and the report's are made of it.</summary>
internal static class EvaluationTable
{
    /// <summary>Prints the table, and below it why a number is undefined.</summary>
    public static void Write(Evaluation evaluation)
    {
        ResultTable.Write(evaluation.Levels.Map(level => (level.Name, Numbers(level, evaluation.Settings))));
        evaluation.Levels.Bind(level => Reasons(level).Map(reason => $"{level.Name}: {reason}")).Iter(line => Console.Out.WriteLine(line));
        if (evaluation.Levels.Exists(level => !level.AtThreshold.IsDefault))
            Console.Out.WriteLine("The threshold was chosen on the data it is judged by, so what it reaches here is optimistic.");
    }

    public static Seq<(string Name, string Value)> Numbers(LevelResult level, Settings settings)
    {
        var counts = level.AtThreshold.Counts;
        var side = settings.LowerIsAnomalous ? "≤" : "≥";
        return Seq(
                ("rows", Text.Whole(level.State.Rows)),
                ("anomalous", Text.Whole(level.State.Positives)),
                ("AUROC", Text.Rate(level.Roc.Map(roc => roc.Area))),
                ("AUPR", Text.Rate(level.PrecisionRecall.Map(curve => curve.Area))),
                ("average precision", Text.Rate(level.AveragePrecision.Map(result => result.Value)))
            )
            + level
                .Regions.ToSeq()
                .Bind(regions =>
                    Seq(
                        ("AUPRO, FPR up to " + Text.Exact(regions.FprLimit), Text.Rate(regions.Pro.Map(pro => pro.Area))),
                        ("regions", Text.Whole(regions.State.Regions))
                    )
                )
            + Seq(
                ("optimal F1", Text.Rate(level.OptimalF1.Map(result => result.F1))),
                (
                    $"threshold (anomalous: score {side} it)",
                    Text.Exact(level.Threshold) + (level.AtThreshold.IsDefault ? " (default)" : "")
                ),
                ("  true positives", Text.Whole(counts.TruePositives)),
                ("  false positives", Text.Whole(counts.FalsePositives)),
                ("  false negatives", Text.Whole(counts.FalseNegatives)),
                ("  true negatives", Text.Whole(counts.TrueNegatives)),
                ("  precision", Text.Rate(counts.Precision)),
                ("  recall", Text.Rate(counts.Recall)),
                ("smallest score", level.Range.Match(range => Text.Exact(range.Min), _ => Text.Undefined)),
                ("largest score", level.Range.Match(range => Text.Exact(range.Max), _ => Text.Undefined))
            );
    }

    /// <summary>One sentence for each reason why a number of this level is undefined.</summary>
    public static Seq<string> Reasons(LevelResult level) =>
        Seq(
                level.Roc.Map(_ => unit),
                level.PrecisionRecall.Map(_ => unit),
                level.AveragePrecision.Map(_ => unit),
                level.OptimalF1.Map(_ => unit),
                level.AtThreshold.Counts.Precision.Map(_ => unit),
                level.AtThreshold.Counts.Recall.Map(_ => unit),
                level.Range.Map(_ => unit)
            )
            .Concat(level.Regions.Map(regions => regions.Pro.Map(_ => unit)).ToSeq())
            .Bind(result => result.Match(_ => Seq<string>(), error => Seq1(error.Message)));
}
