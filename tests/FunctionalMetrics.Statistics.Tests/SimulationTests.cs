using FunctionalMetrics.Core;
using LanguageExt;
using Xunit.Abstractions;
using static System.FormattableString;

namespace FunctionalMetrics.Statistics.Tests;

/// <summary>
/// How often tests reject where nothing differs, and how often intervals hold a truth that is known, over data that are drawn from seeds. A short form runs with the other tests; the long one, of
/// more seeds, sizes and areas, prints the rates of all of them:
/// <code>FMETRICS_LONG=1 dotnet test -c Release tests/FunctionalMetrics.Statistics.Tests --filter SimulationTests --logger "console;verbosity=detailed"</code>
/// </summary>
public class SimulationTests(ITestOutputHelper output)
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("FMETRICS_LONG") == "1";

    private static readonly (int Normal, int Anomalous)[] Sizes = IsLong ? [(10, 10), (30, 30), (15, 45)] : [(30, 30)];

    /// <summary>Two copies of one detector whose noise is exchanged: a test at 5% rejects in 1 to 8 of a hundred.</summary>
    [Fact, Trait("Category", "Slow")]
    public void Under_the_null_the_tests_reject_about_as_often_as_they_say()
    {
        var seeds = IsLong ? 500 : 100;
        foreach (var (normal, anomalous) in Sizes)
        foreach (var area in IsLong ? (double[])[0.75, 0.9] : [0.75])
        {
            var (pixels, rows) = (Simulated.OfPixels(area, normal, anomalous), Simulated.OfRows(area, normal, anomalous));
            var tallies = new Tallies(Invariant($"reject, {normal} normal and {anomalous} anomalous images, AUROC {area}"), seeds);
            // One generator for all: those of neighbouring seeds are not independent of each other.
            var random = new Random(22);
            for (var seed = 0; seed < seeds; seed++)
            {
                var (a, b) = Simulated.Images(random, pixels, rows, normal, anomalous);
                var (drawnOfA, drawnOfB) = (Draw(a, seed), Draw(b, seed));
                foreach (var (one, other) in Enumerable.Zip(drawnOfA, drawnOfB).Where(pair => IsShown(pair.First)))
                    tallies.Add(
                        $"{one.Level} {one.Key} bootstrap",
                        Bootstrap.Difference(one, other).Bind(found => found.Difference.P).Map(p => p < 0.05)
                    );
                var images = Valid.Pair(a, b);
                tallies.Add("pixel auroc clustered", ClusteredAuroc.Difference(images).Bind(found => found.P).Map(p => p < 0.05));
                var judged = Valid.Of(images.Rows());
                tallies.Add("image auroc delong", DeLong.Difference(judged).Bind(found => found.P).Map(p => p < 0.05));
                tallies.Add("scores wilcoxon", Wilcoxon.Test(judged.Scores(0), judged.Scores(1)).Map(found => found.P < 0.05));
                tallies.Add("decisions mcnemar", McNemar.P(Only(judged, 0, 1), Only(judged, 1, 0)) < 0.05);
            }
            Report(tallies);
            // With ten of a class and an area near 1 tests of images are all but silent: no more may be asked of so few.
            Assert.All(tallies.All, one => Assert.InRange(one.Percent, normal < 15 ? 0 : 1, 8));
        }

        static long Only(PairedRows rows, int one, int other)
        {
            var labels = rows.Labels;
            var (a, b) = (rows.Scores(one).ToArray(), rows.Scores(other).ToArray());
            var count = 0L;
            for (var i = 0; i < labels.Length; i++)
                count += (a[i] >= 0.7) == labels[i] && (b[i] >= 0.7) != labels[i] ? 1 : 0;
            return count;
        }
    }

    /// <summary>A nominal 95% interval of AUROC holds the truth in 89 to 97 of a hundred.</summary>
    [Fact, Trait("Category", "Slow")]
    public void Intervals_hold_the_truth_about_as_often_as_they_say()
    {
        var seeds = IsLong ? 500 : 300;
        foreach (var (normal, anomalous) in Sizes)
        foreach (var area in IsLong ? (double[])[0.75, 0.9, 0.97] : [0.75])
        {
            var (pixels, rows) = (Simulated.OfPixels(area, normal, anomalous), Simulated.OfRows(area, normal, anomalous));
            var tallies = new Tallies(Invariant($"hold the truth, {normal} normal and {anomalous} anomalous images, AUROC {area}"), seeds);
            var truths = new Dictionary<(string, string), double>();
            // One generator for all: those of neighbouring seeds are not independent of each other.
            var random = new Random(22);
            for (var seed = 0; seed < seeds; seed++)
            {
                var images = Simulated.Images(random, pixels, rows, normal, anomalous).A;
                tallies.Add("image auroc delong", DeLong.Interval(images.Scores).Map(found => found.Contains(rows.True("auroc"))));
                tallies.Add("pixel auroc clustered", ClusteredAuroc.Interval(images).Map(found => found.Contains(pixels.True("auroc"))));
                foreach (var number in Draw(images, seed).Where(IsShown))
                {
                    if (!truths.TryGetValue((number.Level, number.Key), out var truth))
                        truths[(number.Level, number.Key)] = truth = (number.Level == Levels.Image ? rows : pixels).True(number.Key);
                    tallies.Add($"{number.Level} {number.Key} bca", number.Bca().Map(Holds));
                    tallies.Add($"{number.Level} {number.Key} percentile", number.Percentile().Map(Holds));

                    bool Holds(BootstrapInterval found) => found.Lower <= truth && truth <= found.Upper;
                }
            }
            Report(tallies);
            // What is only printed: fewer images, areas near 1, where DeLong's normal interval is too short, and the largest F1, which a sample overrates.
            if (normal + anomalous >= 60 && area < 0.95)
                Assert.All(
                    tallies.All.Where(one =>
                        one.Name.Contains("auroc", StringComparison.Ordinal)
                        && (area < 0.8 || !one.Name.Contains("delong", StringComparison.Ordinal))
                    ),
                    one => Assert.InRange(one.Percent, 89, 97)
                );
        }
    }

    private static IEnumerable<Resampled> Draw(ImageState images, int seed) =>
        ReplicateTable.Of(images).Draw(new(), IsLong ? 500 : 120, (ulong)seed);

    private static bool IsShown(Resampled number) => number.Key is "auroc" or "average_precision" or "optimal_f1" or "aupro";

    private void Report(Tallies tallies) => output.WriteLine(tallies.ToString());

    /// <summary>How often each of several things was true, of all times that it was known.</summary>
    private sealed class Tallies(string title, int seeds)
    {
        private readonly Dictionary<string, (int True, int Known, int Unknown)> counts = [];

        public IEnumerable<(string Name, double Percent)> All =>
            counts.Select(one => (one.Key, 100.0 * one.Value.True / Math.Max(1, one.Value.Known)));

        public void Add(string name, Fin<bool> found)
        {
            var (yes, known, unknown) = counts.GetValueOrDefault(name);
            counts[name] = found.Match(isTrue => (yes + (isTrue ? 1 : 0), known + 1, unknown), _ => (yes, known, unknown + 1));
        }

        public override string ToString() =>
            Invariant($"{title}, {seeds} seeds:\n")
            + string.Join(
                '\n',
                counts.Select(one =>
                    Invariant($"  {one.Key}: {100.0 * one.Value.True / Math.Max(1, one.Value.Known):0.0} of a hundred")
                    + (one.Value.Unknown > 0 ? Invariant($", none in {one.Value.Unknown}") : "")
                )
            );
    }
}
