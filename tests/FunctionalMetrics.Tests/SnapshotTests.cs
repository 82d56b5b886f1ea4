using System.Globalization;
using System.Text.RegularExpressions;
using FunctionalMetrics.Core;
using Newtonsoft.Json.Linq;
using Plotly.NET;

namespace FunctionalMetrics.Tests;

/// <summary>
/// Every chart and every part of a page, as text: titles, labels, hover texts, colours, numbers. After a change that was meant:
/// <c>ACCEPT_SNAPSHOTS=1 dotnet test tests/FunctionalMetrics.Tests</c>, and read the diff.
/// </summary>
public sealed partial class SnapshotTests
{
    /// <summary>A metric of each kind of chart.</summary>
    private static readonly Type[] Kinds =
    [
        typeof(AdaptiveThresholdMetric),
        typeof(AnomalyScoreDistributionMetric),
        typeof(AuSproMetric),
        typeof(AupimoMetric),
        typeof(AuprMetric),
        typeof(AuprInMetric),
        typeof(AuproMetric),
        typeof(AurocMetric),
        typeof(BoundedAurocMetric),
        typeof(MinMaxMetric),
        typeof(OptimalF1Metric),
        typeof(RatesAtThresholdMetric),
    ];

    private static readonly Lazy<IReadOnlyList<(string Name, string Text)>> Figures = new(() =>
        [
            .. Kinds.Select(kind => ($"{kind.Name}.json", Json(Gallery.Seen(kind).Figure().Chart))),
            .. Gallery
                .Figures.Skip(Gallery.Metrics.Count())
                .Select((figure, at) => (Invariant($"{at} {Named().Replace(figure.Title, "-")}.json"), Json(figure.Chart))),
            ("curves with a band.json", Json(Charts.Roc(Samples.Value(Auroc.Metric.Compute(Few)), false, Band))),
            ("default threshold.json", Json(Charts.F1(Samples.Value(AdaptiveThreshold.WithDefault(0.5).Compute(RankState.Empty))))),
            ("low scores.json", Json(Charts.F1(Samples.Value(AdaptiveThreshold.Metric.Compute(Few)), negated: true))),
            ("few scores.json", Json(Charts.ScoreHistogram(Few))),
            ("one score.json", Json(Charts.ScoreHistogram(Samples.Constant(2.5), 2.5))),
            (
                "zero and less.json",
                Json(Charts.ScoreHistogram(RankState.Of(Samples.Batch([-1, 0, 0, 2], [false, false, true, true])), 0, true))
            ),
        ]
    );

    private static RankState Few => RankState.Of(Samples.Batch([1, 2, 2, 3, 4, 4.5, 6], [false, false, true, false, true, false, true]));

    private static CurveBand Band => new(Levels.Image, "roc", 0.9, [(0, new(0, 0.25)), (0.5, new(0.25, 0.875)), (1, new(1, 1))]);

    public static TheoryData<string> Pages => ["rows", "images", "pixels", "lower", "empty", "bounded", "comparison"];

    [Fact]
    public void Charts_are_those_of_their_snapshots()
    {
        foreach (var (name, text) in Figures.Value)
            Same(name, text);
    }

    [Theory, MemberData(nameof(Pages))]
    public void Pages_are_those_of_their_snapshots(string name) =>
        Same(
            $"{name}.html",
            Numbers()
                .Replace(
                    new[] { Assets.Plotly, Assets.Style, Assets.Script }.Aggregate(
                        Page(name),
                        (page, asset) => page.Replace(asset, "", StringComparison.Ordinal)
                    ),
                    match => Short([.. match.Value[1..^1].Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))])
                )
                .Replace("><", ">\n<", StringComparison.Ordinal)
        );

    private static string Page(string name)
    {
        var images = Samples.Folders(9, "cut/", "hole/", "good/");
        var sure = new Dictionary<string, Interval> { ["auroc"] = new(0.5, 0.75), ["at_threshold.recall"] = new(0.25, 1) };
        return name switch
        {
            "rows" => Report.Html(
                new(
                    "rows",
                    "7 rows",
                    [
                        ReportLevel.OfScores(Few, new(Threshold: 3)) with
                        {
                            Intervals = sure,
                            Bands = [Band],
                            ThresholdRule = "by max-fpr 0.01 on other data",
                        },
                    ]
                )
                {
                    Detector = "PaDiM",
                    Notes = ["a note"],
                    Details = [("version", "1")],
                }
            ),
            "images" => Report.Html(new("images", "9 images", [ReportLevel.OfImages(images.Scores) with { Images = images }])),
            "pixels" => Report.Html(
                new(
                    "pixels",
                    "9 images",
                    ReportLevel.Of(
                        new EvaluationState.Exact(images.Scores, images.Pixels, false) { Kept = images },
                        new(Threshold: 4, PixelThreshold: 3.5)
                    )
                )
            ),
            "lower" => Report.Html(new("lower", "", [ReportLevel.OfScores(Few, new(LowerIsAnomalous: true, Threshold: -3))])),
            "empty" => Report.Html(
                new("empty", "nothing", [ReportLevel.OfScores(RankState.Empty), ReportLevel.OfScores(Samples.Constant(1))])
            ),
            "bounded" => Report.Html(
                new("bounded", "", ReportLevel.Of([LevelNumbers.Of(BoundedRankState.StateAt(8).Of(Samples.Rows(40, 9)), new())]))
            ),
            _ => new ComparisonPage(
                "A against B",
                "7 rows",
                "A is not told from B.",
                [
                    new("Image level")
                    {
                        About = "what it is",
                        Tables =
                        [
                            new(
                                "numbers",
                                ["metric", "A", "B"],
                                [
                                    ["AUROC", "0.5", "0.6"],
                                ]
                            ),
                        ],
                        Curves = [new("A", Few), new("B", Samples.Ranks(5, 4))],
                    },
                    new("Pixel level") { Curves = [new("A", images.Pixels.Rank) { Regions = images.Pixels, FprLimit = 0.2 }] },
                ]
            )
            {
                Summary = [("Detector", "A")],
                Notes = ["a note"],
                Details = [("version", "1")],
            }.Html,
        };
    }

    /// <summary>The chart with its long lines of numbers shortened to both ends and their sum.</summary>
    private static string Json(GenericChart chart)
    {
        var figure = JObject.Parse(GenericChart.toFigureJson(chart));
        foreach (var array in figure.Descendants().OfType<JArray>().Where(array => array.Count > 24).ToList())
            array.Replace(
                array.All(item => item.Type is JTokenType.Float or JTokenType.Integer)
                    ? Short([.. array.Select(item => item.Value<double>())])
                    : $"{array.Count} items from {array.First} to {array.Last}"
            );
        return figure.ToString();
    }

    private static string Short(double[] numbers) =>
        numbers.Length <= 24
            ? $"[{string.Join(',', numbers.Select(Readable.Exact))}]"
            : Invariant(
                $"{numbers.Length} numbers from {string.Join(", ", numbers.Take(4).Select(Readable.Exact))} to {Readable.Exact(numbers[^1])}, sum {numbers.Sum():G12}"
            );

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static void Same(string name, string text) =>
        Snapshot.Same(Repository.Path("tests", "FunctionalMetrics.Tests", "Snapshots", name), text);

    [GeneratedRegex(@"\[-?\d[\d.eE+-]*(?:,-?\d[\d.eE+-]*){24,}\]")]
    private static partial Regex Numbers();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Named();
}
