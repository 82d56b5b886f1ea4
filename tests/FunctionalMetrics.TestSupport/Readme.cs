using System.Text.RegularExpressions;

namespace FunctionalMetrics.TestSupport;

/// <summary>README.md at the top of the repository, and code of the other pages.</summary>
public static partial class Readme
{
    /// <summary>All of it.</summary>
    public static string Text { get; } = File.ReadAllText(Repository.Path("README.md"));

    /// <summary>The one block of a page that holds a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="page">The page's path from the top of the repository.</param>
    public static string Block(string text, params string[] page) =>
        Blocks()
            .Matches(File.ReadAllText(Repository.Path(page)))
            .Select(block => block.Groups[1].Value)
            .Single(block => block.Contains(text));

    [GeneratedRegex("^```[a-z]+\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
