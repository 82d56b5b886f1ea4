using System.Text.RegularExpressions;

namespace FunctionalMetrics.Cli.Tests;

/// <summary>
/// What the tool prints and writes for small data, whole: help, tables, comparisons, refusals. After a change that was meant:
/// <c>ACCEPT_SNAPSHOTS=1 dotnet test tests/FunctionalMetrics.Cli.Tests</c>, and read the diff.
/// </summary>
public sealed partial class SnapshotTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SnapshotTests()
    {
        SmallSet.Write(folder, "root/bottle", ..);
        SmallSet.Write(folder, "root/screw", ..3);
        string[] rows = [.. Enumerable.Range(0, 30).Select(i => $"{i},{i * 37 % 101},{i * 53 % 97},{i * 29 % 89},{(i % 3 == 0 ? 1 : 0)}")];
        folder.Write("rows.csv", $"id,a,b,c,label\n{string.Join('\n', rows)}\n");
        folder.Write("good.csv", $"score\n{string.Join('\n', Enumerable.Range(0, 40))}\n");
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A name, the arguments, and the files that are written.</summary>
    public static TheoryData<string, string, string> Calls =>
        new()
        {
            { "help", "--help", "" },
            { "help of evaluate", "evaluate --help", "" },
            { "help of show", "show --help", "" },
            { "help of merge", "merge --help", "" },
            { "help of compare", "compare --help", "" },
            { "help of table", "table --help", "" },
            { "help of threshold", "threshold --help", "" },
            { "help of describe", "describe --help", "" },
            { "help of silo", "silo --help", "" },
            { "no command", "", "" },
            { "an unknown command", "evalute", "" },
            { "evaluate rows", "evaluate --scores rows.csv --score-column a --label-column label --json e.json", "e.json" },
            {
                "evaluate maps",
                "evaluate root/bottle --unmasked normal --ignore-value 2 --images i.csv --regions r.csv --worst 3 --by-folder --json e.json --intervals 0.9 --replicates 100",
                "i.csv r.csv e.json"
            },
            {
                "categories",
                "evaluate root --categories --unmasked normal --ignore-value 2 --table t.md --table t.tex --table t.csv --json e.json --detector D",
                "t.md t.tex t.csv e.json"
            },
            {
                "compare rows",
                "compare --scores rows.csv --score-columns a,b,c --label-column label --threshold 50 --threshold 40 --threshold 45 --margin 0.4 --replicates 100 --json c.json --out c.md --out c.tex",
                "c.json c.md c.tex"
            },
            { "compare states", "compare a.fms b.fms --name A --name B --threshold 0.5 --threshold 0.6 --replicates 100", "" },
            {
                "compare with a report",
                "compare a.fms b.fms --name A --name B --threshold 0.5 --threshold 0.6 --replicates 100 --report c.html",
                "c.html"
            },
            { "threshold", "threshold --scores rows.csv --score-column a --label-column label --rule max-fpr:0.2 --out t.json", "t.json" },
            { "threshold of good rows", "threshold --scores good.csv --unlabelled normal --rule quantile:0.9", "" },
            { "describe", "describe --maps root/bottle/anomaly_maps", "" },
            { "describe rows", "describe --scores rows.csv --score-column a", "" },
        };

    [Theory, MemberData(nameof(Calls))]
    public void What_is_said_and_written_is_that_of_the_snapshot(string name, string call, string files)
    {
        if (call.Contains(".fms", StringComparison.Ordinal))
            foreach (var (state, more) in new[] { ("a.fms", ""), ("b.fms", "--lower-is-anomalous") })
                Fmetrics.RunIn(
                    folder.File("."),
                    [
                        .. $"evaluate root/bottle --unmasked normal --ignore-value 2 --keep-images --quiet --state {state} {more}".Split(
                            ' ',
                            StringSplitOptions.RemoveEmptyEntries
                        ),
                    ]
                );
        var outcome = Fmetrics.RunIn(folder.File("."), call.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var text = $"$ fmetrics {call}\n{outcome.Output}\n--- {outcome.ExitCode}\n{outcome.Error}\n";
        foreach (var file in files.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            text += $"--- {file}\n{(File.Exists(folder.File(file)) ? File.ReadAllText(folder.File(file)) : "is not there")}\n";
        Snapshot.Same(Repository.Path("tests", "FunctionalMetrics.Cli.Tests", "Snapshots", $"{name}.txt"), Plain(text));
    }

    /// <summary>Without what other runs differ in, and without plotly.js and pictures.</summary>
    private string Plain(string text)
    {
        text = text.ReplaceLineEndings("\n").Replace(Path.GetFullPath(folder.File(".")).TrimEnd('/'), "FOLDER", StringComparison.Ordinal);
        text = string.Concat(
            text.Split("<script>")
                .Select(
                    (part, at) => at > 0 && part.IndexOf("</script>", StringComparison.Ordinal) is > 20_000 and var end ? part[end..] : part
                )
        );
        text = Pictures().Replace(text, "data:…");
        text = Version().Replace(text, "VERSION");
        return text.Replace("><", ">\n<", StringComparison.Ordinal);
    }

    [GeneratedRegex("data:image/[^\"')]*")]
    private static partial Regex Pictures();

    [GeneratedRegex(@"\d+\.\d+\.\d+(?:-[\w.]+)?\+[0-9a-f]{7,40}|\d+\.\d+\.\d+-[a-z][\w.]*")]
    private static partial Regex Version();
}
