using Quickenshtein;

namespace FunctionalMetrics.IO;

/// <summary>Texts that files hold, as errors and notes show them: anyone wrote them, at any length.</summary>
internal static class Quoted
{
    private const int Most = 80;

    /// <summary>What a note keeps of a text.</summary>
    private const int MostWithLength = 100;

    /// <summary>What a list takes.</summary>
    private const int MostOfList = 200;

    /// <summary>Two texts that differ this late are equally near.</summary>
    private const int Compared = 200;

    /// <summary>The text in quotation marks, cut where it is long.</summary>
    public static string Of(ReadOnlySpan<char> text) => $"'{Cut(text)}'";

    /// <summary>The text, or its beginning and how long it is.</summary>
    public static string Cut(ReadOnlySpan<char> text)
    {
        if (text.Length <= Most)
            return text.ToString();
        var length = FormattableString.Invariant($"… ({text.Length} characters)");
        var end = Math.Min(Most, MostWithLength - length.Length);
        return $"{text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)]}{length}";
    }

    /// <summary>The first few of some texts, as many as a line has room for, and how many more there are.</summary>
    public static string List(IEnumerable<string> texts, int most, int count)
    {
        var (shown, length) = (new List<string>(), 0);
        foreach (var text in texts.Take(most))
        {
            length += text.Length;
            if (shown.Count > 0 && length > MostOfList)
                break;
            shown.Add(text);
        }
        return string.Join(", ", shown) + (count > shown.Count ? FormattableString.Invariant($" and {count - shown.Count} more") : "");
    }

    /// <summary>Names, those that are written most like one that was asked for first.</summary>
    public static IEnumerable<string> Nearest(IEnumerable<string> names, string asked) =>
        names.OrderBy(name => Levenshtein.GetDistance(Start(name), Start(asked)));

    private static string Start(string text) => text[..Math.Min(text.Length, Compared)].ToLowerInvariant();
}
