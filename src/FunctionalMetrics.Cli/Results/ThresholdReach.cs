using System.Text.Json.Nodes;
using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>
/// What a threshold reaches on the independent images or rows that it was chosen on, with intervals: the shares, and of a conformal one the rate at which it
/// flags new normal ones. There is none of pixels.
/// </summary>
internal sealed class ThresholdReach
{
    private readonly bool isOfPixels;
    private readonly Seq<(string Title, string Key, Proportion Share)> shares;

    public ThresholdReach(Threshold threshold)
    {
        isOfPixels = threshold.Level == Levels.Pixel;
        var (counts, positives, negatives) = (threshold.Counts, threshold.Positives, threshold.Rows - threshold.Positives);
        shares = Seq(
                ("recall", "recall", new Proportion(counts.TruePositives, positives)),
                ("false positive rate", "fpr", new Proportion(counts.FalsePositives, negatives)),
                // Of normal rows alone it would be 0 whatever the threshold.
                (
                    "precision",
                    "precision",
                    new Proportion(counts.TruePositives, positives > 0 ? counts.TruePositives + counts.FalsePositives : 0)
                )
            )
            .Filter(share => share.Item3.Whole > 0);
        Conformal = threshold.Rule is { IsOfRowsOnly: true, Parameters: [("alpha", var alpha)] }
            ? ConformalRates
                .Between(negatives, alpha)
                .ToOption()
                .Map(rate => (NormalScoreRules.ConformalRank(negatives, alpha).ThrowIfFail(), rate))
            : None;
    }

    /// <summary>The rank of the normal score that is the threshold, and where the rate of new normal rows lies, 9 times in 10.</summary>
    public Option<(long Rank, Interval Rate)> Conformal { get; }

    /// <summary>The heads of the columns of intervals.</summary>
    public string[] Heading => isOfPixels ? [] : ["Wilson's 95% interval", "Clopper and Pearson's"];

    /// <summary>A row of a table for each share that there is.</summary>
    public Seq<string[]> Rows =>
        shares.Map(share =>
            (string[])
                [
                    "  " + share.Title,
                    $"{Readable.Rate(share.Share.Share.ThrowIfFail())} ({Readable.Count(share.Share.Part)} of {Readable.Count(share.Share.Whole)})",
                    .. isOfPixels ? [] : (string[])[Readable.Rate(Wilson(share.Share)), Readable.Rate(Exact(share.Share))],
                ]
        );

    /// <summary>The same as JSON; null of pixels.</summary>
    public JsonObject? Json
    {
        get
        {
            if (isOfPixels)
                return null;
            var json = new JsonObject(
                shares.Map(share =>
                    KeyValuePair.Create(
                        share.Key,
                        (JsonNode?)
                            new JsonObject
                            {
                                ["value"] = share.Share.Share.ThrowIfFail(),
                                ["wilson"] = Ends(Wilson(share.Share)),
                                ["clopper_pearson"] = Ends(Exact(share.Share)),
                            }
                    )
                )
            );
            Conformal.Iter(found => json["new_normal_rate"] = new JsonObject { ["rank"] = found.Rank, ["nine_in_ten"] = Ends(found.Rate) });
            return json;
        }
    }

    private static Interval Wilson(Proportion share) => share.Wilson.Map(ends => new Interval(ends.Lower, ends.Upper)).ThrowIfFail();

    private static Interval Exact(Proportion share) => share.ClopperPearson().ThrowIfFail();

    private static JsonObject Ends(Interval ends) => new() { ["lower"] = ends.Lower, ["upper"] = ends.Upper };
}
