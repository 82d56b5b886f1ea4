using LanguageExt;
using LanguageExt.Common;

namespace FunctionalMetrics.Cli;

/// <summary>Exit codes, and the one line on standard error that comes with a refusal.</summary>
internal static class Exit
{
    public const int Done = 0;
    public const int Bug = 1;
    public const int Refused = 2;

    /// <summary>The result was written, and something that was required of it does not hold.</summary>
    public const int Unmet = 3;
    public const int Interrupted = 130;

    /// <summary>Bad usage or bad input: one line that says what and where.</summary>
    public static int Refuse(string reason)
    {
        Console.Error.WriteLine("fmetrics: " + Printable(reason.ReplaceLineEndings(" ")));
        return Refused;
    }

    /// <summary>A text without what would steer a terminal: names of files and columns come from anyone.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString())) : text;

    public static int Of(Fin<Unit> outcome) =>
        outcome.Match(
            _ => Done,
            (Error error) =>
            {
                Refuse(error.Message);
                return error.Code == Unmet ? Unmet : Refused;
            }
        );
}
