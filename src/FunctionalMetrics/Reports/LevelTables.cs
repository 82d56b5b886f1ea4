using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics;

/// <summary>The numbers of a level in three tables: of the ranking, at the threshold, and of the data.</summary>
internal static class LevelTables
{
    public static Seq<ReportTable> Of(ReportLevel level) => Seq(Ranking(level), AtThreshold(level), Data(level));

    private static ReportTable Ranking(ReportLevel level) =>
        new(
            "Ranking",
            Seq(
                ReportRow.Rate("AUROC", level.Roc.Map(roc => roc.Area)),
                ReportRow.Rate("AUPR", level.PrecisionRecall.Map(curve => curve.Area)),
                ReportRow.Rate("Average precision", level.AveragePrecision)
            )
                + level.Pro.Map(pro => ReportRow.Rate(UpTo(level.FprLimit), pro.Map(curve => curve.Area))).ToSeq()
                + Seq1(ReportRow.Rate("Optimal F1", level.OptimalF1.Map(result => result.F1)))
        );

    private static ReportTable AtThreshold(ReportLevel level)
    {
        var counts = level.Threshold.Map(result => result.Counts);
        return new(
            "At the adaptive threshold",
            Seq(
                ReportRow.Score(
                    level.Threshold.Exists(result => result.IsDefault) ? "Default threshold" : "Threshold",
                    level.Threshold.Map(result => level.Own(result.Threshold))
                ),
                ReportRow.Rate("Precision", counts.Bind(at => at.Precision)),
                ReportRow.Rate("Recall", counts.Bind(at => at.Recall)),
                ReportRow.Count("True positives", counts.Map(at => at.TruePositives)),
                ReportRow.Count("False positives", counts.Map(at => at.FalsePositives)),
                ReportRow.Count("False negatives", counts.Map(at => at.FalseNegatives)),
                ReportRow.Count("True negatives", counts.Map(at => at.TrueNegatives))
            )
        );
    }

    private static ReportTable Data(ReportLevel level)
    {
        var range = MinMax.Metric.Compute(level.State.Extrema).Map(ranked => (A: level.Own(ranked.Min), B: level.Own(ranked.Max)));
        return new(
            "Data",
            Seq(
                ReportRow.Count($"All {level.Rows}", level.State.Rows),
                ReportRow.Count($"Anomalous {level.Rows}", level.State.Positives),
                ReportRow.Count($"Normal {level.Rows}", level.State.Negatives)
            )
                + level.Regions.Map(regions => ReportRow.Count("Anomalous regions", regions.Regions)).ToSeq()
                + Seq(
                    ReportRow.Score("Lowest score", range.Map(scores => Math.Min(scores.A, scores.B))),
                    ReportRow.Score("Highest score", range.Map(scores => Math.Max(scores.A, scores.B)))
                )
        );
    }

    private static string UpTo(double limit) => FormattableString.Invariant($"AUPRO up to FPR {limit}");
}

/// <summary>A table of named numbers.</summary>
internal sealed record ReportTable(string Title, Seq<ReportRow> Rows);

/// <summary>A number with its name: for reading and exactly, or why there is none.</summary>
internal sealed record ReportRow(string Name, Fin<(string Text, string Exact)> Value)
{
    public static ReportRow Rate(string name, Fin<double> value) =>
        new(name, value.Map(rate => (Readable.Rate(rate), Readable.Exact(rate))));

    public static ReportRow Score(string name, Fin<double> value) =>
        new(name, value.Map(score => (Readable.Score(score), Readable.Exact(score))));

    public static ReportRow Count(string name, Fin<long> value) => new(name, value.Map(count => (Readable.Count(count), $"{count}")));
}
