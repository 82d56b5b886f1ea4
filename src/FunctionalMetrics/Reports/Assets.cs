using System.Net;
using System.Reflection;
using Plotly.NET;

namespace FunctionalMetrics;

/// <summary>The parts of a page that no data change: style, scripts and what they may do.</summary>
internal static class Assets
{
    /// <summary>Nothing may be loaded; images only of the page's own making, for a chart saved as a picture.</summary>
    public const string Policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:";

    public static string Style => Read(typeof(Assets).Assembly, "report.css");

    public static string Script => Read(typeof(Assets).Assembly, "report.js");

    /// <summary>plotly.js as Plotly.NET carries it.</summary>
    public static string Plotly => Read(typeof(GenericChart).Assembly, ".min.js");

    /// <summary>What every page begins with, up to its body.</summary>
    public static string Head(string title) =>
        $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <style>{Style}</style>
            <script>{Plotly}</script>
            <script>{Script}</script>
            </head>
            """;

    /// <summary>JSON that can stand in a script element: no text in it can end the element.</summary>
    public static string InScript(string json) => json.Replace("<", "\\u003c", StringComparison.Ordinal);

    private static string Read(Assembly assembly, string suffix)
    {
        var name = assembly.GetManifestResourceNames().Single(name => name.EndsWith(suffix, StringComparison.Ordinal));
        using var stream =
            assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no resource {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
