using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>What a reader has to know to read the numbers right.</summary>
internal static class ReportNotes
{
    private const string Optimistic =
        "The adaptive threshold and the optimal F1 were chosen on the very data they are judged by, so they are optimistic: expect less on "
        + "new data. For a threshold to use, choose it on other data and count again.";

    private const string Undefined =
        "An undefined metric has no value, because its formula needs rows that these data do not have; it is neither 0 nor an error of the "
        + "detector. Its reason stands in its place.";

    private const string Exact =
        "Numbers are exact and rounded only to be shown: the full value appears when the pointer rests on one. Only the drawn curves are "
        + "thinned, by less than a pixel.";

    private const string Chance =
        "Chance is what a detector that knows nothing would draw. The area under the precision-recall curve has to be compared with its "
        + "chance line, which is the share of anomalous rows; AUPR joins the points by straight lines and average precision by steps.";

    private const string Regions =
        "Per-region overlap gives each connected anomalous region the same weight, however large it is. AUPRO is the area under its curve up "
        + "to the limit of the false positive rate, divided by that limit.";

    private const string Turned = "Low scores are the anomalous ones here: a score of at most the threshold is called anomalous.";

    public static IEnumerable<string> Of(ReportPage page)
    {
        if (page.Levels.Any(level => level.Settings.LowerIsAnomalous))
            yield return Turned;
        yield return Optimistic;
        yield return Chance;
        if (page.Levels.Any(level => level.Numbers.Level == LevelNumbers.Pixel))
            yield return Regions;
        yield return Undefined;
        if (page.Levels.Any(level => level.State is not null))
            yield return Exact;
    }
}
