using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>The numbers of an evaluation as named rows, one column for each level; the table on standard output and the report's are made of it.</summary>
internal static class EvaluationTable
{
    /// <summary>Prints the table, and below it why a number is undefined.</summary>
    public static void Write(Seq<LevelResult> levels, Settings settings)
    {
        ResultTable.Write(levels.Map(level => (level.Name, Numbers(level, settings))));
        levels.Bind(level => Reasons(level).Map(reason => $"{level.Name}: {reason}")).Iter(line => Console.Out.WriteLine(line));
        if (levels.Exists(level => !level.IsDefault))
            Console.Out.WriteLine("The threshold was chosen on the data it is judged by, so what it reaches here is optimistic.");
    }

    public static Seq<(string Name, string Value)> Numbers(LevelResult level, Settings settings)
    {
        var counts = level.Counts;
        var side = settings.LowerIsAnomalous ? "≤" : "≥";
        return Seq(
                ("rows", Text.Whole(level.Rows)),
                ("anomalous", Text.Whole(level.Positives)),
                ("AUROC", Text.Rate(level.Auroc)),
                ("AUPR", Text.Rate(level.Aupr)),
                ("average precision", Text.Rate(level.AveragePrecision))
            )
            + level
                .Regions.ToSeq()
                .Bind(regions =>
                    Seq(
                        ("AUPRO, FPR up to " + Text.Exact(regions.FprLimit), Text.Rate(regions.Aupro)),
                        ("regions", Text.Whole(regions.Regions))
                    )
                )
            + Seq(
                ("optimal F1", Text.Rate(level.OptimalF1)),
                ($"threshold (anomalous: score {side} it)", Text.Exact(level.Threshold) + (level.IsDefault ? " (default)" : "")),
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
                level.Auroc.Map(_ => unit),
                level.Aupr.Map(_ => unit),
                level.AveragePrecision.Map(_ => unit),
                level.OptimalF1.Map(_ => unit),
                level.Counts.Precision.Map(_ => unit),
                level.Counts.Recall.Map(_ => unit),
                level.Range.Map(_ => unit)
            )
            .Concat(level.Regions.Map(regions => regions.Aupro.Map(_ => unit)).ToSeq())
            .Bind(result => result.Match(_ => Seq<string>(), error => Seq1(error.Message)));
}
