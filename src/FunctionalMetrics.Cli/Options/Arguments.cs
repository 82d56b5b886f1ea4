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
            return $"'{name}' is not an option; the nearest is {Nearest(command.Options, name)}; see {help}";
        }
        return parsed.UnmatchedTokens is not [var stray, ..] ? null
            : command is RootCommand ? $"'{stray}' is not a command; the nearest is {Nearest(command.Subcommands, stray)}; see {help}"
            : $"'{stray}' is not understood; see {help}";
    }

    /// <summary>The one that begins so, or else is written most like it.</summary>
    private static string Nearest(IEnumerable<Symbol> known, string name) =>
        known
            .Select(symbol => symbol.Name)
            .OrderBy(other => !other.StartsWith(name, StringComparison.Ordinal))
            .ThenBy(other => Levenshtein.GetDistance(other, name))
            .First();
}
