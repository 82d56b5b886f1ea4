using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>An .ipynb file; what is not asked for here is kept as it is.</summary>
internal sealed class Notebook(string path, JsonObject json)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Path { get; } = path;

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public JsonObject Json { get; } = json;

    /// <summary>The kernel that the file names: .net-csharp or .net-fsharp.</summary>
    public string Kernel => (string)Json["metadata"]!["kernelspec"]!["name"]!;

    /// <summary>The cells of code, in order.</summary>
    public IReadOnlyList<CodeCell> Code =>
        [
            .. Json["cells"]!
                .AsArray()
                .Select(cell => cell!.AsObject())
                .Where(cell => (string)cell["cell_type"]! == "code")
                .Select(cell => new CodeCell(cell)),
        ];

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Repository.Notebooks, "*.ipynb").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order();

    public static Notebook Read(string name) => At(System.IO.Path.Combine(Repository.Notebooks, $"{name}.ipynb"));

    public static Notebook At(string path) => new(path, JsonNode.Parse(File.ReadAllText(path))!.AsObject());

    public void Save() => File.WriteAllText(Path, Json.ToJsonString(Format) + "\n");

    /// <summary>Text as .ipynb files hold it: its lines, each with its end.</summary>
    public static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length; )
        {
            var end = text.IndexOf('\n', start) is >= 0 and var at ? at + 1 : text.Length;
            lines.Add(text[start..end]);
            start = end;
        }
        return lines;
    }

    /// <summary>Whether an output is the one that brings plotly.js.</summary>
    public static bool IsPlotly(JsonNode output) => output.ToJsonString().Contains("plotly.js v", StringComparison.Ordinal);

    public static string Text(JsonNode lines) =>
        lines is JsonArray several ? string.Concat(several.Select(line => (string)line!)) : (string)lines!;
}

/// <summary>A cell of code, its language as .NET Interactive's metadata give it.</summary>
internal sealed class CodeCell(JsonObject json)
{
    public JsonObject Json { get; } = json;

    public string Language => (string)Json["metadata"]!["dotnet_interactive"]!["language"]!;

    public string PolyglotKernel => (string)Json["metadata"]!["polyglot_notebook"]!["kernelName"]!;

    public string Source => Notebook.Text(Json["source"]!);

    public JsonArray Outputs
    {
        get => Json["outputs"]!.AsArray();
        set => Json["outputs"] = value;
    }
}
