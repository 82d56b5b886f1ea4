using System.Collections;
using Microsoft.DotNet.Interactive.Formatting;

namespace FunctionalMetrics.Interactive;

/// <summary>Lists of (name, metric) and dictionaries as one table; every other collection goes on to the formatter that it had.</summary>
internal sealed class NamedRowsFormatter : ITypeFormatter
{
    public string MimeType => HtmlFormatter.MimeType;

    public Type Type => typeof(IEnumerable);

    public bool Format(object instance, FormatContext context)
    {
        if (instance is not IEnumerable values || NamedRows.Table(values) is not { } table)
            return false;
        context.Writer.Write(table);
        return true;
    }
}
