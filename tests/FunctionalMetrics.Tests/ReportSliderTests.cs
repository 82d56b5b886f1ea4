using System.Globalization;
using Deque.AxeCore.Commons;
using FunctionalMetrics.Core;
using Newtonsoft.Json.Linq;

namespace FunctionalMetrics.Tests;

/// <summary>The thresholds of a report as a browser moves them, beside the library's own numbers there; and the page for those who do not see it.</summary>
public sealed class ReportSliderTests
{
    private const string Evil = "<img src=x onerror=alert(1)>.npy";

    private static readonly ImageState Images = Samples.Folders(30, $"cut/{Evil}", "hole/a", "good/b");

    private static readonly ReportPage Page = new(
        "brick",
        "30 images",
        ReportLevel.Of(new EvaluationState.Exact(Images.Scores, Images.Pixels) { Kept = Images })
    )
    {
        Detector = Evil,
        NoPictures = Evil,
        Galleries =
        [
            new(
                "Worst misses",
                Evil,
                [.. MarkedImage.Of(Images).Take(24).Select(image => new ReportPicture(image.Name.IfNone(""), Evil, Evil, Pixel))]
            ),
        ],
    };

    /// <summary>A JPEG of one pixel.</summary>
    private static byte[] Pixel =>
        Convert.FromBase64String(
            "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="
        );

    [SkippableFact, Trait("Category", "Slow")]
    public void Wherever_a_threshold_is_moved_the_page_shows_the_librarys_numbers()
    {
        Skip.IfNot(Browser.IsHere, "needs Chromium: apt-get install chromium");
        var random = new Random(22);
        var moves = (
            from level in Enumerable.Range(0, 2)
            let stops = level == 0
                ? ThresholdStop.Of(Images.Scores, Page.Levels[0].Start)
                : ThresholdStop.Of(Images.Pixels, Page.Levels[1].Start)
            from stop in Enumerable.Range(0, 20)
            select (Level: level, Stop: random.Next(stops.Length), Stops: stops)
        ).ToList();
        var script = $$"""
            errors => {
              if ([...document.querySelectorAll(".chart")].some(chart => !chart.data)) return null;
              return { errors, injected: document.querySelectorAll("img[src=x]").length, focus: [...document.querySelectorAll("input")].map(i => i.tabIndex),
              said: {{new JArray(moves.Select(move => new JArray(move.Level, move.Stop)))}}.map(([level, stop]) => {
                const slider = document.getElementById(`stop-${level}`);
                slider.value = stop;
                slider.dispatchEvent(new Event("input"));
                const chart = name => document.getElementById(`level-${level + 1}-${name}`);
                const point = name => { const mark = chart(name)?.data.at(-1); return mark ? [mark.x[0], mark.y[0]] : null; };
                return {
                  spoken: slider.getAttribute("aria-valuetext"),
                  live: Object.fromEntries([...document.querySelectorAll(`[data-live^="${level}."]`)].map(place => [place.dataset.live.slice(2), place.textContent])),
                  folders: [...document.querySelectorAll(`[data-folder^="${level}."]`)].map(place => place.textContent),
                  passed: document.querySelector(`[data-list="${level}.passed"]`).textContent,
                  called: document.querySelector(`[data-list="${level}.called"]`).textContent,
                  pictures: [...document.querySelectorAll("[data-image]")].filter(p => p.classList.contains("called")).map(p => p.dataset.image),
                  roc: point("roc"), pr: point("precision-recall"), pro: point("pro"), f1: point("f1"), line: chart("scores").layout.shapes.at(-1).x0,
                };
              }) };
            }
            """;
        var view = JArray.Parse(Browser.Ask(Report.Html(Page), script, [1280])).Single();
        Assert.Empty(view["errors"]!);
        Assert.Equal(0, view["injected"]!.Value<int>());
        Assert.Equal([0, 0], view["focus"]!.Values<int>());
        var said = view["said"]!.ToList();
        Assert.Equal(40, said.Count);
        for (var i = 0; i < said.Count; i++)
            Check(moves[i].Level, moves[i].Stops[moves[i].Stop].Threshold, said[i]);
    }

    private static void Check(int level, double threshold, JToken said)
    {
        var (pixels, marked) = (level == 1, MarkedImage.Of(Images));
        var table = ImageTable.Of(Images, threshold).ThrowIfFail();
        var counts = (pixels ? Images.Pixels.Rank : Images.Scores).At(threshold);
        var expected = new Dictionary<string, string>
        {
            ["threshold"] = threshold.ToString("R", CultureInfo.InvariantCulture),
            ["tp"] = Readable.Count(counts.TruePositives),
            ["fp"] = Readable.Count(counts.FalsePositives),
            ["fn"] = Readable.Count(counts.FalseNegatives),
            ["tn"] = Readable.Count(counts.TrueNegatives),
            ["recall"] = Shown(counts.Recall),
            ["fpr"] = Shown(counts.FalsePositiveRate),
            ["precision"] = Shown(counts.Precision),
            ["f1"] = Shown(counts.F1),
        };
        var pro = table.Regions.Average(region => region.ShareFound);
        if (pixels)
            expected["pro"] = Readable.Rate(pro);
        Assert.Equal(expected, said["live"]!.ToObject<Dictionary<string, string>>());
        Assert.Equal(expected["threshold"], said["spoken"]!.Value<string>());

        var (tpr, fpr, f1) = (Value(counts.Recall), Value(counts.FalsePositiveRate), Value(counts.F1));
        Assert.Equal([fpr, tpr], said["roc"]!.Values<double>());
        Assert.Equal([tpr, counts.Precision.Match(value => (double?)value, _ => null)], said["pr"]!.Values<double?>());
        Assert.Equal([threshold, f1], said["f1"]!.Values<double>());
        Assert.Equal(threshold, said["line"]!.Value<double>());
        if (pixels)
            Assert.Equal([fpr, pro], said["pro"]!.Values<double>().Select(value => Math.Round(value, 14)).Zip([fpr, pro], Near));

        string[] folders = [$"cut", "hole"];
        Assert.Equal(folders.SelectMany(Found), said["folders"]!.Values<string>());
        bool IsMarked(int image) =>
            pixels
                ? table.Images[image].Counts is var own && own.TruePositives + own.FalsePositives > 0
                : table.Images[image].Score.Exists(score => score >= threshold);
        Assert.Equal(List(true, false), said["passed"]!.Value<string>());
        Assert.Equal(List(false, true), said["called"]!.Value<string>());
        if (!pixels)
            Assert.Equal(
                marked.Take(24).Where((_, image) => IsMarked(image)).Select(image => image.Name.IfNone("")),
                said["pictures"]!.Values<string>()
            );

        IEnumerable<string> Found(string folder)
        {
            var names = table
                .Images.Where(row => row.IsAnomalous && row.Name.IfNone("").StartsWith(folder + "/", StringComparison.Ordinal))
                .ToList();
            var (found, all) = pixels
                ? (names.Sum(row => row.RegionsFound), names.Sum(row => row.Regions))
                : (names.Count(row => row.Score.Exists(score => score >= threshold)), names.Count);
            return [$"{found} of {all}", Readable.Rate(found / (double)all)];
        }

        string List(bool anomalous, bool called)
        {
            var names = table
                .Images.Where((row, image) => row.IsAnomalous == anomalous && IsMarked(image) == called)
                .Select(row => row.Name.IfNone(""))
                .ToList();
            return names.Count == 0
                ? "none"
                : $"{names.Count} ({string.Join(", ", names.Take(24))}{(names.Count > 24 ? $" and {names.Count - 24} more" : "")})";
        }

        static string Shown(LanguageExt.Fin<double> rate) => rate.Match(Readable.Rate, _ => "undefined");
        static double Value(LanguageExt.Fin<double> rate) => rate.IfFail(-1);
        static double Near(double said, double own) => Math.Abs(said - own) < 1e-13 ? own : said;
    }

    [SkippableTheory, Trait("Category", "Slow")]
    [InlineData(1280, false)]
    [InlineData(390, false)]
    [InlineData(1280, true)]
    public void Axe_finds_no_serious_fault(int width, bool dark)
    {
        Skip.IfNot(Browser.IsHere, "needs Chromium: apt-get install chromium");
        var page = Report.Html(Page);
        if (dark)
            page = page.Replace("screen and (prefers-color-scheme: dark)", "all", StringComparison.Ordinal);
        page = page.Replace("</body>", $"<script>{new BundledAxeScriptProvider().GetScript()}</script></body>", StringComparison.Ordinal);
        const string Script = """
            errors => {
              if ([...document.querySelectorAll(".chart")].some(chart => !chart.data)) return null;
              if (!window.axeAsked) {
                window.axeAsked = true;
                axe.run().then(found => (window.axeFound = found));
              }
              if (!window.axeFound) return null;
              const serious = axeFound.violations.filter(fault => ["serious", "critical"].includes(fault.impact));
              return { errors, passes: axeFound.passes.length, faults: serious.map(fault => `${fault.id}: ${fault.nodes.slice(0, 3).map(node => node.html.slice(0, 200) + " " + node.any.map(check => check.message).join(" "))}`) };
            }
            """;
        var view = JArray.Parse(Browser.Ask(page, Script, [width])).Single();
        Assert.Empty(view["errors"]!);
        Assert.Equal("", string.Join('\n', view["faults"]!));
        Assert.InRange(view["passes"]!.Value<int>(), 20, int.MaxValue);
    }
}
