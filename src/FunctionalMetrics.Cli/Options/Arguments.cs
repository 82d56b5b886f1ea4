using System.CommandLine;
using System.CommandLine.Parsing;
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
        if (Swallowed(parsed, command) is { } swallowed)
            return $"{swallowed}; see {help}";
        if (taken.Concat(parsed.UnmatchedTokens).FirstOrDefault(text => text is ['-', _, ..]) is { } option)
        {
            var name = option.Split('=')[0];
            return $"'{name}' is not an option{Nearest(command.Options, name)}; see {help}";
        }
        return parsed.UnmatchedTokens is not [var stray, ..] ? null
            : command is RootCommand ? $"'{stray}' is not a command{Nearest(command.Subcommands, stray)}; see {help}"
            : command.Name == "evaluate" && Directory.Exists(stray)
                ? $"'{stray}' is a second folder; one is judged at a time, or every folder in one with --categories"
            : $"'{stray}' is not understood; see {help}";
    }

    /// <summary>A sentence on an option at the end of the line whose value is not there; null for any other error.</summary>
    public static string? Lacking(ParseError error) =>
        error.SymbolResult is OptionResult { Tokens: [] } option && option.Option.Arity.MinimumNumberOfValues > 0
            ? $"{option.Option.Name} lacks its value: nothing follows it"
            : null;

    /// <summary>An option that lacks its value takes the next option for it.</summary>
    private static string? Swallowed(ParseResult parsed, Command command) =>
        command
            .Options.SelectMany(option => parsed.GetResult(option)?.Tokens ?? [], (option, token) => (option.Name, token.Value))
            .Where(pair => command.Options.Any(option => option.Name == pair.Value))
            .Select(pair => $"{pair.Name} lacks its value: the option {pair.Value} follows it")
            .FirstOrDefault();

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
