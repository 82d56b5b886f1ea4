using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>
/// Notebooks as a user runs them: Jupyter's nbconvert executes them in .NET Interactive, with the packages of the feed. All are run at the first
/// question. To start a kernel and to fetch packages takes far longer than the cells do, so the notebooks of one language are run one after the
/// other in one kernel, as a user may who opens several; <see cref="Opened"/> and <see cref="Broken"/> stand beside the stored ones.
/// </summary>
public sealed partial class HostRun(Feed feed)
{
    /// <summary>A notebook that runs another one in its two Polyglot forms, and then displays collections.</summary>
    public const string Opened = "opened";

    /// <summary>A notebook that asks for a package whose extension cannot be loaded.</summary>
    public const string Broken = "broken";

    /// <summary>The notebook that <see cref="Opened"/> runs.</summary>
    public const string Imported = "1-getting-started";

    private const string NbConvert = "/usr/bin/jupyter-nbconvert";
    private const string BrokenVersion = "-broken";

    private IReadOnlyDictionary<string, IReadOnlyList<JsonArray>>? outputs;

    /// <summary>The notebooks of each kernel that is started, in the order in which they are run there.</summary>
    private static IReadOnlyList<IReadOnlyList<string>> Kernels =>
        [
            [Opened, .. Notebook.Names.Where(name => Notebook.Read(name).Kernel == ".net-csharp")],
            [.. Notebook.Names.Where(name => Notebook.Read(name).Kernel == ".net-fsharp")],
            [Broken],
        ];

    /// <summary>What is missing, for a test to be skipped; null where all is there.</summary>
    public static string? Missing =>
        !File.Exists(NbConvert) ? "needs nbconvert: apt-get install jupyter-nbconvert"
        : Tool is null ? "needs the notebook host: dotnet tool install --global Microsoft.dotnet-interactive --version 1.0.712001"
        : null;

    /// <summary>The folder of dotnet-interactive: one that is named, or one on the path.</summary>
    private static string? Tool =>
        (Environment.GetEnvironmentVariable("FMETRICS_TEST_NOTEBOOK_HOST") is { Length: > 0 } named ? [named] : Paths()).FirstOrDefault(
            folder => File.Exists(Path.Combine(folder, "dotnet-interactive"))
        );

    /// <summary>The outputs of each cell of code, in order; what the host itself says about packages is left out.</summary>
    public IReadOnlyList<JsonArray> Outputs(string name) => (outputs ??= Run())[name];

    /// <summary>Whether a notebook is the first in its kernel; plotly.js is shown where the packages are first asked for.</summary>
    public static bool IsFirst(string name) => Kernels.Any(kernel => kernel[0] == name);

    /// <summary>An output as the kernel gives it, whatever numbers the front end adds.</summary>
    public static string Told(JsonNode? output) =>
        output!["text"] is { } printed ? $"{output["name"]}: {Notebook.Text(printed)}"
        : output["evalue"] is { } error ? $"error: {error}"
        : string.Join('\n', output["data"]!.AsObject().Select(form => $"{form.Key}: {Notebook.Text(form.Value!)}"));

    private static string[] Paths() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);

    private Dictionary<string, IReadOnlyList<JsonArray>> Run()
    {
        foreach (var stored in Notebook.Names)
            File.Copy(Repository.Path("notebooks", $"{stored}.ipynb"), InFeed($"{stored}.ipynb"));
        WriteOpened();
        WriteBroken();
        var kernels = Directory.CreateDirectory(Path.Combine(feed.Notebooks, "jupyter", "kernels")).FullName;
        Finish(Path.Combine(Tool!, "dotnet-interactive"), "jupyter", "install", "--path", kernels);
        // Two hosts that start at once may take the same port.
        return Kernels.SelectMany(Executed).ToDictionary(notebook => notebook.Name, notebook => notebook.Outputs);
    }

    /// <summary>Runs the cells of several notebooks in one kernel.</summary>
    private IEnumerable<(string Name, IReadOnlyList<JsonArray> Outputs)> Executed(IReadOnlyList<string> names)
    {
        var all = Notebook.At(InFeed($"{names[0]}.ipynb")).Json;
        var counts = names.ToDictionary(name => name, name => Notebook.At(InFeed($"{name}.ipynb")).Code.Count);
        all["cells"] = new JsonArray([
            .. names.SelectMany(name => Notebook.At(InFeed($"{name}.ipynb")).Code).Select(cell => cell.Json.DeepClone()),
        ]);
        File.WriteAllText(InFeed($"kernel-of-{names[0]}.ipynb"), all.ToJsonString());
        Finish(
            NbConvert,
            "--to",
            "notebook",
            "--execute",
            "--allow-errors",
            "--ExecutePreprocessor.timeout=300",
            "--output-dir",
            InFeed("out"),
            $"kernel-of-{names[0]}.ipynb"
        );
        var cells = new Queue<CodeCell>(Notebook.At(InFeed($"out/kernel-of-{names[0]}.ipynb")).Code);
        return
        [
            .. names.Select(name =>
                (name, (IReadOnlyList<JsonArray>)[.. Enumerable.Range(0, counts[name]).Select(_ => Kept(cells.Dequeue()))])
            ),
        ];
    }

    private void Finish(string program, params string[] arguments)
    {
        var command = feed.Command(program, feed.Notebooks, arguments);
        command.Environment["PATH"] = string.Join(Path.PathSeparator, [Tool!, .. Paths()]);
        command.Environment["JUPYTER_DATA_DIR"] = InFeed("jupyter");
        var run = Outcome.Of(command, TimeSpan.FromMinutes(15));
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"{program}\n{run.Output}\n{run.Error}");
    }

    private static JsonArray Kept(CodeCell cell) =>
        new([.. cell.Outputs.Where(output => !IsOfTheHost(output!)).Select(output => output!.DeepClone())]);

    private static bool IsOfTheHost(JsonNode output) =>
        output["data"] is JsonObject data
        && (
            data.ContainsKey("text/markdown")
            || data["text/html"] is { } html
                && (Notebook.Text(html).Contains("dotnet-interactive-this-cell") || Notebook.Text(html).Contains("Installed Packages"))
            || data["text/plain"] is { } plain && Notebook.Text(plain).StartsWith("Loading extension script", StringComparison.Ordinal)
        );

    /// <summary>Both forms that Polyglot Notebooks saves: a .dib, and an .ipynb whose cells name their language in its metadata alone.</summary>
    private void WriteOpened()
    {
        var notebook = Notebook.Read(Imported);
        var cells = notebook.Json["cells"]!.AsArray().Select(cell => cell!.AsObject()).ToList();
        foreach (var cell in cells.Where(cell => (string)cell["cell_type"]! == "code"))
        {
            cell["source"] = Magic().Replace(Notebook.Text(cell["source"]!), "");
            cell["outputs"] = new JsonArray();
            cell["metadata"]!.AsObject().Remove("dotnet_interactive");
        }
        File.WriteAllText(InFeed("polyglot.ipynb"), notebook.Json.ToJsonString());
        var dib = cells.Select(cell =>
            $"#!{cell["metadata"]!["polyglot_notebook"]?["kernelName"] ?? "markdown"}\n\n{Notebook.Text(cell["source"]!)}\n"
        );
        File.WriteAllText(InFeed("polyglot.dib"), string.Join('\n', dib));
        Write(
            Opened,
            """#!import "polyglot.dib" """,
            """#!import "polyglot.ipynb" """,
            """
            var third = new AurocMetric().Update([0.5, 0.25, 0.75, 0.625], [true, false, false, false]);
            new[] { ("PaDiM", third), ("empty", new AurocMetric()) }
            """,
            """new Dictionary<string, IMetric> { ["PaDiM"] = third, ["empty"] = new AurocMetric() }""",
            """
            #!fsharp
            [ "PaDiM", Auroc.compute FunctionalMetrics.Core.RankState.Empty ]
            """
        );
    }

    /// <summary>The package of the extension without what its library needs, under a version of its own.</summary>
    private void WriteBroken()
    {
        var version = Repository.Version + BrokenVersion;
        var path = Path.Combine(feed.Packages, $"FunctionalMetrics.Interactive.{version}.nupkg");
        File.Copy(Path.Combine(feed.Packages, $"FunctionalMetrics.Interactive.{Repository.Version}.nupkg"), path);
        using (var package = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            var old = package.GetEntry("FunctionalMetrics.Interactive.nuspec")!;
            using var reader = new StreamReader(old.Open());
            var text = reader.ReadToEnd();
            reader.Close();
            old.Delete();
            using var writer = new StreamWriter(package.CreateEntry("FunctionalMetrics.Interactive.nuspec").Open());
            writer.Write(
                Dependency().Replace(text, "").Replace($"<version>{Repository.Version}<", $"<version>{version}<", StringComparison.Ordinal)
            );
        }
        Write(Broken, $"#r \"nuget: FunctionalMetrics.Interactive, {version}\"");
    }

    private void Write(string name, params IEnumerable<string> cells) =>
        File.WriteAllText(
            InFeed($"{name}.ipynb"),
            new JsonObject
            {
                ["cells"] = new JsonArray([
                    .. cells.Select(code => new JsonObject
                    {
                        ["cell_type"] = "code",
                        ["execution_count"] = null,
                        ["metadata"] = new JsonObject(),
                        ["outputs"] = new JsonArray(),
                        ["source"] = code,
                    }),
                ]),
                ["metadata"] = JsonNode.Parse(
                    """{ "kernelspec": { "display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp" } }"""
                ),
                ["nbformat"] = 4,
                ["nbformat_minor"] = 4,
            }.ToJsonString()
        );

    private string InFeed(string name) => Path.Combine(feed.Notebooks, name);

    [GeneratedRegex("""<dependency id="FunctionalMetrics" [^>]*>""")]
    private static partial Regex Dependency();

    [GeneratedRegex(@"^#!\w+\n")]
    private static partial Regex Magic();
}
