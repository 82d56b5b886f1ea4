namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>Jupyter's nbconvert, as Debian packages it. One run makes the pages of all notebooks in a theme.</summary>
public sealed class Converter : IDisposable
{
    private const string Path = "/usr/bin/jupyter-nbconvert";

    private readonly TemporaryFolder folder = new();

    /// <summary>Whether it is installed.</summary>
    public static bool IsHere => File.Exists(Path);

    /// <summary>The notebook as a page, with the outputs that are stored in it.</summary>
    public string Html(string notebook, string theme)
    {
        if (!Directory.Exists(folder.File(theme)))
            Convert(theme);
        return File.ReadAllText(System.IO.Path.Combine(folder.File(theme), $"{notebook}.html"));
    }

    public void Dispose() => folder.Dispose();

    private void Convert(string theme)
    {
        var notebooks = Directory.EnumerateFiles(Repository.Notebooks, "*.ipynb");
        var run = Outcome.Of(
            new(Path, ["--to", "html", $"--HTMLExporter.theme={theme}", "--output-dir", folder.File(theme), .. notebooks])
        );
        if (run.ExitCode != 0)
            throw new InvalidOperationException(run.Error);
    }
}
