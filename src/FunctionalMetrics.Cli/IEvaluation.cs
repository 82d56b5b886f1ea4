using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using FunctionalMetrics.IO;
using LanguageExt;

namespace FunctionalMetrics.Cli;

/// <summary>The numbers of an evaluation, exact or as intervals, in every form that they are written in.</summary>
internal interface IEvaluation
{
    /// <summary>A word on the direction of the scores, when they rank worse than chance.</summary>
    Option<string> Hint { get; }

    JsonObject ToJson();

    /// <summary>Prints the table, and below it what must be said of it.</summary>
    void WriteTable();

    /// <summary>The page of a report.</summary>
    /// <param name="name">The data's name.</param>
    string Html(string name);
}

/// <summary>From what was kept of the data to its numbers.</summary>
internal static class Evaluations
{
    public static IEvaluation Of(IEvaluationState seen, Settings settings) =>
        seen is BoundedEvaluationState bounded ? BoundedEvaluation.Of(bounded, settings) : Evaluation.Of((EvaluationState)seen, settings);

    /// <summary>The heading of a level in a report of tables.</summary>
    public static string Title(string level, bool hasMaps) =>
        level == "pixel" ? "Pixel level"
        : hasMaps ? "Image level"
        : "Scores";

    /// <summary>How much was judged, in a report of tables.</summary>
    public static string Size(long rows, long positives, bool hasMaps) =>
        FormattableString.Invariant($"{rows:N0} {(hasMaps ? "images" : "rows")}, {positives:N0} of them anomalous");

    /// <summary>What to try when a level's AUROC is certainly below one half.</summary>
    public static Option<string> Hint(IEnumerable<(string Level, Fin<double> Auroc)> levels, bool lowerIsAnomalous) =>
        levels
            .Where(level => level.Auroc.Exists(area => area < 0.5))
            .HeadOrNone()
            .Map(level =>
                FormattableString.Invariant($"hint: {level.Level} AUROC is {level.Auroc.IfFail(0):0.####}, below 0.5: ")
                + (
                    lowerIsAnomalous
                        ? "perhaps high scores are the anomalous ones; evaluate without --lower-is-anomalous"
                        : "perhaps low scores are the anomalous ones; evaluate with --lower-is-anomalous"
                )
            );
}
