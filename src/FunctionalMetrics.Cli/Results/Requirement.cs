using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FunctionalMetrics.Core;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>What must hold of a result, for use in a build: <c>image.auroc>=0.98</c>.</summary>
/// <param name="Text">As it was given.</param>
/// <param name="Path">Which number of the JSON.</param>
/// <param name="Relation">How it must stand to the bound.</param>
/// <param name="Bound">The bound.</param>
internal sealed partial record Requirement(string Text, string Path, string Relation, double Bound)
{
    public static Fin<Requirement> Parse(string text) =>
        !Reversed().IsMatch(text)
        && Form().Match(text) is { Success: true } parts
        && double.TryParse(parts.Groups["bound"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound)
        && double.IsFinite(bound)
            ? new Requirement(text, parts.Groups["path"].Value, parts.Groups["relation"].Value, bound)
        : Reversed().IsMatch(text) ? Error.New($"'{text}' is no requirement; write >= for 'at least' and <= for 'at most'")
        : Error.New($"'{text}' is no requirement; it must be a name of the JSON, one of >= > <= <, and a number: 'image.auroc>=0.98'");

    /// <summary>A sentence for each that does not hold; an error where the result has no such number.</summary>
    public static Fin<Seq<string>> Broken(IEnumerable<Requirement> all, JsonObject json) =>
        toSeq(all).Map(one => one.Broken(json)).Sequence().Map(broken => broken.Somes());

    /// <summary>An <see cref="Unmet"/> where there are such sentences.</summary>
    public static Fin<Unit> Held(Seq<string> broken) => broken.IsEmpty ? unit : new Unmet(string.Join("; ", broken));

    /// <summary>Why it does not hold, if it does not. An interval must hold it as a whole.</summary>
    private Fin<Option<string>> Broken(JsonObject json) =>
        JsonNumbers
            .Find(json, Path)
            .Match(
                found =>
                    FinSucc(
                        found.Match(
                            value => Holds(value) ? None : Some($"required {Text} does not hold: it is {Readable.Exact(value)}"),
                            why => $"required {Text} does not hold: {why.Message}"
                        )
                    ),
                () => Error.New($"--require {Text}: the result has no number '{Path}'{JsonNumbers.Nearest(json, Path)}")
            );

    private bool Holds(Interval value) =>
        Relation switch
        {
            ">=" => value.Lower >= Bound,
            ">" => value.Lower > Bound,
            "<=" => value.Upper <= Bound,
            _ => value.Upper < Bound,
        };

    [GeneratedRegex(@"^\s*(?<path>.+?)\s*(?<relation>>=|<=|>|<)\s*(?<bound>[^<>=\s]+)\s*$")]
    private static partial Regex Form();

    [GeneratedRegex("=[<>]")]
    private static partial Regex Reversed();
}

/// <summary>What was required of a result does not hold.</summary>
internal sealed record Unmet(string Sentences) : Expected(Sentences, Exit.Unmet);
