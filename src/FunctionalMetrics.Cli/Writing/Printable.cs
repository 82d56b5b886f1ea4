namespace FunctionalMetrics.Cli;

/// <summary>Lines for a terminal: names of files and columns, and labels, come from anyone.</summary>
internal static class Printable
{
    private const int Longest = 500;

    /// <summary>A line for people: printable, and of one that is very long the beginning and the end, which say where and what.</summary>
    public static string Line(string text)
    {
        var line = Of(text);
        if (line.Length <= Longest)
            return line;
        var left = $" … ({line.Length} characters) … ";
        var half = (Longest - left.Length) / 2;
        return line[..half] + left + line[^half..];
    }

    /// <summary>A text without what would steer a terminal: such letters are written as their numbers, as in \x1b.</summary>
    public static string Of(string text) =>
        text.Any(char.IsControl)
            ? string.Concat(text.Select(letter => char.IsControl(letter) ? $"\\x{(int)letter:x2}" : letter.ToString()))
            : text;
}
