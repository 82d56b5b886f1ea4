using System.Globalization;
using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>
/// The job of an inspection engineer, by the very commands of the README's section: five categories, two detectors, thresholds of good validation images,
/// which defects are missed, and a table for a paper. Every number that can be counted plainly is counted here.
/// </summary>
public sealed class WalkTests : IDisposable
{
    private const int Side = 6;
    private const string Section = "## Five categories, two detectors, one table";
    private static readonly string[] Categories = ["bottle", "cable", "capsule", "screw", "zipper"];
    private static readonly (string Folder, string Name, float Noise)[] Detectors =
    [
        ("padim", "PaDiM", 1),
        ("patchcore", "PatchCore", 0.7f),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<(string Detector, string Category), Data> all = [];

    public WalkTests()
    {
        foreach (var (detector, _, noise) in Detectors)
        foreach (var category in Categories)
            all[(detector, category)] = Write(detector, category, noise);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public void Eight_commands_at_most_lead_from_maps_to_the_table_and_each_number_is_that_of_a_plain_count()
    {
        var commands = Commands();
        Assert.InRange(commands.Count, 1, 8);
        var last = "";
        foreach (var command in commands)
        {
            var outcome = Fmetrics.RunIn(folder.Path, command);
            Assert.True(outcome.ExitCode == 0, string.Join(' ', command) + "\n" + outcome.Error);
            last = outcome.Output;
        }

        var cells = File.ReadAllLines(folder.File("paper.csv")).Skip(1).Select(line => line.Split(',')).ToDictionary(row => row[0]);
        Assert.Equal([.. Categories, "mean"], cells.Keys);
        for (var at = 0; at < Detectors.Length; at++)
            IsCounted(at, cells);
        IsCountedOfPixels(all[("patchcore", "screw")], last);

        // The table is not of one value, and something is missed.
        Assert.True(cells.Values.Select(row => row[5]).Distinct().Count() > 2);
        Assert.Contains(all.Values, data => data.Recall("scratch") < 1);
        Assert.Contains("\\textbf{", File.ReadAllText(folder.File("paper.tex")), StringComparison.Ordinal);
    }

    /// <summary>Thresholds, folders and the table of a detector.</summary>
    private void IsCounted(int detector, Dictionary<string, string[]> cells)
    {
        var (path, name, _) = Detectors[detector];
        var json = JsonNode.Parse(File.ReadAllText(folder.File(path + ".json")))!;
        Assert.Equal(name, (string?)json["detector"]);
        foreach (var category in Categories)
        {
            var (data, result) = (all[(path, category)], json["categories"]![category]!);
            var file = JsonNode.Parse(File.ReadAllText(folder.File($"{path}-{category}.json")))!;
            Assert.Equal(data.Threshold, (double)file["threshold"]!);
            Assert.Equal(data.Threshold, (double)result["image"]!["at_given_threshold"]!["threshold"]!);
            foreach (var defect in (string[])["crack", "scratch"])
                Assert.Equal(data.Recall(defect), (double)result["by_folder"]![defect]!["recall"]!);
            Assert.Contains(result["notes"]!.AsArray(), note => (string?)note!["code"] == "threshold_of_other_data");

            var row = cells[category];
            Assert.Equal(["12", "8"], row[1..3]);
            Assert.Equal(data.Auroc, Cell(row, 0));
            Assert.Equal(data.Recall("crack", "scratch"), Cell(row, 1));
            Assert.Equal(data.Recall("good"), Cell(row, 2));
            Assert.Equal((double)result["pixel"]!["aupro"]!, Cell(row, 3));
        }
        for (var column = 0; column < 4; column++)
            Assert.Equal(Categories.Average(category => (decimal)Cell(cells[category], column)), (decimal)Cell(cells["mean"], column), 12);

        double Cell(string[] row, int column) => double.Parse(row[3 + 2 * column + detector], CultureInfo.InvariantCulture);
    }

    /// <summary>The tables of the images and regions of a category, at a threshold of pixels.</summary>
    private void IsCountedOfPixels(Data data, string printed)
    {
        var threshold = Lowest([.. data.Validation.SelectMany(map => map)]);
        Assert.Equal(threshold, (double)JsonNode.Parse(File.ReadAllText(folder.File("screw-pixels.json")))!["threshold"]!);
        var images = File.ReadAllLines(folder.File("screw-images.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(data.Test.Select(image => image.Name).Order(StringComparer.Ordinal), images.Select(row => row[0]));
        var regions = File.ReadAllLines(folder.File("screw-regions.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(row => row[0]);
        Assert.Equal(8, regions.Count);
        foreach (var row in images)
        {
            var (_, map, mask) = data.Test.Single(image => image.Name == row[0]);
            var called = map.Zip(mask, (score, marked) => (Called: score >= threshold, Marked: marked > 0)).ToList();
            int[] counts =
            [
                called.Count(pixel => pixel is (true, true)),
                called.Count(pixel => pixel is (true, false)),
                called.Count(pixel => pixel is (false, true)),
            ];
            Assert.Equal(counts, row[6..9].Select(cell => int.Parse(cell, CultureInfo.InvariantCulture)));
            if (!regions.TryGetValue(row[0], out var region))
                continue;
            Assert.Equal((double)counts[0] / (counts[0] + counts[2]), double.Parse(region[9], CultureInfo.InvariantCulture));
            Assert.Equal(2 * counts[0] >= counts[0] + counts[2] ? "true" : "false", region[8]);
        }
        Assert.Contains(regions.Values, row => row[8] == "false");
        var worst = images.Where(row => row[9].Length > 0).MinBy(row => double.Parse(row[9], CultureInfo.InvariantCulture))!;
        Assert.Contains("worst misses", printed, StringComparison.Ordinal);
        Assert.Contains(worst[0], printed, StringComparison.Ordinal);
    }

    /// <summary>The lines of the section's block, as a shell would split them.</summary>
    private static List<string[]> Commands() =>
        [
            .. File.ReadAllText(Path.Combine(Fmetrics.Root, "src/FunctionalMetrics.Cli/README.md"))
                .Split(Section + "\n")[1]
                .Split("```sh\n")[1]
                .Split("```")[0]
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Replace("'", "", StringComparison.Ordinal).Split(' '))
                .Select(words => words is ["fmetrics", .. var more] ? more : throw new InvalidOperationException(words[0])),
        ];

    /// <summary>A hundred good validation images; four good ones, four cracks that are easy to see, and four scratches that are not.</summary>
    private Data Write(string detector, string category, float noise)
    {
        var random = new Random(100 * Array.IndexOf(Categories, category) + detector.Length);
        var validation = Enumerable.Range(0, 100).Select(_ => Map(new float[Side * Side], 0)).ToList();
        for (var at = 0; at < validation.Count; at++)
            Npy($"validation/{category}/good/{at:000}", "<f4", validation[at]);
        var test = new List<(string, float[], float[])>();
        foreach (var (defect, strength) in (ReadOnlySpan<(string, float)>)[("good", 0), ("crack", 0.9f), ("scratch", 0.25f)])
            for (var at = 0; at < 4; at++)
            {
                var mask = Enumerable
                    .Range(0, Side * Side)
                    .Select(pixel => strength > 0 && pixel / Side == at + 1 && pixel % Side > 0 ? 1f : 0)
                    .ToArray();
                var map = Map(mask, strength);
                Npy($"test/{category}/anomaly_maps/{defect}/{at:000}", "<f4", map);
                if (strength > 0)
                    Npy($"test/{category}/ground_truth/{defect}/{at:000}_mask", "|u1", mask);
                test.Add(($"{defect}/{at:000}", map, mask));
            }
        return new(validation, test);

        float[] Map(float[] mask, float strength) => [.. mask.Select(marked => noise * (float)random.NextDouble() + strength * marked)];

        void Npy(string name, string type, float[] values)
        {
            var path = folder.File($"{detector}/{name}.npy");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Tests.Npy.Write(path, type, [Side, Side], values);
        }
    }

    /// <summary>The lowest of the scores at which at most 1% of them are flagged.</summary>
    private static double Lowest(IReadOnlyCollection<float> good) =>
        good.Where(threshold => 100 * good.Count(score => score >= threshold) <= good.Count).Min();

    /// <summary>The maps of a detector on a category, and what is plainly counted of them.</summary>
    private sealed record Data(List<float[]> Validation, List<(string Name, float[] Map, float[] Mask)> Test)
    {
        public double Threshold { get; } = Lowest([.. Validation.Select(map => map.Max())]);

        public double Auroc
        {
            get
            {
                var pairs = Scores("good").SelectMany(good => Scores("crack", "scratch").Select(bad => (good, bad))).ToList();
                return pairs.Sum(pair =>
                        pair.bad > pair.good ? 1.0
                        : pair.bad == pair.good ? 0.5
                        : 0
                    ) / pairs.Count;
            }
        }

        /// <summary>The share of the images of some folders that are flagged.</summary>
        public double Recall(params string[] folders) => Scores(folders).Average(score => score >= Threshold ? 1.0 : 0);

        private List<float> Scores(params string[] folders) =>
            [.. Test.Where(image => folders.Contains(image.Name.Split('/')[0])).Select(image => image.Map.Max())];
    }
}
