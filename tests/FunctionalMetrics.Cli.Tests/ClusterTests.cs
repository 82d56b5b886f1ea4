using System.Diagnostics;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>Silos and commands as a user starts them, with a Redis server of the tests' own or that which FMETRICS_TEST_REDIS names.</summary>
public sealed class ClusterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<Process> silos = [];
    private RedisProcess? own;
    private readonly string cluster = $"cli-{Guid.NewGuid():N}";

    public void Dispose()
    {
        foreach (var silo in silos)
        {
            silo.Kill();
            silo.Dispose();
        }
        own?.Dispose();
        folder.Dispose();
    }

    private const string Here = "/proc/self/cwd";

    /// <summary>
    /// Below /proc/self/cwd each process sees what lies in its own folder: the same paths, other files.
    /// </summary>
    [SkippableTheory, Trait("Category", "Slow")]
    [InlineData("a score", "--approximate 14")]
    [InlineData("a mask", "")]
    [InlineData("one image more", "")]
    public async Task A_silo_that_sees_other_files_than_the_client_reads_none_of_them(string what, string way)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs /proc");
        var redis = Redis();
        foreach (var place in (string[])["client", "good", "stale"])
            SmallSet.Write(folder, $"{place}/set", ..);
        switch (what)
        {
            case "a score":
                Npy.Write(folder.File("stale/set/anomaly_maps/cut/000.npy"), "<f4", [2, 3], [0.1f, 0.2f, 0.05f, 0.3f, 0.8f, 0.4f]);
                break;
            case "a mask":
                Npy.Write(folder.File("stale/set/ground_truth/cut/002_mask.npy"), "|u1", [2, 3], [1, 0, 0, 0, 0, 0]);
                break;
            default:
                Npy.Write(folder.File("stale/set/anomaly_maps/cut/0005.npy"), "<f4", [2, 3], [0.9f, 0.9f, 0.9f, 0.9f, 0.9f, 0.9f]);
                break;
        }
        string[] evaluate =
        [
            "evaluate",
            $"{Here}/set",
            .. SmallSet.Rules,
            .. way.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            "--json",
            "-",
        ];
        string[] there = [.. evaluate, "--cluster", $"redis://{redis}", "--cluster-id", cluster];
        var right = Fmetrics.Spawn(folder.File("client"), "C", evaluate);
        Assert.Equal((0, ""), (right.ExitCode, right.Error));
        await Silo(redis, "stale");
        var refused = Fmetrics.Spawn(folder.File("client"), "C", there);
        refused.IsRefusal("shard images ", $"{Here}/set", " on ", "silos and client must see the same files at the same paths");
        await Silo(redis, "good");
        var mixed = Fmetrics.Spawn(folder.File("client"), "C", there);
        Assert.Equal("", mixed.Error);
        Assert.Equal(right.WithoutCall(), mixed.WithoutCall());
    }

    /// <summary>Of a long file only some blocks are compared, unless all of it is asked for.</summary>
    [SkippableFact, Trait("Category", "Slow")]
    public async Task Verify_full_sees_one_byte_of_a_long_file()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs /proc");
        var redis = Redis();
        var rows = "score,label\n" + string.Concat(Enumerable.Range(0, 400_000).Select(row => $"{row % 977},{row % 2}\n"));
        folder.Write("client/s.csv", rows);
        folder.Write("stale/s.csv", string.Concat(rows.AsSpan(0, 1_234_567), rows[1_234_567] == '1' ? "2" : "1", rows.AsSpan(1_234_568)));
        await Silo(redis, "stale");
        string[] there =
        [
            "evaluate",
            "--scores",
            $"{Here}/s.csv",
            "--positive-label",
            "1",
            "--normal-label",
            "*",
            "--cluster",
            $"redis://{redis}",
            "--cluster-id",
            cluster,
        ];
        Fmetrics
            .Spawn(folder.File("client"), "C", [.. there, "--verify", "full"])
            .IsRefusal("shard all rows: ", "s.csv: is another file on ", "it has other content there than at the client");
        Fmetrics.Run("evaluate", Fmetrics.Brick, "--verify", "full").IsRefusal("--verify has no effect without --cluster");
    }

    [SkippableFact, Trait("Category", "Slow")]
    public async Task Two_silos_give_the_numbers_the_state_and_the_report_of_one_process()
    {
        var redis = Redis();
        await Task.WhenAll(Silo(redis), Silo(redis));
        string[] there = ["--cluster", $"redis://{redis}", "--cluster-id", cluster];
        foreach (var (name, where) in (ReadOnlySpan<(string, string[])>)[("here", []), ("there", there)])
        {
            Directory.CreateDirectory(folder.File(name));
            string[] numbers =
            [
                "evaluate",
                Fmetrics.Brick,
                "--default-threshold",
                "0.4",
                "--json",
                $"{name}/numbers.json",
                "--quiet",
                .. where,
            ];
            Ok(Fmetrics.Spawn(folder.Path, "C", numbers));
            Ok(["evaluate", Fmetrics.Brick, "--state", $"{name}/brick.fms", "--report", $"{name}/report.html", "--quiet", .. where]);
            // Each image by itself: tables, intervals, pictures, and a state that keeps them.
            string[] images =
            [
                "evaluate",
                Fmetrics.Brick,
                .. "--metrics aupimo --intervals 0.95 --replicates 100 --pixel-threshold 9".Split(' '),
                "--quiet",
                .. where,
            ];
            Ok([
                .. images,
                .. ((string[])["images.json", "images.csv", "regions.csv", "kept.fms"])
                    .Zip((string[])["--json", "--images", "--regions", "--state"], (file, option) => (string[])[option, $"{name}/{file}"])
                    .SelectMany(pair => pair),
                "--keep-images",
            ]);
            folder.Write("rows.csv", "score,label\n0.1,1\n0.35,0\n0.8,0\n0.7,1\n");
            Ok(["evaluate", "--scores", "rows.csv", "--lower-is-anomalous", "--json", $"{name}/rows.json", "--quiet", .. where]);
            string[] bounded = ["evaluate", "--approximate", "14", "--quiet", .. where];
            Ok([.. bounded, Fmetrics.Brick, "--json", $"{name}/bounds.json", "--lower-is-anomalous"]);
            Ok([.. bounded, Fmetrics.Brick, "--state", $"{name}/bounds.fms", "--report", $"{name}/bounds.html"]);
            Ok([.. bounded, "--scores", "rows.csv", "--json", $"{name}/bounded-rows.json", "--state", $"{name}/bounded-rows.fms"]);
        }
        string[] files = [.. Directory.GetFiles(folder.File("here")).Select(path => Path.GetFileName(path)!)];
        Assert.Equal(13, files.Length);
        foreach (var file in files)
            Assert.Equal(Content($"here/{file}"), Content($"there/{file}"));
        string Content(string file) => Fmetrics.WithoutCall(File.ReadAllText(folder.File(file), System.Text.Encoding.Latin1));
        folder.Write("bad.csv", "score,label\n0.1,1\nnan,0\n");
        Fmetrics.RunIn(folder.Path, ["evaluate", "--scores", "bad.csv", .. there]).IsRefusal("bad.csv", "row 2");
        Fmetrics
            .Run("evaluate", Fmetrics.Brick, "--cluster", $"redis://{redis}", "--cluster-id", "another")
            .IsRefusal("no silo of the cluster 'another'");
        var silo = silos[0];
        using var terminate = Process.Start("kill", ["-TERM", $"{silo.Id}"]);
        Assert.True(silo.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, silo.ExitCode);
    }

    /// <summary>Each image is a shard of its own there.</summary>
    [SkippableFact, Trait("Category", "Slow")]
    public async Task Notes_and_counts_at_given_thresholds_are_those_of_one_process_and_masks_of_two_kinds_are_refused()
    {
        var redis = Redis();
        await Silo(redis);
        string[] there = ["--cluster", $"redis://{redis}", "--cluster-id", cluster];
        SmallSet.Write(folder, "set", ..);
        string[] set = [folder.File("set"), .. SmallSet.Rules, "--threshold", "0.6", "--pixel-threshold", "0.42"];
        foreach (
            var way in (string[][])
                [
                    [],
                    ["--approximate", "4"],
                    ["--lower-is-anomalous"],
                ]
        )
        {
            var here = Fmetrics.Evaluate([.. set, .. way]);
            Assert.Equal(5, here["notes"]!.AsArray().Count);
            Assert.NotNull(here["pixel"]!["at_given_threshold"]);
            Assert.Equal(here.ToJsonString(), Fmetrics.Evaluate([.. set, .. way, .. there]).ToJsonString());
        }
        string[] rows =
        [
            "--scores",
            folder.Write("rows.csv", "score,label\n0.1,cut\n0.9,good\n0.2,hole\n0.3,good\n"),
            "--normal-label",
            "good",
            "--positive-label",
            "*",
            "--threshold",
            "0.25",
        ];
        Assert.Equal(Fmetrics.Evaluate(rows).ToJsonString(), Fmetrics.Evaluate([.. rows, .. there]).ToJsonString());

        // One category after the other, each a job of its own.
        SmallSet.Write(folder, "categories/bottle", ..);
        SmallSet.Write(folder, "categories/cable", ..3);
        string[] categories = [folder.File("categories"), "--categories", .. SmallSet.Rules, "--threshold", "0.6"];
        var both = Fmetrics.Evaluate(categories);
        Assert.Equal(["bottle", "cable"], both["categories"]!.AsObject().Select(category => category.Key));
        Assert.Equal(both.ToJsonString(), Fmetrics.Evaluate([.. categories, .. there]).ToJsonString());

        Npy.Write(folder.File("set/ground_truth/cut/001_mask.npy"), "|u1", [2, 3], [0, 0, 0, 255, 0, 0]);
        foreach (
            var way in (string[][])
                [
                    [],
                    ["--approximate", "4"],
                ]
        )
        {
            var refused = Fmetrics.Run(["evaluate", .. set, .. way, .. there]);
            refused.IsRefusal("cut/000_mask.npy", "cut/001_mask.npy", "255");
            Assert.Equal(Fmetrics.Run(["evaluate", .. set, .. way]).Error, refused.Error);
        }
    }

    [Fact, Trait("Category", "Slow")]
    public void What_cannot_be_a_cluster_is_one_line_that_says_why()
    {
        Fmetrics.Run("evaluate", Fmetrics.Brick, "--cluster", "redis://127.0.0.1:1").IsRefusal("there is no Redis server at 127.0.0.1:1");
        Fmetrics.Run("evaluate", Fmetrics.Brick, "--cluster", "brick").IsRefusal("'brick' is no Redis server", "redis://HOST:PORT");
        Fmetrics.Run("evaluate", Fmetrics.Brick, "--cluster-id", "x").IsRefusal("--cluster-id has no effect without --cluster");
        Fmetrics
            .Run("evaluate", Fmetrics.Brick, "--cluster", "redis://127.0.0.1:65536")
            .IsRefusal("'redis://127.0.0.1:65536' is no Redis server");
        Fmetrics
            .Run("evaluate", Fmetrics.Brick, "--cluster", "redis://127.0.0.1:1", "--cluster-id", " ")
            .IsRefusal("' ' is no name of a cluster");
        Fmetrics.Run("silo", "--redis", "127.0.0.1:1", "--cluster-id", "").IsRefusal("'' is no name of a cluster");
        Fmetrics.Run("silo", "--redis", "name:99999").IsRefusal("'name:99999' is no Redis server");
        Fmetrics.Run("silo").IsRefusal("--redis");
        Fmetrics.Run("silo", "--redis", "127.0.0.1:1").IsRefusal("there is no Redis server at 127.0.0.1:1");
        Fmetrics.Run("silo", "--redis", "127.0.0.1:1", "--listen", "0.0.0.0").IsRefusal("--listen is '0.0.0.0'");
        Fmetrics.Run("silo", "--redis", "127.0.0.1:1", "--listen", "192.0.2.1").IsRefusal("192.0.2.1 only with a certificate");
        Fmetrics.Run("silo", "--redis", "127.0.0.1:1", "--certificate", "a.pem").IsRefusal("--certificate and --authority go together");
        Fmetrics
            .Run("silo", "--redis", "127.0.0.1:1", "--certificate", "none.pem", "--authority", "none.pem")
            .IsRefusal("there is no Redis server at 127.0.0.1:1");
    }

    [Theory]
    [InlineData("redis://:s3cret@127.0.0.1:1")]
    [InlineData("redis://user:s3cret@127.0.0.1")]
    [InlineData("s3cret@127.0.0.1:1/")]
    [InlineData("redis://:s3@cret@:99999")]
    [InlineData("http://s3cret@host")]
    public void A_password_in_an_address_is_not_repeated(string address)
    {
        foreach (
            var args in (string[][])
                [
                    ["evaluate", Fmetrics.Brick, "--cluster", address],
                    ["silo", "--redis", address],
                ]
        )
        {
            var refused = Fmetrics.Run(args);
            refused.IsRefusal("the address of Redis", "FMETRICS_REDIS_PASSWORD");
            Assert.DoesNotContain("s3", refused.Error, StringComparison.Ordinal);
        }
    }

    private string Redis() =>
        Environment.GetEnvironmentVariable("FMETRICS_TEST_REDIS") is { Length: > 0 } redis
            ? redis
            : (own ??= RedisProcess.Start(false)).Address;

    private async Task Silo(string redis, string place = "")
    {
        var silo = Fmetrics.Start(folder.File(place), "silo", "--redis", redis, "--cluster-id", cluster);
        lock (silos)
            silos.Add(silo);
        Assert.StartsWith("ready on 127.0.0.1:", await silo.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
    }

    private void Ok(string[] args) => Ok(Fmetrics.RunIn(folder.Path, args));

    private static void Ok(Outcome outcome) => Assert.Equal((0, "", ""), (outcome.ExitCode, outcome.Output, outcome.Error));
}
