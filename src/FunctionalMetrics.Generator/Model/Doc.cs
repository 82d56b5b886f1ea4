using System.Xml.Linq;

namespace FunctionalMetrics.Generator.Model;

/// <summary>A piece of XML documentation; parts that are absent are empty.</summary>
/// <param name="Xml">The inside of the summary, or of the parameter's element, line by line as it was written.</param>
public sealed record Doc(string Xml)
{
    private const string FormulaMark = "Formula:";
    private const string SourceMark = "Source:";

    /// <summary>No documentation.</summary>
    public static Doc None { get; } = new("");

    /// <summary>Whether nothing is said.</summary>
    public bool IsEmpty => Xml.Length == 0;

    /// <summary>What stands before the first paragraph element.</summary>
    public string Lead => string.Concat(Nodes.TakeWhile(node => !IsParagraph(node)).Select(Text)).Trim();

    /// <summary>The paragraph that begins with "Formula:", without that word.</summary>
    public string Formula => After(FormulaMark);

    /// <summary>The paragraph that begins with "Source:", without that word.</summary>
    public string Source => After(SourceMark);

    /// <summary>The paragraph that says when the metric is undefined.</summary>
    public string Undefined =>
        Paragraphs.FirstOrDefault(
            text =>
                !Begins(text, FormulaMark) && !Begins(text, SourceMark) && text.Contains("undefined", StringComparison.OrdinalIgnoreCase),
            ""
        );

    private IEnumerable<XNode> Nodes => XElement.Parse($"<doc>{Xml}</doc>", LoadOptions.PreserveWhitespace).Nodes();

    private IEnumerable<string> Paragraphs => Nodes.Where(IsParagraph).Select(node => Inside((XElement)node).Trim());

    /// <summary>The documentation inside an element, the indentation of its lines taken away.</summary>
    public static Doc Of(XElement? element) =>
        element is null ? None : new(string.Join('\n', Inside(element).Split('\n').Select(line => line.Trim())).Trim('\n'));

    private string After(string mark) => Paragraphs.FirstOrDefault(text => Begins(text, mark), mark)[mark.Length..].Trim();

    private static bool Begins(string text, string mark) => text.StartsWith(mark, StringComparison.Ordinal);

    private static bool IsParagraph(XNode node) => node is XElement { Name.LocalName: "para" };

    private static string Inside(XElement element) => string.Concat(element.Nodes().Select(Text));

    private static string Text(XNode node) => node.ToString(SaveOptions.DisableFormatting).ReplaceLineEndings("\n");
}
