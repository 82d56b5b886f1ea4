using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FunctionalMetrics.Generator.Rendering;

/// <summary>What every template needs to lay out text.</summary>
public static class Text
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A name with its first letter small.</summary>
    public static string Camel(string name) => name.Length == 0 ? "" : char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>The lines of a text, each that is not empty moved to the right.</summary>
    public static string Indent(string text, int columns) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : new string(' ', columns) + line));

    /// <summary>XML documentation as the lines of a comment of C# and F#: on one line when it was written on one.</summary>
    public static string Comment(string xml, string element = "summary") => Comment(xml, element, "");

    /// <summary>The documentation of a parameter.</summary>
    public static string CommentOf(string parameter, string xml) => Comment(xml, "param", $" name=\"{parameter}\"");

    /// <summary>A constant as both C# and F# write it.</summary>
    public static string Literal(object value) =>
        value switch
        {
            bool flag => flag ? "true" : "false",
            string text => JsonSerializer.Serialize(text, Plain),
            double number => Point(number.ToString("R", CultureInfo.InvariantCulture)),
            float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
            long number => number.ToString(CultureInfo.InvariantCulture) + "L",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static string Point(string number) => number.All(c => char.IsAsciiDigit(c) || c == '-') ? number + ".0" : number;

    private static string Comment(string xml, string element, string attributes)
    {
        var text = xml.Contains('\n') ? $"<{element}{attributes}>\n{xml}\n</{element}>" : $"<{element}{attributes}>{xml}</{element}>";
        return string.Join('\n', text.Split('\n').Select(line => $"/// {line}".TrimEnd()));
    }
}
