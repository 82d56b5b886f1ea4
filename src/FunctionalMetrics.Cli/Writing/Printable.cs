namespace FunctionalMetrics.Cli;

/// <summary>Lines for a terminal: names of files and columns, and labels, come from anyone.</summary>
internal static class Printable
{
    /// <summary>A text without what would steer a terminal: such letters are written as their numbers, as in \x1b.</summary>
    public static string Of(string text) =>
        text.Any(char.IsControl)
            ? string.Concat(text.Select(letter => char.IsControl(letter) ? $"\\x{(int)letter:x2}" : letter.ToString()))
            : text;
}
