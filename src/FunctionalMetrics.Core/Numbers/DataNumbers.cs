using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>How much data a level has.</summary>
public static class DataNumbers
{
    /// <summary>P + N, how many rows there are.</summary>
    public static EvaluationNumber Rows { get; } = Count("rows", "rows", 10, ranking => Some(ranking.Rows));

    /// <summary>P, how many rows are anomalous.</summary>
    public static EvaluationNumber Positives { get; } = Count("positives", "anomalous", 20, ranking => Some(ranking.Positives));

    /// <summary>R, how many regions of anomalous pixels there are.</summary>
    public static EvaluationNumber Regions { get; } = Count("regions", "regions", 420, ranking => ranking.Regions);

    private static EvaluationNumber Count(string key, string title, int order, Func<Ranking, Option<long>> count) =>
        EvaluationNumber.Of(
            key,
            NumberKind.Count,
            _ => title,
            order,
            (ranking, _) => count(ranking).Map(rows => Fin<Interval>.Succ(Interval.Known(rows)))
        );
}
