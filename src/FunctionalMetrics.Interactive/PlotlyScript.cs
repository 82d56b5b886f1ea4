using System.Reflection;
using Plotly.NET;

namespace FunctionalMetrics.Interactive;

/// <summary>The scripts of a notebook page: plotly.js, to stand in one output, and the few lines with which each chart waits for it.</summary>
internal static class PlotlyScript
{
    /// <summary>
    /// plotly.js as Plotly.NET carries it, 3.6 MB, so that charts are drawn without a network. A page may have a module loader of its own
    /// (RequireJS in Jupyter's); plotly.js must not find it, or it would not be where the charts look for it.
    /// </summary>
    public static string Html { get; } =
        $$"""
            <p><small>The charts of this notebook are drawn by plotly.js, which this output holds.</small></p>
            <script>
            if (!window.Plotly) (function (define, exports, module) {
            {{Read(typeof(GenericChart).Assembly, ".min.js")}}
            }).call(window);
            </script>
            """;

    /// <summary>A function expression of a figure's key, the figure and how often to look for plotly.js.</summary>
    public static string Draw { get; } = Read(typeof(PlotlyScript).Assembly, "chart.js");

    private static string Read(Assembly assembly, string suffix)
    {
        var name = assembly.GetManifestResourceNames().Single(name => name.EndsWith(suffix, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().Trim();
    }
}
