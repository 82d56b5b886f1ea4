namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>Jupyter's nbconvert, as Debian packages it.</summary>
internal static class Converter
{
    public const string Path = "/usr/bin/jupyter-nbconvert";

    /// <summary>The notebook as a page, with the outputs that are stored in it.</summary>
    public static string Html(string notebook, string theme, string folder)
    {
        var run = Outcome.Of(
            new(Path, ["--to", "html", $"--HTMLExporter.theme={theme}", "--output-dir", folder, "--output", "page.html", notebook])
        );
        return run.ExitCode == 0
            ? File.ReadAllText(System.IO.Path.Combine(folder, "page.html"))
            : throw new InvalidOperationException(run.Error);
    }
}
