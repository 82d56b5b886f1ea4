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
        if (levels.Exists(level => !level.Numbers.IsDefault))
            Console.Out.WriteLine("The threshold was chosen on the data it is judged by, so what it reaches here is optimistic.");
    }

    public static Seq<(string Name, string Value)> Numbers(LevelResult level, Settings settings)
    {
        var counts = level.Numbers.Counts;
        var side = settings.LowerIsAnomalous ? "≤" : "≥";
        return Seq(
                ("rows", Text.Whole(level.Numbers.Rows)),
                ("anomalous", Text.Whole(level.Numbers.Positives)),
                ("AUROC", Text.Rate(level.Numbers.Auroc)),
                ("AUPR", Text.Rate(level.Numbers.Aupr)),
                ("average precision", Text.Rate(level.Numbers.AveragePrecision))
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
                ("optimal F1", Text.Rate(level.Numbers.OptimalF1)),
                ($"threshold (anomalous: score {side} it)", Text.Exact(level.Threshold) + (level.Numbers.IsDefault ? " (default)" : "")),
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
                level.Numbers.Auroc.Map(_ => unit),
                level.Numbers.Aupr.Map(_ => unit),
                level.Numbers.AveragePrecision.Map(_ => unit),
                level.Numbers.OptimalF1.Map(_ => unit),
                level.Numbers.Counts.Precision.Map(_ => unit),
                level.Numbers.Counts.Recall.Map(_ => unit),
                level.Range.Map(_ => unit)
            )
            .Concat(level.Regions.Map(regions => regions.Aupro.Map(_ => unit)).ToSeq())
            .Bind(result => result.Match(_ => Seq<string>(), error => Seq1(error.Message)));
}
