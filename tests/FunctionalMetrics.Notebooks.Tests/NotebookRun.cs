using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>
/// Runs a notebook's cells in order, in the notebook's folder, with the engines of .NET Interactive's kernels. Where a cell asks for a package
/// of this house, the library that the tests were built with takes its place, and the package's extension is run as the host would run it.
/// </summary>
internal static partial class NotebookRun
{
    /// <summary>The outputs of each cell of code. A cell that fails ends it with what is wrong with which cell.</summary>
    public static async Task<IReadOnlyList<JsonArray>> Outputs(Notebook notebook)
    {
        var (console, folder) = (Console.Out, Directory.GetCurrentDirectory());
        using var outputs = new Outputs();
        using var fsharp = new FSharpEngine();
        var csharp = new CSharpEngine();
        using var displayed = Formatter.SubscribeToDisplayedValues(outputs.Display);
        Console.SetOut(outputs);
        Directory.SetCurrentDirectory(Repository.Notebooks);
        try
        {
            var all = new List<JsonArray>();
            foreach (var cell in notebook.Code)
            {
                try
                {
                    foreach (Match package in Package().Matches(cell.Source))
                        await Load(package, csharp).ConfigureAwait(false);
                    if (cell.Language == "fsharp" && Package().IsMatch(cell.Source))
                        fsharp.Load();
                    var code = Magic().Replace(Package().Replace(cell.Source, ""), "");
                    var value = cell.Language == "fsharp" ? fsharp.Run(code) : await csharp.Run(code).ConfigureAwait(false);
                    if (value is not null)
                        outputs.Return(value, all.Count + 1);
                }
                catch (Exception error)
                {
                    throw new InvalidOperationException(
                        $"{notebook.Name}, code cell {all.Count + 1}: {error.Message}\n{cell.Source}",
                        error
                    );
                }
                all.Add(outputs.Take());
            }
            return all;
        }
        finally
        {
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(console);
        }
    }

    private static async Task Load(Match package, CSharpEngine csharp)
    {
        var (name, version) = (package.Groups["name"].Value, package.Groups["version"].Value);
        var project = Repository.Path("src", name);
        if (!Directory.Exists(project))
            throw new InvalidOperationException($"{name} is no package of this house");
        if (version != Repository.Version)
            throw new InvalidOperationException($"{name} is now {Repository.Version}, not {version}");
        var extension = Path.Combine(project, "extension.dib");
        if (File.Exists(extension))
            await csharp.Run(Magic().Replace(File.ReadAllText(extension), "")).ConfigureAwait(false);
    }

    [GeneratedRegex("""^#r "nuget: *(?<name>[^," ]+), *(?<version>[^" ]+)"$""", RegexOptions.Multiline)]
    private static partial Regex Package();

    [GeneratedRegex("^#!(csharp|fsharp)$", RegexOptions.Multiline)]
    private static partial Regex Magic();
}
