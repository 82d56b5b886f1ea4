using System.CommandLine;
using Quickenshtein;

namespace FunctionalMetrics.Cli;

/// <summary>What was written on the command line and is neither an option nor the value of one.</summary>
internal static class Arguments
{
    /// <summary>
    /// A sentence on the first thing that nothing takes; null where there is none. What looks like an option would otherwise be taken for a file or a
    /// folder, and its value be the thing that is left over.
    /// </summary>
    public static string? Strange(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var help = parsed.RootCommandResult.Command == command ? "fmetrics --help" : $"fmetrics {command.Name} --help";
        var taken = command.Arguments.SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? []).Select(token => token.Value);
        if (taken.Concat(parsed.UnmatchedTokens).FirstOrDefault(text => text is ['-', _, ..]) is { } option)
        {
            var name = option.Split('=')[0];
            return $"'{name}' is not an option{Nearest(command.Options, name)}; see {help}";
        }
        return parsed.UnmatchedTokens is not [var stray, ..] ? null
            : command is RootCommand ? $"'{stray}' is not a command{Nearest(command.Subcommands, stray)}; see {help}"
            : $"'{stray}' is not understood; see {help}";
    }

    /// <summary>Those that begin so, or else the one that is written most like it, if it is.</summary>
    private static string Nearest(IEnumerable<Symbol> known, string name)
    {
        string[] names = [.. known.Select(symbol => symbol.Name)];
        string[] begun = [.. names.Where(other => other.StartsWith(name, StringComparison.Ordinal))];
        var nearest = names.MinBy(other => Levenshtein.GetDistance(other, name))!;
        return begun.Length > 0 ? $"; there is {string.Join(" and ", begun)}"
            : 2 * Levenshtein.GetDistance(nearest, name) <= name.TrimStart('-').Length ? $"; the nearest is {nearest}"
            : "";
    }
}
