using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FunctionalMetrics.Mutation;

/// <summary>What became of a mutant.</summary>
/// <param name="Number">The mutant, from 1.</param>
/// <param name="Fate">"seen", "survived", or "not covered" where no test touches it.</param>
/// <param name="By">The test that saw it.</param>
/// <param name="Seconds">How long that took.</param>
internal sealed record Verdict(int Number, string Fate, string By, double Seconds);

/// <summary>What is asked for.</summary>
/// <param name="Count">How many mutants are drawn.</param>
/// <param name="Run">How many of them are run in this call, after those that were run before.</param>
/// <param name="Seed">What they are drawn from.</param>
/// <param name="Least">The score below which the exit code is 1.</param>
/// <param name="Budget">The seconds of tests that a mutant is worth, as they were recorded: what is slower is not run on it.</param>
/// <param name="Folder">Where the copy, the recording and the verdicts are kept; null where nothing is.</param>
/// <param name="Again">Whether those that survived are run once more, with the tests as they are now.</param>
internal sealed record Request(int Count, int Run, int Seed, double Least, double Budget, string? Folder, bool Again);

/// <summary>From a project's name to the share of its mutants that tests see.</summary>
internal static class Campaign
{
    /// <summary>The test project that is closest to each project.</summary>
    private static readonly Dictionary<string, (string Source, string Tests)> Projects = new()
    {
        ["Core"] = ("src/FunctionalMetrics.Core", "tests/FunctionalMetrics.Core.Tests"),
        ["IO"] = ("src/FunctionalMetrics.IO", "tests/FunctionalMetrics.IO.Tests"),
        ["Cli"] = ("src/FunctionalMetrics.Cli", "tests/FunctionalMetrics.Cli.Tests"),
        ["Shell"] = ("src/FunctionalMetrics", "tests/FunctionalMetrics.Tests"),
        ["Statistics"] = ("src/FunctionalMetrics.Statistics", "tests/FunctionalMetrics.Statistics.Tests"),
        ["Orleans"] = ("src/FunctionalMetrics.Orleans", "tests/FunctionalMetrics.Orleans.Tests"),
        ["Generator"] = ("src/FunctionalMetrics.Generator", "tests/FunctionalMetrics.Generator.Tests"),
        ["MachineLearning"] = ("src/FunctionalMetrics.MachineLearning", "tests/FunctionalMetrics.MachineLearning.Tests"),
    };

    /// <returns>The exit code.</returns>
    public static int Run(string name, Request request, TextWriter to)
    {
        if (name == "fixture")
            return Fixture.Run(to);
        if (!Projects.TryGetValue(name, out var project))
        {
            to.WriteLine($"'{name}' is no project; those there are: {string.Join(", ", Projects.Keys.Append("fixture"))}");
            return 2;
        }
        using var copy = Checkout.Copied(request.Folder is { } folder ? Path.Combine(folder, name) : null);
        var drawn = copy.Kept<List<Mutant>>("mutants.json", () => Drawn(copy, project, request, to));
        if (request.Again)
            copy.Renew(project.Tests);
        var cases = copy.Kept("tests.json", () => Recording.Of(copy, project.Tests, to));
        to.WriteLine(
            FormattableString.Invariant(
                $"{drawn.Count} mutants that compile; {cases.Count} test cases, {cases.Sum(one => one.Seconds):0} s, touch {cases.SelectMany(one => one.Touched).Distinct().Count()} of them"
            )
        );
        var verdicts = copy.Verdicts().ToDictionary(verdict => verdict.Number);
        var next = Enumerable
            .Range(1, drawn.Count)
            .Where(number =>
                request.Again ? verdicts.TryGetValue(number, out var last) && last.Fate != "seen" : !verdicts.ContainsKey(number)
            )
            .Take(request.Run)
            .ToList();
        foreach (var number in next)
        {
            var verdict = Judge(copy, project.Tests, number, cases, request.Budget);
            copy.Keep(verdict);
            verdicts[number] = verdict;
            to.WriteLine(
                FormattableString.Invariant($"{number}, {verdict.Seconds:0.0} s: {verdict.Fate} {drawn[number - 1]} {verdict.By}")
            );
        }
        return Summary(name, request, drawn, verdicts, to);
    }

    /// <summary>Runs what touches a mutant, the quickest first, until one fails.</summary>
    private static Verdict Judge(Checkout copy, string tests, int number, IReadOnlyList<Case> cases, double budget)
    {
        var clock = Stopwatch.StartNew();
        var (chosen, left) = (new List<Case>(), budget);
        foreach (var one in cases.Where(one => one.Touched.Contains(number)).OrderBy(one => one.Seconds))
            if ((left -= one.Seconds) >= 0)
                chosen.Add(one);
        if (chosen.Count == 0)
            return new(number, "not covered", "", 0);
        // A class at a time, since its fixtures are made once; quick cases of all classes before slow ones of any.
        var batches = chosen
            .GroupBy(one =>
                (
                    Tier: one.Seconds < 0.2 ? 0
                    : one.Seconds < 2 ? 1
                    : 2,
                    one.Class
                )
            )
            .OrderBy(group => group.Key.Tier)
            .ThenBy(group => group.Sum(one => one.Seconds))
            .Select(group => new Batch(group.Key.Class, group.ToDictionary(one => one.Id, one => 20 + 8 * one.Seconds)))
            .ToList();
        var patience = TimeSpan.FromSeconds(60 + 8 * chosen.Sum(one => one.Seconds));
        var run = copy.Host(tests, batches, number, null, patience);
        var last =
            run.Lines.LastOrDefault(line => !line.StartsWith("passed", StringComparison.Ordinal)) ?? $"the process ended with {run.Exit}";
        return run.Exit == 0
            ? new(number, "survived", "", clock.Elapsed.TotalSeconds)
            : new(number, "seen", last[..Math.Min(200, last.Length)], clock.Elapsed.TotalSeconds);
    }

    private static int Summary(string name, Request request, List<Mutant> drawn, Dictionary<int, Verdict> verdicts, TextWriter to)
    {
        var seen = verdicts.Values.Count(verdict => verdict.Fate == "seen");
        var (score, lower, upper) = Score.Of(seen, verdicts.Count);
        to.WriteLine(
            FormattableString.Invariant(
                $"{name}: {seen} of {verdicts.Count} seen, {score:P1} (95%: {lower:P1} to {upper:P1}), seed {request.Seed}; {verdicts.Values.Select(verdict => verdict.Seconds).DefaultIfEmpty().Average():0.0} s a mutant"
            )
        );
        foreach (var verdict in verdicts.Values.Where(verdict => verdict.Fate != "seen").OrderBy(verdict => verdict.Number))
            to.WriteLine($"  {verdict.Fate}: {drawn[verdict.Number - 1]}");
        return score < request.Least ? 1 : 0;
    }

    /// <summary>Mutants in the order in which the seed draws them, compiled into the copy.</summary>
    private static List<Mutant> Drawn(Checkout copy, (string Source, string Tests) project, Request request, TextWriter to)
    {
        to.WriteLine($"building {project.Tests} as it is");
        copy.Build(project.Tests);
        var all = Find(copy, Path.Combine(copy.Path, project.Source));
        var random = new Random(request.Seed);
        var drawn = all.OrderBy(_ => random.Next()).Take(request.Count).ToList();
        to.WriteLine($"{all.Count} mutants of {project.Source}, {drawn.Count} drawn by seed {request.Seed}");
        return Compile(copy, project.Source, project.Tests, drawn, to);
    }

    /// <summary>The places of all files of a project, with what the compiler knows of them.</summary>
    private static List<Mutant> Find(Checkout copy, string source)
    {
        string[] files =
        [
            .. Directory
                .EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        var generated = Directory
            .EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => file.Contains("/obj/Release/", StringComparison.Ordinal));
        var trees = files.Concat(generated).Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file)).ToList();
        var name = Path.GetFileName(source);
        var references = copy.References(source);
        var compilation = CSharpCompilation.Create(
            name,
            trees,
            references,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true)
        );
        return
        [
            .. trees
                .Take(files.Length)
                .SelectMany(tree => Mutants.Of(Path.GetRelativePath(copy.Path, tree.FilePath), compilation.GetSemanticModel(tree))),
        ];
    }

    /// <summary>Writes all of them into the copy and builds it; those that do not compile are left out, by what the compiler says of their lines.</summary>
    private static List<Mutant> Compile(Checkout copy, string source, string tests, List<Mutant> drawn, TextWriter to)
    {
        var originals = drawn
            .Select(mutant => mutant.File)
            .Distinct()
            .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(copy.Path, file)));
        for (var tries = 0; tries < 100; tries++)
        {
            File.WriteAllText(Path.Combine(copy.Path, source, "MutationSwitch.cs"), Switch.Code(drawn.Count));
            foreach (var (file, text) in originals)
                File.WriteAllText(Path.Combine(copy.Path, file), Written.Of(text, drawn.Index().Where(one => one.Item.File == file)));
            var errors = copy.Errors(tests);
            if (errors.Count == 0)
                return drawn;
            var wrong = errors.SelectMany(error => At(error.File, error.Line)).ToHashSet();
            if (wrong.Count == 0)
                wrong = [.. errors.SelectMany(error => Before(error.File, error.Line))];
            if (wrong.Count == 0)
                throw new InvalidOperationException($"the mutants do not compile: {errors[0]}");
            drawn = [.. drawn.Where(mutant => !wrong.Contains(mutant))];
            to.WriteLine($"{wrong.Count} do not compile and are left out");
        }
        throw new InvalidOperationException("the mutants do not compile");

        IEnumerable<Mutant> Of(string file) => drawn.Where(mutant => Path.GetFullPath(Path.Combine(copy.Path, mutant.File)) == file);

        IEnumerable<Mutant> At(string file, int line) => Of(file).Where(mutant => Lines(mutant, originals).Contains(line));

        // A variable may be set above and missed below.
        IEnumerable<Mutant> Before(string file, int line) =>
            Of(file)
                .Where(mutant => Lines(mutant, originals).Max() < line)
                .OrderByDescending(mutant => Lines(mutant, originals).Max())
                .Take(1);
    }

    /// <summary>The lines that a mutant takes once it is written: those of what it replaces, since changes hold no line breaks.</summary>
    private static HashSet<int> Lines(Mutant mutant, Dictionary<string, string> originals)
    {
        var text = originals[mutant.File];
        var first = text.AsSpan(0, mutant.Start).Count('\n') + 1;
        return [.. Enumerable.Range(first, text.AsSpan(mutant.Start, mutant.Length).Count('\n') + 1)];
    }
}
