using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FunctionalMetrics.Core.Tests;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>The charts of a report: curves, F1 and histogram.</summary>
internal sealed partial class SurfaceRun
{
    private void CheckCharts(PlainLevel level, string section, string prefix)
    {
        var rank = level.Rank;
        var both = rank is { Positives: > 0, Negatives: > 0 };
        Curve(
            "roc",
            both,
            "ROC",
            "auroc",
            () => [(0, 0, double.PositiveInfinity), .. rank.Thresholds.Select(t => (rank.Fpr(t), rank.Tpr(t), t))],
            "false positive rate",
            "true positive rate"
        );
        Curve(
            "precision-recall",
            rank.Positives > 0,
            "precision-recall",
            "aupr",
            () => [(0, 1, double.PositiveInfinity), .. rank.Thresholds.Select(t => (rank.Tpr(t), rank.Precision(t), t))],
            "recall",
            "precision"
        );
        if (level.IsPixels)
            Curve(
                "pro",
                level.Regions.Length > 0 && rank.Negatives > 0,
                FormattableString.Invariant($"PRO up to FPR {rules.FprLimit}"),
                "aupro",
                () => [(0, 0, double.PositiveInfinity), .. rank.Thresholds.Select(t => (rank.Fpr(t), level.Overlap(t), t))],
                "false positive rate",
                "per-region overlap"
            );
        CheckF1(level, section, prefix);
        CheckHistogram(level, section, prefix);

        void Curve(
            string name,
            bool defined,
            string legend,
            string key,
            Func<(Fraction X, Fraction Y, double Threshold)[]> all,
            string x,
            string y
        )
        {
            if (!defined)
            {
                Assert.DoesNotContain($"drawChart(\"{prefix}{name}\"", section, StringComparison.Ordinal);
                return;
            }
            var (traces, layout) = Chart(section, prefix + name);
            if (rules.Intervals && (string)traces[0]!["name"]! == "90% interval at each point")
            {
                CheckBand(traces[0]!);
                traces.RemoveAt(0);
            }
            var area = level.Numbers().Single(number => number.Key == key).Value!.Value;
            Assert.Equal($"{legend}, area {PlainText.Rate(area)}", (string)traces[0]!["name"]!);
            Assert.Equal(x, (string)layout["xaxis"]!["title"]!["text"]!);
            Assert.Equal(y, (string)layout["yaxis"]!["title"]!["text"]!);
            Assert.Equal($"{x} %{{x:.4f}}<br>{y} %{{y:.4f}}<br>%{{text}}<extra></extra>", (string)traces[0]!["hovertemplate"]!);
            var points = all();
            var drawn = Points(traces[0]!);
            var texts = traces[0]!["text"]!.AsArray().Select(text => (string)text!).ToList();
            Assert.Equal(drawn.Count, texts.Count);
            foreach (var ((px, py), text) in drawn.Zip(texts))
            {
                // The end point of a curve that is cut off has no threshold of its own; another one is a point of the definition.
                var here = points.Index().Where(point => Near(point.Item.X, px) && Near(point.Item.Y, py)).ToList();
                Assert.True(here.Count > 0 || key == "aupro", $"{name}: ({px}, {py}) is no point of the curve");
                if (here.Count == 0)
                    continue;
                // Just above the next lower score the curve is here as well.
                var said = here.SelectMany(point => points.Skip(point.Index).Take(2))
                    .Select(point => Described(level, point.Threshold))
                    .Distinct()
                    .ToList();
                var last = here.Exists(point => point.Index == points.Length - 1);
                Assert.True(
                    said.Contains(text) || (last && text == Lowest()),
                    $"{name}: '{text}' is said of ({px}, {py}), and it must be {string.Join(" or ", said)}"
                );
            }
            // Whatever the definition has lies on the drawn line,
            // but for what is below the lowest anomalous score, where recall stays 1.
            foreach (
                var point in points.Where(point =>
                    key == "aupro"
                        ? point.X <= Fraction.Exactly(rules.FprLimit)
                        : key != "aupr" || point.Threshold >= rank.Rows.Where(row => row.Label).Min(row => row.Score)
                )
            )
                Assert.True(
                    drawn.Zip(drawn.Skip(1)).Any(edge => On(edge.Item1, edge.Item2, (point.X.Rounded(), point.Y.Rounded()))),
                    $"{name}: the line misses ({point.X}, {point.Y})"
                );
        }
    }

    private string Lowest() => rules.Lower ? "threshold at the highest score" : "threshold at the lowest score";

    private string Described(PlainLevel level, double threshold) =>
        double.IsInfinity(threshold)
            ? (rules.Lower ? "threshold below every score" : "threshold above every score")
            : $"threshold ≈ {PlainText.Score(level.Own(threshold))}";

    /// <summary>How far scores between pixels, which are added in another order here, may lie apart.</summary>
    private double LastBits => rules.ResizeMaps ? 1e-12 : 0;

    /// <summary>The area goes there along the upper ends and back along the lower ones.</summary>
    private static void CheckBand(JsonNode band)
    {
        Assert.Equal(("toself", "skip"), ((string)band["fill"]!, (string)band["hoverinfo"]!));
        var ends = Points(band);
        var half = ends.Count / 2;
        Assert.Equal(ends.Select(end => end.Item1).Take(half), ends.Select(end => end.Item1).Skip(half).Reverse());
        Assert.Equal(ends.Take(half).Select(end => end.Item1).Order(), ends.Take(half).Select(end => end.Item1));
        for (var at = 0; at < half; at++)
            Assert.InRange(ends[^(at + 1)].Item2, 0, ends[at].Item2);
        Assert.All(ends, end => Assert.InRange(end.Item2, 0, 1));
    }

    private void CheckF1(PlainLevel level, string section, string prefix)
    {
        if (level.Rank.Positives == 0)
        {
            Assert.DoesNotContain($"drawChart(\"{prefix}f1\"", section, StringComparison.Ordinal);
            return;
        }
        var (traces, _) = Chart(section, prefix + "f1");
        var best = level.Rank.F1(level.Adaptive).Rounded();
        // At a score the line goes on to what is above it.
        foreach (var (x, y) in Points(traces[0]!).Where((_, i) => i % 37 == 0))
            Assert.True(
                Near(F1(level.Own(x) - LastBits), y) || Near(F1(Math.BitIncrement(level.Own(x) + LastBits)), y),
                $"F1 at {x} is {F1(level.Own(x)).Rounded()}, and {y} is drawn"
            );
        var (chosen, largest) = Points(traces[1]!).Single();
        Assert.Equal(level.Own(level.Adaptive), chosen, LastBits);
        Assert.Equal(best, largest);
        Assert.Equal(
            $"largest F1 {PlainText.Rate(best)} at threshold {PlainText.Score(level.Own(level.Adaptive))}",
            (string)traces[1]!["name"]!
        );

        Fraction F1(double threshold)
        {
            var c = level.Counts(threshold);
            return new(2 * c[0], 2 * c[0] + c[1] + c[2]);
        }
    }

    private void CheckHistogram(PlainLevel level, string section, string prefix)
    {
        var (traces, layout) = Chart(section, prefix + "scores");
        foreach (var (trace, name, label) in new[] { (traces[0]!, "normal", false), (traces[1]!, "anomalous", true) })
        {
            var own = level.Rank.Rows.Where(row => row.Label == label).Select(row => level.Own(row.Score)).ToList();
            Assert.Equal($"{name} ({own.Count})", (string)trace["name"]!);
            var width = (double)trace["width"]!;
            var total = 0;
            foreach (var ((x, y), text) in Points(trace).Zip(trace["text"]!.AsArray().Select(text => (string)text!)))
            {
                var said = Bar().Match(text);
                Assert.True(
                    said.Success
                        && said.Groups[1].Value == name
                        && int.Parse(said.Groups[3].Value, CultureInfo.InvariantCulture) == own.Count,
                    text
                );
                var count = int.Parse(said.Groups[2].Value, CultureInfo.InvariantCulture);
                total += count;
                Assert.Equal(own.Count == 0 ? 0 : (double)count / own.Count, y);
                var (inside, touched) = (
                    own.Count(score => Math.Abs(score - x) < width / 2 - 1e-9),
                    own.Count(score => Math.Abs(score - x) <= width / 2 + 1e-9)
                );
                Assert.InRange(count, inside, touched);
                Assert.InRange(
                    double.Parse(said.Groups[4].Value, CultureInfo.InvariantCulture),
                    x - width / 2 - 1e-5,
                    x - width / 2 + 1e-5
                );
                Assert.InRange(
                    double.Parse(said.Groups[5].Value, CultureInfo.InvariantCulture),
                    x + width / 2 - 1e-5,
                    x + width / 2 + 1e-5
                );
            }
            Assert.Equal(own.Count, total);
        }
        var mark = layout["shapes"]!.AsArray().Single()!;
        Assert.Equal(level.Own(level.Adaptive), (double)mark["x0"]!, LastBits);
        Assert.Equal($"threshold {PlainText.Score(level.Own(level.Adaptive))}", (string)mark["name"]!);
    }
}
