using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Pages.Tests;

/// <summary>Everything that a reader may copy from a page runs, or is listed in <see cref="NotRun"/> with the reason.</summary>
public sealed partial class PagesTests
{
    /// <summary>Blocks of a page are run one after the other in one folder, as a reader goes down the page.</summary>
    [SkippableTheory, Trait("Category", "Slow")]
    [MemberData(nameof(Pages))]
    public void Every_block_and_every_command_of_a_page_runs(string page)
    {
        Skip.IfNot(Commands.AreHere, "needs bash");
        using var folder = new TemporaryFolder();
        SmallData.Write(folder.Path);
        var (before, problems, printed) = (Environment.CurrentDirectory, new List<string>(), "");
        Environment.CurrentDirectory = folder.Path;
        try
        {
            foreach (
                var block in Block.Of(page).Where(block => (block.IsCommands || NotRun.Reason(block.Code) is null) && !LacksBrowser(block))
            )
                try
                {
                    printed = Run(block, folder.Path, printed);
                    problems.AddRange(block.Said("then ").SelectMany(Unmet).Select(problem => $"{block}: {problem}"));
                }
                catch (Exception problem) when (problem is not OutOfMemoryException)
                {
                    printed = "";
                    problems.Add($"{block}: {problem.Message}");
                }
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
        Skip.If(Block.Of(page).Any(LacksBrowser), "needs Chromium: apt-get install chromium");
    }

    public static TheoryData<string> Pages => [.. Block.Pages.Where(page => Block.Of(page).Count > 0)];

    [Fact]
    public void Nothing_is_listed_that_no_page_has()
    {
        var blocks = Block.Pages.SelectMany(Block.Of).ToList();
        Assert.Empty(NotRun.Stale([.. blocks.Select(block => block.Code), .. blocks.SelectMany(block => Commands.Of(block.Code))]));
    }

    [Fact]
    public void Files_and_headings_that_a_page_or_a_notebook_links_to_are_there()
    {
        var notebooks = Directory
            .EnumerateFiles(Repository.Path("notebooks"), "*.ipynb")
            .Select(file => "notebooks/" + Path.GetFileName(file));
        var missing =
            from page in Block.Pages.Concat(notebooks)
            let folder = Path.GetDirectoryName(Repository.Path(page))!
            from Match link in Link().Matches(Prose(Repository.Path(page)))
            let target = link.Groups[1].Value.Split('#')
            let file = target[0].Length > 0 ? Path.Combine(folder, target[0]) : Repository.Path(page)
            where !target[0].Contains(':')
            where
                !Path.Exists(file)
                || (target is [_, var heading] && file.EndsWith(".md", StringComparison.Ordinal) && !Anchors(file).Contains(heading))
            select $"{page}: {link.Groups[1].Value}";
        Assert.Empty(missing);

        static string Prose(string file) =>
            file.EndsWith(".md", StringComparison.Ordinal)
                ? File.ReadAllText(file)
                : string.Concat(
                    JsonNode.Parse(File.ReadAllText(file))!["cells"]!
                        .AsArray()
                        .Where(cell => (string?)cell!["cell_type"] == "markdown")
                        .SelectMany(cell => cell!["source"]!.AsArray())
                );

        static IEnumerable<string> Anchors(string file) =>
            Heading()
                .Matches(File.ReadAllText(file))
                .Select(heading => Unnamed().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));
    }

    /// <summary>Who has the package has no page of the repository: the help names the same data sets.</summary>
    [Fact]
    public void The_help_of_evaluate_has_the_command_of_each_data_set()
    {
        using var folder = new TemporaryFolder();
        var help = Commands.Run("fmetrics evaluate --help", folder.Path);
        var rows = DataSets().Matches(File.ReadAllText(Repository.Path("src", "FunctionalMetrics.Cli", "README.md")));
        Assert.InRange(rows.Count, 10, 20);
        Assert.All(rows, row => Assert.Contains(row.Groups[1].Value, help, StringComparison.Ordinal));
    }

    [Fact]
    public void The_readme_is_short_and_its_picture_small()
    {
        Assert.InRange(Readme.Text.Split('\n').Length, 1, 121);
        Assert.Contains("(.github/report.png)", Readme.Text, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(Repository.Path(".github", "report.png")).Length, 1, 150_000);
    }

    /// <summary>Numbers of the readme's table of performance are those that commands printed, which the benchmarks' page and the tool's hold whole.</summary>
    [Fact]
    public void Numbers_of_performance_were_printed()
    {
        var table = Performance().Match(Readme.Text).Groups[1].Value;
        var printed = string.Concat(
            ((string[])["tests/FunctionalMetrics.Benchmarks/README.md", "src/FunctionalMetrics.Cli/README.md"]).Select(page =>
                File.ReadAllText(Repository.Path(page))
            )
        );
        var numbers = Number().Matches(table).Select(number => number.Value).ToList();
        Assert.InRange(numbers.Count, 5, 30);
        Assert.All(numbers, number => Assert.Matches($@"(?<![\d.,]){Regex.Escape(number)}(?![\d,])", printed));
    }

    [Fact]
    public void No_number_is_left_to_be_filled_in() =>
        Assert.All(Block.Pages, page => Assert.DoesNotMatch("[A-Z]{4,}_[A-Z]{4,}_HERE|TODO|TBD", File.ReadAllText(Repository.Path(page))));

    private static string Run(Block block, string folder, string printed)
    {
        if (block.Said("excerpt of").FirstOrDefault() is { } file)
            return Excerpt(block.Code, file);
        var code = string.Join('\n', block.Said("given").Append(block.Code));
        return block.Fence switch
        {
            "csharp" => Programs.CSharp(code),
            "fsharp" => Programs.FSharp(code),
            _ when block.IsCommands => Commands.Run(block.Code, folder),
            "text" => printed.TrimEnd() == block.Code.TrimEnd()
                ? printed
                : throw new InvalidOperationException($"what stands before it prints\n{printed}"),
            _ => throw new InvalidOperationException("nothing runs such a block, and it is not listed in NotRun"),
        };
    }

    /// <summary>Code that stands in a file of the repository, which other tests compile and run; … is for what is left out.</summary>
    private static string Excerpt(string code, string file)
    {
        var whole = Blanks().Replace(Documentation().Replace(File.ReadAllText(Repository.Path(file)), ""), "");
        var pattern = string.Join(".*?", Blanks().Replace(code, "").Split('…').Select(Regex.Escape));
        return Regex.IsMatch(whole, pattern, RegexOptions.Singleline)
            ? ""
            : throw new InvalidOperationException($"{file} does not have it");
    }

    /// <summary><c>FILE holds TEXT</c>, of the folder that the block ran in.</summary>
    private static IEnumerable<string> Unmet(string said) =>
        said.Split(" holds ") is not [var file, var text] ? [$"'{said}' is not understood"]
        : !File.Exists(file) ? [$"{file} was not written"]
        : !File.ReadAllText(file).Contains(text, StringComparison.Ordinal) ? [$"{file} does not hold {text}"]
        : [];

    private static bool LacksBrowser(Block block) => !Browser.IsHere && block.Code.Contains("/usr/bin/chromium", StringComparison.Ordinal);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    /// <summary>What is left out of a heading's anchor.</summary>
    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Unnamed();

    [GeneratedRegex(@"^\| [^|]+ \| `(fmetrics evaluate [^`]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex DataSets();

    [GeneratedRegex(@"\n## Performance\n(.*?)\n## ", RegexOptions.Singleline)]
    private static partial Regex Performance();

    /// <summary>A number that was measured: one with a decimal point or a group of thousands, or one before a unit.</summary>
    [GeneratedRegex(@"\d[\d,]*\.\d+|\d{1,3}(,\d{3})+|\d+(?=x\b| MB| s\b| ns)")]
    private static partial Regex Number();

    [GeneratedRegex("^ *///.*$", RegexOptions.Multiline)]
    private static partial Regex Documentation();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
