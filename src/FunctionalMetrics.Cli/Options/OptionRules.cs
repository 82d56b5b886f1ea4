using System.Collections.Immutable;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>
/// The options that go with a way of evaluating. Any other is refused, also one that came later than these rules, so that none is ever without effect in silence.
/// </summary>
/// <param name="With">The way, as the end of "does not go with".</param>
/// <param name="Allowed">The names of the options that go with it, without dashes.</param>
/// <param name="Reasons">Why others do not, by name.</param>
/// <param name="Otherwise">Why one that has no reason of its own does not.</param>
internal sealed record OptionRules(
    string With,
    ImmutableHashSet<string> Allowed,
    ImmutableDictionary<string, string> Reasons,
    string Otherwise
)
{
    /// <summary>Refuses the first option that does not go with it.</summary>
    /// <param name="run">The options that were given.</param>
    public Fin<Unit> Check(ToolRun run) =>
        run.Options.Select(option => option.Key).FirstOrDefault(name => !Allowed.Contains(name)) is { } other
            ? Refusal("--" + other, Reasons.GetValueOrDefault(other, Otherwise))
            : unit;

    /// <summary>The sentence.</summary>
    public Error Refusal(string shown, string why) => Error.New($"{shown} does not go with {With}: {why}");
}
