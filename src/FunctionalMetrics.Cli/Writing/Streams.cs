using LanguageExt;
using LanguageExt.Common;

namespace FunctionalMetrics.Cli;

/// <summary>Standard output and standard error: all that the tool says goes to one of them.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Refusals, hints and progress.</param>
/// <param name="OutIsTerminal">Whether results are drawn as wide as a terminal is.</param>
/// <param name="ErrorIsTerminal">Whether somebody can see progress.</param>
internal sealed record Streams(TextWriter Out, TextWriter Error, bool OutIsTerminal = false, bool ErrorIsTerminal = false)
{
    /// <summary>Those of this process.</summary>
    public static Streams OfProcess =>
        new(new Heard(Console.Out), new Unheard(Console.Error), !Console.IsOutputRedirected, !Console.IsErrorRedirected);

    /// <summary>A line of a result.</summary>
    public void Say(string line) => Out.WriteLine(Printable.Of(line));

    /// <summary>A line beside the result.</summary>
    public void Tell(string line) => Error.WriteLine(Printable.Line(line));

    /// <summary>Bad usage or bad input: one line that says what and where, and the exit code.</summary>
    public int Refuse(string reason)
    {
        Error.WriteLine(Printable.Line("fmetrics: " + reason.ReplaceLineEndings(" ")));
        return Exit.Refused;
    }

    /// <summary>The exit code of what came out; a refusal is said.</summary>
    public int End(Fin<Unit> outcome) =>
        outcome.Match(
            _ => Exit.Done,
            (Error error) =>
            {
                var refused = Refuse(error.Message);
                return error is Unmet ? Exit.Unmet : refused;
            }
        );
}
