using System.Collections.Immutable;
using FunctionalMetrics.Core;
using FunctionalMetrics.Statistics;
using LanguageExt;
using static System.FormattableString;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>A comparison as a page for people: what may be said first, then tables, curves over each other, and what was decided differently.</summary>
internal static class ComparisonReport
{
    /// <summary>So many that flip between two detectors are listed.</summary>
    private const int Listed = 50;

    /// <param name="compared">What was found.</param>
    /// <param name="pictures">The images that flip, and a sentence on them.</param>
    /// <param name="title">The page's title; null for one that names the detectors.</param>
    /// <param name="run">How the tool was called.</param>
    public static string Html(
        Compared compared,
        (ImmutableArray<ComparedPicture> Pictures, string About) pictures,
        string? title,
        ToolRun run
    )
    {
        var (result, units) = (compared.Result, compared.Unit.Many);
        return new ComparisonPage(
            title ?? string.Join(result.Models.Length == 2 ? " and " : ", ", result.Models),
            $"{Readable.Count(result.Units)} {units}, {Readable.Count(result.Anomalous)} of them anomalous, {result.Models.Length} detectors on the same {units}",
            ComparisonLead.Of(result, units),
            [.. Parts(compared, pictures)]
        )
        {
            Summary = [.. ComparisonLead.Summary(result, units)],
            Notes =
            [
                .. ComparisonText.Notes(result, false),
                .. result.Pairs.Any(pair => pair.Method == ComparedPair.McNemarMethod)
                    ? (string[])[]
                    : [$"Decisions are compared, and the {units} that flip are named, where a --threshold of each detector is given."],
            ],
            Details = [.. run.Details],
        }.Html;
    }

    private static IEnumerable<ComparisonPart> Parts(Compared compared, (ImmutableArray<ComparedPicture> Pictures, string About) pictures)
    {
        var result = compared.Result;
        var settings = result.Pairs[0].Rules.Settings;
        yield return new(compared.Unit.One == "image" ? "Image level" : "Scores")
        {
            Tables = Numbers(result, Levels.Image),
            Curves = [.. compared.Models.Select(model => new ComparedCurves(model.Name, model.Scores))],
        };
        if (result.Pairs.Any(pair => pair.Method == ComparedPair.McNemarMethod))
            yield return new("Decisions at the thresholds")
            {
                Tables = [Decisions(result, compared.Unit), .. result.Pairs.SelectMany(pair => Flips(pair, compared))],
                Pictures = pictures.Pictures,
                AboutPictures = pictures.About,
            };
        if (result.Pairs.Any(pair => pair.Level == Levels.Pixel))
            yield return new("Pixel level")
            {
                Tables = Numbers(result, Levels.Pixel),
                Curves =
                [
                    .. from model in compared.Models
                    from images in Optional(model.Images).AsEnumerable()
                    select new ComparedCurves(model.Name, images.Pixels.Rank) { Regions = images.Pixels, FprLimit = settings.FprLimit },
                ],
            };
    }

    /// <summary>The numbers of a level, as the command prints them; two detectors stand in the heading.</summary>
    private static ReportGrid[] Numbers(Comparison result, string level)
    {
        var cells = ComparisonText.Cells(result);
        var rows = cells[1..]
            .Zip(result.Pairs, (Cells, Pair) => (Cells, Pair))
            .Where(row => row.Pair.Level == level && row.Pair.Method != ComparedPair.McNemarMethod)
            .Select(row => (string[])[ComparisonLead.Named(row.Pair), .. row.Cells[1..]])
            .ToList();
        return rows.Count == 0 ? []
            : result.Models is [var a, var b]
                ?
                [
                    new(
                        $"Numbers of the {level} level",
                        [cells[0][0], a, b, .. cells[0][5..]],
                        [.. rows.Select(row => (string[])[row[0], .. row[3..]])]
                    )
                    {
                        About = $"a is {a}, b is {b}.",
                    },
                ]
            :
            [
                Values(result, level),
                new(
                    $"Differences at the {level} level",
                    [.. cells[0][..3], .. cells[0][5..]],
                    [.. rows.Select(row => (string[])[.. row[..3], .. row[5..]])]
                ),
            ];
    }

    /// <summary>The numbers of several detectors, a column for each.</summary>
    private static ReportGrid Values(Comparison result, string level) =>
        new(
            $"Numbers of the {level} level",
            ["number", .. result.Models],
            [
                .. from pair in result.Pairs
                where pair.Level == level && pair.Method != ComparedPair.McNemarMethod
                group pair by pair.Metric into pairs
                select (string[])
                    [
                        ComparisonLead.Named(pairs.First()),
                        .. result.Models.Select(name =>
                            pairs
                                .Where(pair => pair.A == name || pair.B == name)
                                .Select(pair => pair.A == name ? pair.ValueOfA : pair.ValueOfB)
                                .First()
                                .Match(Readable.Rate, _ => ComparisonText.Absent)
                        ),
                    ],
            ]
        );

    private static ReportGrid Decisions(Comparison result, (string One, string Many) unit)
    {
        var several = result.Models.Length > 2;
        return new(
            "Decisions at the thresholds",
            ["a and b", "a right", "b right", "only a right", "only b right", "p", .. several ? (string[])["p, Holm"] : [], "says"],
            [
                .. result
                    .Pairs.Where(pair => pair.Method == ComparedPair.McNemarMethod)
                    .Select(pair =>
                        (string[])
                            [
                                $"{pair.A} and {pair.B}",
                                Of(pair.ValueOfA),
                                Of(pair.ValueOfB),
                                Readable.Count(pair.Flipped.Count(flip => flip.Right == pair.A)),
                                Readable.Count(pair.Flipped.Count(flip => flip.Right == pair.B)),
                                pair.P.Match(ComparisonText.Chance, _ => ComparisonText.Absent),
                                .. several ? (string[])[pair.PHolm.Match(ComparisonText.Chance, () => ComparisonText.Absent)] : [],
                                pair.Verdict,
                            ]
                    ),
            ]
        )
        {
            About =
                $"{ComparisonLead.Capital(unit.Many)} of {Readable.Count(result.Units)} that each decides rightly at its own threshold; McNemar's exact test of those that only one decides rightly.",
        };

        string Of(Fin<double> share) =>
            share.Match(value => Readable.Count((long)Math.Round(value * result.Units)), _ => ComparisonText.Absent);
    }

    /// <summary>What two detectors decide differently; nothing where they decide all alike.</summary>
    private static IEnumerable<ReportGrid> Flips(ComparedPair pair, Compared compared)
    {
        if (pair.Flipped.IsEmpty)
            yield break;
        var models = compared.Models.Where(model => model.Name == pair.A || model.Name == pair.B).ToList();
        var images = models.ConvertAll(model => model.Images is { } kept ? ByName(kept) : []);
        var known = images.All(kept => kept.Count > 0);
        yield return new(
            $"{pair.A} and {pair.B}: {compared.Unit.Many} that flip",
            [
                compared.Unit.One,
                .. known ? (string[])["class", .. models.Select(model => $"score of {model.Name}")] : [],
                "decided rightly by",
            ],
            [
                .. pair
                    .Flipped.Take(Listed)
                    .Select(flip =>
                        (string[])
                            [
                                flip.Name,
                                .. known
                                    ? (string[])
                                        [
                                            images[0][flip.Name].IsAnomalous ? "anomalous" : "normal",
                                            .. models.Zip(images, (model, kept) => Score(model, kept[flip.Name])),
                                        ]
                                    : [],
                                flip.Right,
                            ]
                    ),
            ]
        )
        {
            About =
                $"{pair.A} and {pair.B} decide {Readable.Count(pair.Flipped.Length)} of {Readable.Count(compared.Result.Units)} {compared.Unit.Many} differently. "
                + (
                    pair.Flipped.Length > Listed
                        ? Invariant($"The first {Listed} of {Readable.Count(pair.Flipped.Length)} stand here; --json names all.")
                        : "All stand here."
                ),
        };
    }

    private static Dictionary<string, MarkedImage> ByName(ImageState images) =>
        MarkedImage.Of(images).ToDictionary(image => image.Name.IfNone(""));

    private static string Score(ComparedModel model, MarkedImage image) =>
        image.Score.Match(score => Readable.Score(model.Own(score)), () => ComparisonText.Absent);
}
