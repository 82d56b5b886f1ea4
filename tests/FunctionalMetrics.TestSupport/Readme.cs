using System.Text.RegularExpressions;

namespace FunctionalMetrics.TestSupport;

/// <summary>README.md at the top of the repository.</summary>
public static class Readme
{
    /// <summary>All of it.</summary>
    public static string Text { get; } = File.ReadAllText(Repository.Path("README.md"));

    /// <summary>The block of code below the comment that says which project of tests runs it.</summary>
    public static string Code(string project, string language) =>
        Regex.Match(Text, $@"<!-- run by {Regex.Escape(project)} -->\s*```{language}\n(.*?)```", RegexOptions.Singleline)
            is { Success: true } block
            ? block.Groups[1].Value
            : throw new InvalidOperationException($"README.md has no block of {language} that {project} runs");
}
