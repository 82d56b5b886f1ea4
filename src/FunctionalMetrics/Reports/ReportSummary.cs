using System.Globalization;
using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics;

/// <summary>What a person acts on: what the detector finds at its thresholds, what it lets pass, and how sure that is.</summary>
internal static class ReportSummary
{
    /// <summary>Of fewer rows of a class a rate says little.</summary>
    private const int Few = 10;

    /// <summary>One line for those who read no more.</summary>
    public static string Lead(ReportPage page) =>
        page.Levels is [var level, ..]
            ? Counts(level)
                .Match(
                    counts =>
                    {
                        var (positives, negatives) = Classes(counts);
                        var found =
                            positives == 0
                                ? $"No {level.Row.One} is anomalous"
                                : $"Finds {Readable.Count(counts.TruePositives)} of {Plural(positives, "anomalous ", level.Row)} and lets {(counts.FalseNegatives == 0 ? "none" : Readable.Count(counts.FalseNegatives))} pass";
                        return negatives == 0
                            ? $"{found}; no {level.Row.One} is normal."
                            : $"{found}; calls {Readable.Count(counts.FalsePositives)} of {Plural(negatives, "normal ", level.Row)} anomalous.";
                    },
                    () => ""
                )
            : "";

    /// <summary>The same with its numbers, each as what it is of and a sentence.</summary>
    public static IEnumerable<(string Name, string Text)> Of(ReportPage page)
    {
        if (page.Detector is { } detector)
            yield return ("Detector", detector);
        if (page.Levels is not [var level, ..])
            yield break;
        foreach (var area in level.Numbers.Find("auroc").ToSeq())
            yield return (
                level.Row.One == "image" ? "Image AUROC" : "AUROC",
                area.Match(
                    value =>
                        (value.Lower.Equals(value.Upper) ? Readable.Rate(value.Lower) : Readable.Rate(value))
                        + (
                            level.Intervals.TryGetValue("auroc", out var sure)
                                ? $" ({Readable.Rate(sure.Lower)} to {Readable.Rate(sure.Upper)})"
                                : ""
                        ),
                    why => why.Message + "."
                )
            );
        yield return ("Threshold", Threshold(level));
        foreach (var counts in Counts(level).ToSeq())
        {
            var (positives, negatives) = Classes(counts);
            if (positives > 0)
                yield return (
                    "Found",
                    $"{Share(counts.TruePositives, positives)} of the anomalous {level.Row.Many}; {Readable.Count(counts.FalseNegatives)} of {Readable.Count(positives)} pass."
                );
            if (negatives > 0)
                yield return (
                    "False alarms",
                    $"{Share(counts.FalsePositives, negatives)} of the normal {level.Row.Many}: {Readable.Count(counts.FalsePositives)} of {Readable.Count(negatives)}."
                );
        }
        if (page.Levels.FirstOrDefault(other => other.Numbers.Level == LevelNumbers.Pixel) is { } pixel)
            yield return ("Defects", Defects(pixel));
        yield return ("How sure", string.Join(' ', Doubts(level)));
    }

    /// <summary>tp, fp, fn and tn at the threshold that the page is opened at; none where they are known as intervals alone.</summary>
    private static Option<Core.ConfusionMatrix> Counts(ReportLevel level)
    {
        if (level.State is { } state)
            return state.At(level.Start);
        var place = level.Given is null ? "at_threshold." : "at_given_threshold.";
        return from tp in Count("tp")
            from fp in Count("fp")
            from fn in Count("fn")
            from tn in Count("tn")
            select new Core.ConfusionMatrix(tp, fp, fn, tn);

        Option<long> Count(string key) =>
            level
                .Numbers.Find(place + key)
                .Bind(found => found.ToOption())
                .Bind(found => found.Lower.Equals(found.Upper) ? Some((long)found.Lower) : None);
    }

    private static string Threshold(ReportLevel level)
    {
        var adaptive = level.Numbers.Find("adaptive_threshold").Bind(found => found.ToOption());
        var (value, rule) =
            level.Given is { } given ? (Readable.Exact(given), level.ThresholdRule ?? "as given")
            : IsDefault(level) ? (Readable.Exact(level.Settings.DefaultThreshold), "the default, as no row is anomalous")
            : (adaptive.Match(Readable.Exact, () => "unknown"), "that of the largest F1 on these very data");
        return $"{value}, {rule}; a score {(level.Settings.LowerIsAnomalous ? "≤" : "≥")} it is called anomalous.";
    }

    private static bool IsDefault(ReportLevel level) =>
        level.Numbers.Find("positives").Bind(found => found.ToOption()).Exists(rows => rows.Upper == 0);

    private static string Defects(ReportLevel pixel)
    {
        if (pixel.Images is not { } images)
            return "Regions were not kept one by one.";
        var regions = MarkedImage.Of(images).SelectMany(image => image.Regions).ToList();
        var found = regions.Count(highest => highest >= pixel.Start);
        return regions.Count == 0
            ? "No region is anomalous."
            : $"{Readable.Count(found)} of {Plural(regions.Count, "", ("region", "regions"))} found, by half of its pixels or more, at the pixel threshold {Readable.Exact(pixel.Settings.Own(pixel.Start))}; {Readable.Count(regions.Count - found)} missed.";
    }

    private static IEnumerable<string> Doubts(ReportLevel level)
    {
        if (level.Given is null && !IsDefault(level))
            yield return "The threshold was chosen on these very data: expect less on new data.";
        yield return $"In brackets after a share: where the true one lies in 95 of 100 such samples (Wilson), each {level.Row.One} taken as independent.";
        if (level.Given is null && level.Intervals.ContainsKey("at_threshold.recall"))
            yield return "Below, precision and recall have intervals for which each draw of the data chooses its threshold anew; here it stays.";
        foreach (var counts in Counts(level).ToSeq())
        foreach (var (rows, name) in new[] { (Classes(counts).Positives, "anomalous "), (Classes(counts).Negatives, "normal ") })
            if (rows < Few)
                yield return $"There {(rows == 1 ? "is" : "are")} only {Plural(rows, name, level.Row)}: too few to be sure.";
    }

    private static (long Positives, long Negatives) Classes(Core.ConfusionMatrix counts) =>
        (counts.TruePositives + counts.FalseNegatives, counts.FalsePositives + counts.TrueNegatives);

    /// <summary>A share with Wilson's interval.</summary>
    private static string Share(long part, long whole)
    {
        var share = new Proportion(part, whole);
        var (lower, upper) = share.Wilson.IfFail((0, 1));
        return $"{Percent(share.Share.IfFail(0))} ({Percent(lower)} to {Percent(upper)})";
    }

    /// <summary>A share in percent, of which only all is 100 and only nothing 0.</summary>
    private static string Percent(double share)
    {
        var shown = Math.Round(share * 100, 1);
        return (
                share < 1 && shown >= 100 ? 99.9
                : share > 0 && shown <= 0 ? 0.1
                : shown
            ).ToString("0.0", CultureInfo.InvariantCulture) + "%";
    }

    private static string Plural(long count, string kind, (string One, string Many) row) =>
        $"{Readable.Count(count)} {kind}{(count == 1 ? row.One : row.Many)}";
}
