using System.Diagnostics;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>Jupyter's nbconvert, as Debian packages it.</summary>
internal static class Converter
{
    public const string Path = "/usr/bin/jupyter-nbconvert";

    /// <summary>The notebook as a page, with the outputs that are stored in it.</summary>
    public static string Html(string notebook, string theme, string folder)
    {
        var start = new ProcessStartInfo(
            Path,
            ["--to", "html", $"--HTMLExporter.theme={theme}", "--output-dir", folder, "--output", "page.html", notebook]
        )
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Path} did not start");
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? File.ReadAllText(System.IO.Path.Combine(folder, "page.html"))
            : throw new InvalidOperationException(errors);
    }
}
