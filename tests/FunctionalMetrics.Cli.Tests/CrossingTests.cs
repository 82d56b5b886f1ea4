using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalMetrics.Orleans.Tests;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Each way to name and read a data set beside each way to evaluate it: what is expected is the evaluation without either.</summary>
public sealed class CrossingTests : IDisposable
{
    private const int Images = 5;
    private const int Height = 6;
    private const int Width = 8;

    /// <summary>What the optimum reaches is not known of bins.</summary>
    private static readonly string[] OfExactAlone = ["threshold", "at_threshold"];

    private readonly TemporaryFolder folder = new();
    private readonly List<Process> silos = [];

    public CrossingTests()
    {
        var random = new Random(23);
        for (var image = 0; image < Images; image++)
        {
            float[] mask = [.. Enumerable.Range(0, Height * Width).Select(at => image % 2 == 0 && at % 7 < 2 ? 1f : 0)];
            float[] scores = [.. mask.Select(label => random.Next(40) / 16f + label / 2)];
            Write($"m/{image}.npy", "<f4", 1, scores);
            Write($"k/{image}.npy", "|u1", 1, mask);
            Write($"parts/{image}/a.npy", "|u1", 1, [.. mask.Select((label, at) => at % 3 == 0 ? label : 0)]);
            Write($"parts/{image}/b.npy", "|u1", 1, [.. mask.Select((label, at) => at % 3 == 0 ? 0 : label)]);
            Write($"void/{image}.npy", "|u1", 1, [.. mask.Select((label, at) => at % 5 == 0 ? 255 : label)]);
            Write($"left/{image}.npy", "|u1", 1, [.. mask.Select((_, at) => at % 5 == 0 ? 1f : 0)]);
            Write($"large/{image}.npy", "|u1", 3, [.. Enumerable.Range(0, 9 * mask.Length).Select(at => mask[Nearest(at)])]);
        }
        folder.Write("labels.csv", "file,label\n0.png,crack\n1.png,fine\n2.png,crack\n3.png,dent\n4.png,fine\n");
        folder.Write("rows.csv", "score,label\n0.1,cut\n0.9,good\n0.2,hole\n0.3,good\n0.25,hole\n0.250001,bent\n0.8,cut\n");

        static int Nearest(int at) => at / (3 * Width) / 3 * Width + at % (3 * Width) / 3;
    }

    public void Dispose()
    {
        foreach (var silo in silos)
        {
            silo.Kill();
            silo.Dispose();
        }
        folder.Dispose();
    }

    /// <summary>The data set in the words of a user, and the notes that say how it was read.</summary>
    public static TheoryData<string, string> Sets { get; } =
        new()
        {
            { "--maps m/{name}.npy --masks parts/{name}/*.npy", "masks_of_1" },
            { "--maps m --masks void --ignore-value 255", "ignored_pixels" },
            { "--maps m --masks k --ignore left", "ignored_pixels" },
            { "--maps m --masks large --resize-masks", "resized_masks" },
            { "--maps m --masks large --resize-maps --lower-is-anomalous", "resized_maps" },
            { "--maps m --masks k --image-labels labels.csv --positive-label crack --normal-label *", "given_label_against_mask" },
            { "--maps m --image-labels labels.csv --positive-label * --normal-label fine", "other_label_positive" },
            { "--maps m --masks k --image-score top:0.1", "image_scores" },
            { "--scores rows.csv --positive-label cut --positive-label hole --normal-label *", "other_label_normal" },
        };

    [Theory]
    [MemberData(nameof(Sets))]
    public void Intervals_hold_the_exact_numbers_and_notes_are_the_same(string set, string note)
    {
        var exact = Evaluate(set);
        Assert.Contains($"\"{note}\"", exact["notes"]!.ToJsonString(), StringComparison.Ordinal);
        foreach (var bits in (string[])["3", "20"])
        {
            var bounded = Evaluate(set, "--approximate", bits);
            Assert.Equal(exact["notes"]!.ToJsonString(), bounded["notes"]!.ToJsonString());
            Assert.Equal(exact["pixel"] is null, bounded["pixel"] is null);
            foreach (var level in new[] { "image", "pixel" }.Where(level => exact[level] is not null))
                Holds(exact[level]!.AsObject(), bounded[level]!.AsObject(), $"{set} {bits} {level}");
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Limited_memory_gives_the_same_JSON(string set, string note)
    {
        var exact = Evaluate(set);
        Assert.Contains($"\"{note}\"", exact["notes"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(exact.ToJsonString(), Evaluate(set, "--max-memory", "300MB").ToJsonString());
    }

    /// <summary>Each image is a shard of its own there.</summary>
    [SkippableFact, Trait("Category", "Slow")]
    public async Task A_cluster_gives_the_same_JSON()
    {
        using var redis = RedisProcess.Start();
        var silo = Fmetrics.Start(folder.Path, "silo", "--redis", redis.Address);
        silos.Add(silo);
        Assert.StartsWith("ready on 127.0.0.1:", await silo.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        foreach (var set in Sets.Select(row => (string)row[0]))
        foreach (
            var way in (string[][])
                [
                    [],
                    ["--approximate", "5"],
                ]
        )
            Assert.Equal(
                Evaluate(set, way).ToJsonString(),
                Evaluate(set, [.. way, "--cluster", $"redis://{redis.Address}"]).ToJsonString()
            );
    }

    /// <summary>Every number lies in its interval, or is the same where there is none.</summary>
    private static void Holds(JsonObject exact, JsonObject bounded, string where)
    {
        Assert.Empty(exact.Select(entry => entry.Key).Except(bounded.Select(entry => entry.Key)).Except(OfExactAlone));
        foreach (var (key, value) in exact)
            if (bounded[key] is JsonObject interval && interval.ContainsKey("lower"))
                Assert.True(
                    (double)value! >= (double)interval["lower"]! && (double)value! <= (double)interval["upper"]!,
                    $"{where}: {key} is {value}, which is not in {interval.ToJsonString()}"
                );
            else if (value is JsonObject inner && bounded[key] is JsonObject other)
                Holds(inner, other, $"{where} {key}");
            else if (!OfExactAlone.Contains(key))
                Assert.Equal($"{where} {key} {value?.ToJsonString()}", $"{where} {key} {bounded[key]?.ToJsonString()}");
    }

    private JsonNode Evaluate(string set, params string[] way)
    {
        var run = Fmetrics.RunIn(folder.Path, ["evaluate", .. set.Split(' '), .. way, "--json", "-"]);
        Assert.True(run.ExitCode == 0, $"{set}: {run.Error}");
        var json = JsonNode.Parse(run.Output)!;
        Assert.True(json.AsObject().Remove("tool"));
        return json;
    }

    private void Write(string name, string type, int scale, float[] values)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        Npy.Write(folder.File(name), type, [scale * Height, scale * Width], values);
    }
}
