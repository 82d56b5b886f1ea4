using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FunctionalMetrics.Generator.Rendering;

/// <summary>XML documentation as Markdown.</summary>
public static partial class Markdown
{
    /// <summary>The text in one line, with code in backticks and references by name.</summary>
    public static string Of(string xml) =>
        Blanks().Replace(string.Concat(XElement.Parse($"<doc>{xml}</doc>", LoadOptions.PreserveWhitespace).Nodes().Select(Of)), " ").Trim();

    /// <summary>The same for a cell of a table.</summary>
    public static string Cell(string xml) => Of(xml).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Its first sentence, or what stands before its colon or semicolon.</summary>
    public static string Sentence(string xml) => FirstSentence().Match(Of(xml)).Value;

    private static string Of(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see =>
                $"`{NameOf((string?)see.Attribute("cref") ?? (string?)see.Attribute("langword") ?? see.Value)}`",
            XElement { Name.LocalName: "paramref" or "typeparamref" } name => $"`{(string?)name.Attribute("name")}`",
            XElement other => " " + string.Concat(other.Nodes().Select(Of)) + " ",
            _ => "",
        };

    /// <summary>The last part of a documentation id: the type, or the member with its type.</summary>
    public static string NameOf(string id)
    {
        var parts = id.Split('(')[0].Split('.');
        return id.StartsWith("T:", StringComparison.Ordinal) || parts.Length < 2 ? parts[^1] : $"{parts[^2]}.{parts[^1]}";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^.*?(?=[.:;](\s|$)|$)")]
    private static partial Regex FirstSentence();
}
