using System.Collections.Immutable;
using FunctionalMetrics.Core;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>
/// Every number, label and note that a surface shows against an oracle of its own, for every option times every way of evaluating. Options and numbers
/// are those that the tool declares: one that is new fails here until the oracle knows it. With <c>FMETRICS_LONG=1</c> ten seeds and every
/// report; otherwise one seed.
/// </summary>
public sealed class SurfaceTests : IDisposable
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("FMETRICS_LONG") == "1";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Ways => [.. WaysOfOneProcess.Select(way => way.Name)];

    private static readonly Way[] WaysOfOneProcess =
    [
        new("memory", [], null) { Draws = true },
        new("passes", ["--max-memory", "400MB"], null)
        {
            How = "The numbers are exact. Curves need every score: evaluate without --max-memory for them.",
        },
        new("fine bins", ["--approximate", "24"], 24) { How = "Curves need every score: evaluate without --approximate for them." },
        new("coarse bins", ["--approximate", "5"], 5) { How = "Curves need every score: evaluate without --approximate for them." },
        new("state", [], null) { Shows = true, Draws = true },
        new("state of images", ["--keep-images"], null) { Shows = true, Draws = true },
        new("state of bins", ["--approximate", "24"], 24)
        {
            Shows = true,
            How = "Curves need every score: evaluate without --approximate for them.",
        },
    ];

    /// <summary>A way to evaluate.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Arguments">Its options.</param>
    /// <param name="Bits">In 2^bits bins; exact without.</param>
    private sealed record Way(string Name, string[] Arguments, int? Bits)
    {
        /// <summary>Whether a state file is written, and what is shown is that of the file.</summary>
        public bool Shows { get; init; }

        /// <summary>Whether its report has curves.</summary>
        public bool Draws { get; init; }

        /// <summary>What its report says of the way.</summary>
        public string? How { get; init; }

        public bool KeepsImages => Arguments.Contains("--keep-images");
    }

    [Fact]
    public void Every_option_has_a_use_here_or_a_test_elsewhere() =>
        Assert.Equal(
            EvaluateChoices.Options.Names.Order(),
            OptionUses.All.Select(use => use.Option).Concat(OptionUses.Ways).Concat(OptionUses.Elsewhere.Keys).Distinct().Order()
        );

    [Theory, Trait("Category", "Slow")]
    [MemberData(nameof(Ways))]
    public void Every_surface_shows_what_the_oracle_counts(string name)
    {
        var way = WaysOfOneProcess.Single(one => one.Name == name);
        for (var seed = 1; seed <= (IsLong ? 10 : 1); seed++)
            CheckAll(seed, way, 1, way.Name == "memory" ? 2 : 6);
    }

    /// <summary>Some of them, since a cluster takes a second for each.</summary>
    [SkippableFact, Trait("Category", "Slow")]
    public async Task Every_surface_of_a_cluster_shows_what_the_oracle_counts()
    {
        using var redis = RedisProcess.Start(false);
        var cluster = $"surfaces-{Guid.NewGuid():N}";
        using var silo = Fmetrics.Start(folder.Path, "silo", "--redis", redis.Address, "--cluster-id", cluster);
        try
        {
            Assert.StartsWith("ready on ", await silo.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
            CheckAll(1, new("cluster", ["--cluster", $"redis://{redis.Address}", "--cluster-id", cluster], null) { Draws = true }, 8, 3);
        }
        finally
        {
            silo.Kill();
        }
    }

    /// <summary>Each world and each use of an option, by a way.</summary>
    /// <param name="seed">What the data are drawn from.</param>
    /// <param name="way">The way.</param>
    /// <param name="each">One in so many is taken; all with FMETRICS_LONG=1.</param>
    /// <param name="drawn">And one in so many of those has its report looked at.</param>
    private void CheckAll(int seed, Way way, int each, int drawn)
    {
        var (faults, checks) = (new List<string>(), 0);
        var worlds = PlainWorld.All(seed);
        foreach (var world in worlds)
            world.Write(folder);
        foreach (var world in worlds)
            Check(world, world.Rules, world.Arguments, []);
        foreach (var use in OptionUses.All)
            Check(
                worlds[use.World],
                use.Effect(worlds[use.World].Rules),
                use.Instead is [] ? worlds[use.World].Arguments : use.Instead,
                use.Arguments
            );
        Assert.True(faults.Count == 0, string.Join('\n', faults));

        void Check(PlainWorld world, PlainRules rules, string[] data, string[] options)
        {
            var check = checks++;
            if (!IsLong && check % each != 0)
                return;
            try
            {
                CheckOne(world, rules, data, options, way, IsLong || check / each % drawn == 0);
            }
            catch (Exception fault) when (fault is Xunit.Sdk.XunitException or InvalidOperationException)
            {
                faults.Add($"{string.Join(' ', data)} {string.Join(' ', options)}: {fault.Message}");
            }
        }
    }

    private void CheckOne(PlainWorld world, PlainRules rules, string[] data, string[] options, Way way, bool draws)
    {
        var (read, shown) = Apart(options);
        if (way.KeepsImages && (world.IsRows || !rules.HasMasks))
            return;
        string[] evaluate = ["evaluate", .. data, .. read, .. way.Arguments];
        string[] results = ["--json", "out.json"];
        if (way.Shows)
        {
            var kept = Fmetrics.RunIn(folder.Path, [.. evaluate, "--state", $"{world.Name}.fms", "--quiet"]);
            Assert.True(kept.ExitCode == 0, kept.Error);
        }
        string[] start = way.Shows ? ["show", $"{world.Name}.fms", .. shown] : [.. evaluate, .. shown];
        File.Delete(folder.File("out.json"));
        var plain = Fmetrics.RunIn(folder.Path, [.. rules.Title is null ? start : start.Except(["--title", rules.Title]), .. results]);
        if (IsRefused(world, rules, way) is { } option)
        {
            plain.IsRefusal(option);
            Assert.False(File.Exists(folder.File("out.json")));
            return;
        }
        Assert.True(plain.ExitCode == (rules.Unmet is null ? 0 : 3), plain.Error);
        var json = File.ReadAllText(folder.File("out.json"));
        var run = new SurfaceRun(way.Shows ? world with { Data = world.Name } : world, rules, way.Bits, json);
        run.Check(plain);
        if (rules.ImageTable is { } images)
            run.CheckImages(File.ReadAllText(folder.File(images)));
        if (!draws)
            return;
        if (way is { Name: "memory" } && rules.Unmet is null)
        {
            var table = Fmetrics.RunIn(folder.Path, "table", "out.json", "--columns", run.Columns, "--out", "table.md");
            Assert.True(table.ExitCode == 0, table.Error);
            run.CheckMarkdown(File.ReadAllText(folder.File("table.md")));
        }
        var drawn = Fmetrics.RunIn(folder.Path, [.. start, .. results, "--report", "out.html"]);
        Assert.Equal(plain.ExitCode, drawn.ExitCode);
        Assert.Equal(plain.Output, drawn.Output);
        Assert.Equal(Fmetrics.WithoutCall(json), Fmetrics.WithoutCall(File.ReadAllText(folder.File("out.json"))));
        run.CheckReport(File.ReadAllText(folder.File("out.html")), way.Draws, way.How);
    }

    /// <summary>The option by which a combination is refused; null where it is not.</summary>
    private static string? IsRefused(PlainWorld world, PlainRules rules, Way way)
    {
        var needs =
            rules.ImageTable is not null ? "--images"
            : rules.ByFolder ? "--by-folder"
            : rules.Worst > 0 ? "--worst"
            : rules.Intervals ? "--intervals"
            : rules.Asked.FirstOrDefault(name => name.StartsWith("aupimo", StringComparison.Ordinal)) is { } asked ? $"--metrics {asked}"
            : null;
        return way.Name is "memory" or "cluster" || way.KeepsImages || (way.Name == "state" && world.IsRows) ? null : needs;
    }

    /// <summary>The options of reading, and those of results, which the state file's command has.</summary>
    private static (string[] Read, string[] Shown) Apart(string[] options)
    {
        var (read, shown) = (new List<string>(), new List<string>());
        var names = ResultChoices.Options.Names.ToImmutableHashSet();
        var to = read;
        foreach (var word in options)
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
                to = names.Contains(word[2..]) ? shown : read;
            to.Add(word);
        }
        return ([.. read], [.. shown]);
    }
}
