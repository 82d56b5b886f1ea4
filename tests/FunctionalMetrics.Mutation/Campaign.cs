using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FunctionalMetrics.Mutation;

/// <summary>From a project's name to the share of its mutants that tests see.</summary>
internal static class Campaign
{
    /// <summary>The variable that says which mutant is alive.</summary>
    public const string Alive = "FMETRICS_MUTANT";

    /// <summary>The code by which mutants are chosen.</summary>
    public const string Switch = $$"""
        namespace FunctionalMetrics.Mutation;

        internal static class Mutant
        {
            private static readonly int Alive = int.Parse(System.Environment.GetEnvironmentVariable("{{Alive}}") ?? "0");

            public static bool Is(int number) => Alive == number;
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The test project that is closest to each project, with a filter for those that take long.</summary>
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
    public static int Run(string name, int count, int seed, double least, TextWriter to)
    {
        if (name == "fixture")
            return Fixture.Run(to);
        if (!Projects.TryGetValue(name, out var project))
        {
            to.WriteLine($"'{name}' is no project; those there are: {string.Join(", ", Projects.Keys.Append("fixture"))}");
            return 2;
        }
        using var copy = Checkout.Copied();
        var source = Path.Combine(copy.Path, project.Source);
        to.WriteLine($"building {project.Tests} as it is");
        copy.Build(project.Tests);
        var all = Find(copy, source);
        var random = new Random(seed);
        var drawn = all.OrderBy(_ => random.Next())
            .Take(count)
            .OrderBy(mutant => mutant.File, StringComparer.Ordinal)
            .ThenBy(mutant => mutant.Span)
            .ToList();
        to.WriteLine($"{all.Count} mutants of {project.Source}, {drawn.Count} drawn by seed {seed}");
        drawn = Compile(copy, project.Source, project.Tests, drawn, to);
        var clean = copy.Test(project.Tests, "0", Patience);
        if (!clean)
            throw new InvalidOperationException("the tests fail without a mutant");
        var survivors = new List<Mutant>();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < drawn.Count; i++)
        {
            var survives = copy.Test(project.Tests, (i + 1).ToString(CultureInfo.InvariantCulture), Patience);
            if (survives)
                survivors.Add(drawn[i]);
            to.WriteLine(
                FormattableString.Invariant(
                    $"{i + 1} of {drawn.Count}, {clock.Elapsed.TotalSeconds:0} s: {(survives ? "SURVIVED" : "seen")} {drawn[i]}"
                )
            );
        }
        var (score, lower, upper) = Score.Of(drawn.Count - survivors.Count, drawn.Count);
        to.WriteLine(
            FormattableString.Invariant(
                $"{name}: {drawn.Count - survivors.Count} of {drawn.Count} seen, {score:P1} (95%: {lower:P1} to {upper:P1}), seed {seed}"
            )
        );
        foreach (var survivor in survivors)
            to.WriteLine($"  survived: {survivor}");
        return score < least ? 1 : 0;
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
        File.WriteAllText(Path.Combine(copy.Path, source, "Mutant.cs"), Switch);
        for (var tries = 0; tries < 12; tries++)
        {
            foreach (var (file, text) in originals)
                File.WriteAllText(Path.Combine(copy.Path, file), Written(text, drawn.Index().Where(one => one.Item.File == file)));
            var errors = copy.Errors(tests);
            if (errors.Count == 0)
                return drawn;
            var wrong = errors
                .SelectMany(error =>
                    drawn
                        .Index()
                        .Where(one =>
                            one.Item.File == Path.GetRelativePath(copy.Path, error.File)
                            && Lines(one.Item, originals, drawn).Contains(error.Line)
                        )
                        .Select(one => one.Item)
                )
                .ToHashSet();
            if (wrong.Count == 0)
                throw new InvalidOperationException($"the mutants do not compile: {errors[0]}");
            drawn = [.. drawn.Where(mutant => !wrong.Contains(mutant))];
            to.WriteLine($"{wrong.Count} do not compile and are left out");
        }
        throw new InvalidOperationException("the mutants do not compile");
    }

    /// <summary>The lines that a mutant takes once they are written: each keeps the lines of what it replaces, twice.</summary>
    private static HashSet<int> Lines(Mutant mutant, Dictionary<string, string> originals, List<Mutant> drawn)
    {
        // Everything is written on the lines that it stood on: changes hold no line breaks.
        var text = originals[mutant.File];
        var first = text.AsSpan(0, mutant.Span.Start).Count('\n') + 1;
        return [.. Enumerable.Range(first, text.AsSpan(mutant.Span.Start, mutant.Span.Length).Count('\n') + 1)];
    }

    /// <summary>A file in which each place is chosen as it runs, inner ones within outer ones.</summary>
    internal static string Written(string text, IEnumerable<(int Index, Mutant Item)> mutants)
    {
        var all = mutants.OrderBy(one => one.Item.Span.Start).ThenByDescending(one => one.Item.Span.Length).ToList();
        return Within(0, text.Length, all);

        string Within(int start, int end, List<(int Index, Mutant Item)> inside)
        {
            var result = new StringBuilder();
            var at = start;
            while (inside.Count > 0)
            {
                var span = inside[0].Item.Span;
                var here = inside.TakeWhile(one => one.Item.Span == span).ToList();
                var inner = inside.Skip(here.Count).TakeWhile(one => one.Item.Span.End <= span.End).ToList();
                inside = inside[(here.Count + inner.Count)..];
                result.Append(text, at, span.Start - at);
                var original = Within(span.Start, span.End, inner);
                foreach (var (index, mutant) in here)
                    result.Append(
                        CultureInfo.InvariantCulture,
                        $"(global::FunctionalMetrics.Mutation.Mutant.Is({index + 1}) ? ({OneLine(mutant.After)}) : "
                    );
                result.Append('(').Append(original).Append(')').Append(')', here.Count);
                at = span.End;
            }
            return result.Append(text, at, end - at).ToString();
        }

        // A comment to the end of a line would swallow what follows it.
        static string OneLine(string code) =>
            string.Join(
                ' ',
                code.Split('\n')
                    .Select(line =>
                        line.Contains("//", StringComparison.Ordinal) && !line.Contains('"')
                            ? line[..line.IndexOf("//", StringComparison.Ordinal)]
                            : line.Trim()
                    )
            );
    }
}
