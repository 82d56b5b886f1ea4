using System.Text.Json.Nodes;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Data sets as people have them, from the command line: the numbers are those of a plain count over what a person reads in the files.</summary>
public sealed class DataSetTests : IDisposable
{
    private const int Images = 6;
    private const int Height = 5;
    private const int Width = 4;
    private const int Pixels = Height * Width;

    /// <summary>Scores of few values, so that some tie, and labels of which 2 means left out.</summary>
    private readonly float[] scores;
    private readonly float[] labels = new float[Images * Pixels];
    private readonly TemporaryFolder folder = new();

    public DataSetTests()
    {
        var random = new Random(11);
        for (var at = 0; at < labels.Length; at++)
            labels[at] =
                at / Pixels % 2 == 0 && random.Next(3) == 0 ? 1
                : at < 3 * Pixels && random.Next(6) == 0 ? 2
                : 0;
        // The fourth image is left out altogether.
        labels.AsSpan(3 * Pixels, Pixels).Fill(2);
        scores = [.. labels.Select(label => random.Next(64) / 16f + label)];
    }

    public void Dispose() => folder.Dispose();

    private float[] Image(float[] values, int image) => values[(image * Pixels)..((image + 1) * Pixels)];

    private string Stack(string name, string dtype, IEnumerable<float> values) =>
        Npy.Write(folder.File(name), dtype, [Images, Height, Width], [.. values]);

    /// <summary>Writes each image of a stack as a file of its own.</summary>
    private void Files(string path, string dtype, Func<int, string?> name, Func<int, float[]> values, int scale = 1)
    {
        for (var image = 0; image < Images; image++)
            if (name(image) is { } called)
            {
                var file = folder.File(path.Replace("{name}", called));
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                Npy.Write(file, dtype, [scale * Height, scale * Width], values(image));
            }
    }

    /// <summary>The share of pairs in which the anomalous score is the larger, equal ones counting half.</summary>
    private static double Auroc(IEnumerable<(double Score, bool Anomalous)> rows)
    {
        var all = rows.ToList();
        var pairs = all.Where(row => row.Anomalous)
            .SelectMany(one => all.Where(row => !row.Anomalous).Select(other => one.Score.CompareTo(other.Score) / 2.0 + 0.5))
            .ToList();
        return pairs.Average();
    }

    /// <summary>Whether the numbers are those of the pixels that are not left out, and of the images by their largest.</summary>
    private void AreRight(JsonNode json, bool ignores = true, Func<IEnumerable<double>, double>? score = null)
    {
        var rows = scores.Zip(labels, (score, label) => ((double)score, Label: ignores ? label : label % 2)).ToList();
        var kept = rows.Where(row => row.Label < 2).Select(row => (row.Item1, row.Label == 1)).ToList();
        var images = rows.Chunk(Pixels)
            .Select(image => image.Where(row => row.Label < 2).ToList())
            .Where(image => image.Count > 0)
            .Select(image => ((score ?? Enumerable.Max)(image.Select(row => row.Item1)), image.Any(row => row.Label == 1)))
            .ToList();
        foreach (var (level, expected) in new[] { ("pixel", kept), ("image", images) })
        {
            Assert.Equal(expected.Count, (int)json[level]!["rows"]!);
            Assert.Equal(expected.Count(row => row.Item2), (int)json[level]!["positives"]!);
            Assert.Equal(Auroc(expected), (double)json[level]!["auroc"]!, 1e-12);
            Assert.Equal(expected.Max(row => row.Item1), (double)json[level]!["max"]!, 1e-12);
        }
    }

    private static string[] Notes(JsonNode json) =>
        [
            .. json["notes"]!
                .AsArray()
                .Where(note => !((string)note!["code"]!).StartsWith("masks_of_", StringComparison.Ordinal))
                .Select(note => $"{(string)note!["code"]!} {(long)note["count"]!}"),
        ];

    private long LeftOut => labels.Count(label => label == 2);

    [Theory]
    [InlineData("maps/box/test/{name}.npy", "box/ground_truth/{name}.npy", "logical/00#", "good/00#")]
    [InlineData("maps/{name}.npy", "data/{name}_label.npy", "kos0#/Part0", "normal/kos0#/Part0")]
    [InlineData("toy/{name}.npy", "gt/toy/{name}-mask.npy", "NG/AK/S#/C1.x", "OK/S#/C1.x")]
    public void A_pattern_gives_the_numbers_of_the_pixels(string maps, string masks, string bad, string good)
    {
        bool Bad(int image) => Image(labels, image).Contains(1f);
        string Name(int image) => (Bad(image) ? bad : good).Replace("#", $"{image}");
        Files(maps, "<f4", Name, image => Image(scores, image));
        Files(
            masks,
            "|u1",
            image => Bad(image) ? Name(image) : null,
            image => [.. Image(labels, image).Select(label => label == 1 ? 1f : 0)]
        );
        var arguments = (string[])["--maps", folder.File(maps), "--masks", folder.File(masks)];
        var json = Fmetrics.Evaluate(arguments);
        AreRight(json, ignores: false);
        Assert.Equal([$"normal_folder {Enumerable.Range(0, Images).Count(image => !Bad(image))}"], Notes(json));
        var relative = Fmetrics.RunIn(folder.Path, "evaluate", "--maps", maps, "--masks", "./" + masks, "--json", "-");
        Assert.Equal(json["pixel"]!.ToJsonString(), JsonNode.Parse(relative.Output)!["pixel"]!.ToJsonString());
        Assert.Equal(json.ToJsonString(), Fmetrics.Evaluate([.. arguments, "--max-memory", "400MB"]).ToJsonString());
        Assert.Equal(0, Fmetrics.Run("describe", "--maps", folder.File(maps), "--quiet").ExitCode);
    }

    [Fact]
    public void Several_masks_of_an_image_are_united()
    {
        Files("m/{name}.npy", "<f4", image => $"{image}", image => Image(scores, image));
        for (var part = 0; part < 3; part++)
        {
            var kept = part;
            Files(
                $"k/{{name}}/{part}.npy",
                "|u1",
                image => $"{image}",
                image => [.. Image(labels, image).Select((label, at) => label == 1 && at % 3 == kept ? 1f : 0)]
            );
        }
        var json = Fmetrics.Evaluate("--maps", folder.File("m/{name}.npy"), "--masks", folder.File("k/{name}/*.npy"));
        AreRight(json, ignores: false);
    }

    /// <summary>By a value of the masks, by masks of their own in a third convention, once and in passes.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("--max-memory 400MB")]
    [InlineData("--state whole.fms")]
    public void Pixels_that_are_left_out_are_neither(string more)
    {
        var maps = Stack("m.npy", "<f4", scores);
        var values = Stack("k.npy", "|u1", labels.Select(label => label == 2 ? 255 : label));
        var masks = Stack("k1.npy", "|u1", labels.Select(label => label == 1 ? 1f : 0));
        var left = Stack("i.npy", "|u1", labels.Select(label => label == 2 ? 1f : 0));
        string[] options =
        [
            .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(text => text.EndsWith("fms", StringComparison.Ordinal) ? folder.File(text) : text),
        ];
        var json = Fmetrics.Evaluate(["--maps", maps, "--masks", values, "--ignore-value", "255", .. options]);
        AreRight(json);
        Assert.Contains($"ignored_pixels {LeftOut}", Notes(json));
        Assert.Contains("ignored_images 1", Notes(json));
        var other = Fmetrics.Evaluate(["--maps", maps, "--masks", masks, "--ignore", left, .. options]);
        Assert.Equal(json.ToJsonString(), other.ToJsonString());
        if (options.Length == 0)
            Fmetrics.Run("evaluate", "--maps", maps, "--masks", values).IsRefusal("255", "--ignore-value");
    }

    /// <summary>Raw stacks of larger images, of which the second pass reads but the rows with defects; with a state all is read once.</summary>
    [Fact]
    public void What_is_left_out_is_so_in_every_pass()
    {
        int[] shape = [4, 130, 128];
        var random = new Random(3);
        var count = shape.Aggregate((all, size) => all * size);
        float[] all =
        [
            .. Enumerable
                .Range(0, count)
                .Select(at =>
                    at / 128 % 130 is > 30 and < 50 ? random.Next(3)
                    : at % 11 == 0 ? 2
                    : 0
                ),
        ];
        string[] evaluate =
        [
            "--maps",
            Npy.Write(folder.File("m.npy"), "<f4", shape, [.. all.Select(label => (float)random.NextDouble() + label / 4)]),
            "--masks",
            Npy.Write(folder.File("k.npy"), "|u1", shape, all),
            "--ignore-value",
            "2",
        ];
        var once = Fmetrics.Evaluate([.. evaluate, "--state", folder.File("whole.fms")]);
        Assert.Equal(all.Count(label => label < 2), (int)once["pixel"]!["rows"]!);
        Assert.Equal(all.Count(label => label == 1), (int)once["pixel"]!["positives"]!);
        foreach (
            var options in (string[][])
                [
                    [],
                    ["--max-memory", "240MB"],
                ]
        )
            Assert.Equal(once.ToJsonString(), Fmetrics.Evaluate([.. evaluate, .. options]).ToJsonString());
    }

    [Fact]
    public void Folders_and_turned_scores_leave_out_the_same()
    {
        Files("m/{name}.npy", "<f4", image => $"{image}", image => [.. Image(scores, image).Select(score => -score)]);
        Files("k/{name}.npy", "|u1", image => $"{image}", image => [.. Image(labels, image).Select(label => label == 2 ? 255 : label)]);
        var json = Fmetrics.Evaluate(
            "--maps",
            folder.File("m"),
            "--masks",
            folder.File("k"),
            "--ignore-value",
            "255",
            "--lower-is-anomalous"
        );
        foreach (var level in new[] { "pixel", "image" })
            (json[level]!["min"], json[level]!["max"]) = (-(double)json[level]!["max"]!, -(double)json[level]!["min"]!);
        AreRight(json);
    }

    [Theory]
    [InlineData("max", 1)]
    [InlineData("mean", Pixels)]
    [InlineData("top:0.1", 2)]
    [InlineData("top:0.11", 3)]
    [InlineData("top:1e-9", 1)]
    [InlineData("top:1", Pixels)]
    public void A_map_gives_its_images_score_as_it_is_told_to(string how, int largest)
    {
        string[] arguments =
        [
            "--maps",
            Stack("m.npy", "<f4", scores),
            "--masks",
            Stack("k.npy", "|u1", labels.Select(label => label % 2)),
            "--image-score",
            how,
        ];
        var json = Fmetrics.Evaluate(arguments);
        AreRight(json, ignores: false, image => image.OrderDescending().Take(largest).Average());
        Assert.Equal(json.ToJsonString(), Fmetrics.Evaluate([.. arguments, "--max-memory", "400MB"]).ToJsonString());
    }

    /// <summary>Of an image of which k pixels are left the share is that of k.</summary>
    [Fact]
    public void A_share_of_the_largest_is_one_of_those_that_are_left() =>
        AreRight(
            Fmetrics.Evaluate(
                "--maps",
                Stack("m.npy", "<f4", scores),
                "--masks",
                Stack("k.npy", "|u1", labels),
                "--ignore-value",
                "2",
                "--image-score",
                "top:0.3"
            ),
            score: image => image.OrderDescending().Take((int)Math.Ceiling(image.Count() * 3 / 10.0)).Average()
        );

    [Theory]
    [InlineData("top")]
    [InlineData("top:0")]
    [InlineData("top:1.5")]
    [InlineData("median")]
    public void No_other_way_is_known(string how) =>
        Fmetrics.Run("evaluate", Fmetrics.Brick, "--image-score", how).IsRefusal(how, "top:0.01");

    [Theory]
    [InlineData("")]
    [InlineData("--max-memory 400MB")]
    public void Labels_of_images_win_and_without_masks_there_are_no_pixels(string more)
    {
        string[] options = more.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var maps = Stack("m.npy", "<f4", scores);
        var masks = Stack("k.npy", "|u1", labels.Select(label => label % 2));
        bool[] bad = [true, true, false, false, true, false];
        var table = folder.Write(
            "labels.csv",
            "path;kind\n" + string.Concat(bad.Select((anomalous, image) => $"{image}.png;{(anomalous ? "crack" : "fine")}\n"))
        );
        string[] given =
        [
            "--image-labels",
            table,
            "--file-column",
            "path",
            "--label-column",
            "kind",
            "--positive-label",
            "crack",
            .. options,
        ];
        var rows = scores.Chunk(Pixels).Select((image, at) => ((double)image.Max(), bad[at])).ToList();
        var with = Fmetrics.Evaluate(["--maps", maps, "--masks", masks, .. given]);
        var without = Fmetrics.Evaluate(["--maps", maps, .. given]);
        Assert.Equal(Auroc(rows), (double)with["image"]!["auroc"]!, 1e-12);
        Assert.Equal(with["image"]!.ToJsonString(), without["image"]!.ToJsonString());
        Assert.Equal(labels.Count(label => label == 1), (int)with["pixel"]!["positives"]!);
        Assert.Null(without["pixel"]);
        var against = Enumerable.Range(0, Images).Count(image => Image(labels, image).Contains(1f) != bad[image]);
        Assert.Equal(
            [$"given_label {Images}", $"given_label_against_mask {against}", $"other_label_normal {bad.Count(image => !image)}"],
            Notes(with)
        );
        Assert.Equal([$"given_label {Images}", $"other_label_normal {bad.Count(image => !image)}"], Notes(without));
        var own = Npy.Write(folder.File("s.npy"), "<f8", [Images], [6, 5, 4, 3, 2, 1]);
        var scored = Fmetrics.Evaluate(["--maps", maps, "--image-scores", own, .. given]);
        Assert.Equal(Auroc(bad.Select((anomalous, image) => (6.0 - image, anomalous))), (double)scored["image"]!["auroc"]!, 1e-12);
    }

    [Theory]
    [InlineData("--resize-masks", "resized_masks")]
    [InlineData("--resize-maps", "resized_maps")]
    public void Sizes_that_differ_are_brought_together_when_asked(string option, string note)
    {
        var maps = Stack("m.npy", "<f4", scores);
        float[] large =
        [
            .. Enumerable
                .Range(0, Images * 9 * Pixels)
                .Select(at => labels[at / (9 * Pixels) * Pixels + at / (3 * Width) % (3 * Height) / 3 * Width + at % (3 * Width) / 3] % 2),
        ];
        var masks = Npy.Write(folder.File("k.npy"), "|u1", [Images, 3 * Height, 3 * Width], large);
        Fmetrics.Run("evaluate", "--maps", maps, "--masks", masks).IsRefusal("--resize-masks", "--resize-maps");
        var json = Fmetrics.Evaluate("--maps", maps, "--masks", masks, option);
        Assert.Contains($"{note} {Images}", Notes(json));
        if (option == "--resize-masks")
            AreRight(json, ignores: false);
        else
            Assert.Equal(Images * 9 * Pixels, (int)json["pixel"]!["rows"]!);
        Assert.Equal(
            json.ToJsonString(),
            Fmetrics.Evaluate("--maps", maps, "--masks", masks, option, "--max-memory", "400MB").ToJsonString()
        );
        Fmetrics
            .Run("evaluate", "--maps", maps, "--masks", masks, "--resize-masks", "--resize-maps")
            .IsRefusal("--resize-masks and --resize-maps do not go together");
    }

    [Fact]
    public void Maps_that_all_span_the_same_are_told()
    {
        float[] spans =
        [
            .. scores.Select(
                (score, at) =>
                    at % Pixels == 0 ? 0
                    : at % Pixels == 1 ? 1
                    : score / 100
            ),
        ];
        var masks = Stack("k.npy", "|u1", labels.Select(label => label % 2));
        Assert.Contains($"spans_0_to_1 {Images}", Notes(Fmetrics.Evaluate("--maps", Stack("m.npy", "<f4", spans), "--masks", masks)));
        spans[1] = 0.99f;
        Assert.DoesNotContain(
            "spans_0_to_1",
            Fmetrics.Evaluate("--maps", Stack("m.npy", "<f4", spans), "--masks", masks).ToJsonString(),
            StringComparison.Ordinal
        );
    }
}
