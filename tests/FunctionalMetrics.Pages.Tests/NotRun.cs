namespace FunctionalMetrics.Pages.Tests;

/// <summary>What the pages show and the tests here do not run, by how it begins, with the reason.</summary>
internal static class NotRun
{
    private const string Builds = "builds or tests the whole solution, as .ci/run does";
    private const string Measures =
        "measures for minutes, on the machine that the page names; of what it printed .ci/run compares the table alone, line by line";
    private const string Installs = "changes the machine; the packages are tried by FunctionalMetrics.Notebooks.Tests";
    private const string Printed = "what a command printed on the machine that the page names; times differ on another";
    private const string Cluster =
        "needs Redis and runs until it is stopped; FunctionalMetrics.Cli.Tests start both (ClusterTests, SiloTests)";

    private static readonly (string Start, string Reason)[] All =
    [
        ("dotnet test ", Builds),
        ("dotnet tool restore", Builds),
        ("dotnet csharpier ", Builds),
        ("dotnet fantomas ", Builds),
        ("FMETRICS_LONG=1 dotnet test ", Builds),
        ("ACCEPT_SNAPSHOTS=1 dotnet test ", Builds),
        ("dotnet run -c Release --project tests/FunctionalMetrics.Benchmarks ", Measures),
        ("dotnet run -c Release --project tests/FunctionalMetrics.Mutation ", "runs for hours; .ci/run runs its own test"),
        ("dotnet run -c Release --project tests/FunctionalMetrics.Campaigns ", "runs for hours; .ci/run runs the short form of all"),
        ("DOTNET_EnableHWIntrinsic=0 dotnet run ", Measures),
        ("DOTNET_EnableAVX2=0 dotnet run ", Measures),
        ("DOTNET_EnableAVX512=0 dotnet run ", Measures),
        ("dotnet run -c Release --project tests/FunctionalMetrics.Orleans.Tests -- measure ", Measures),
        ("dotnet pack ", Installs),
        ("dotnet-interactive jupyter install", Installs),
        ("dotnet tool install ", Installs),
        ("dotnet nuget add source ", Installs),
        ("dotnet add package ", Installs),
        ("rm -rf ~/.nuget/packages/functionalmetrics*", Installs),
        (
            "dotnet run -c Release --project tests/FunctionalMetrics.Notebooks.Tests ",
            "writes the notebooks anew, which NotebookTests compare"
        ),
        ("dotnet fsi notebooks/", "needs the packages; FunctionalMetrics.Notebooks.Tests run it from them (ScriptTests)"),
        ("dotnet run notebooks/", "needs the packages; FunctionalMetrics.Notebooks.Tests run it from them (ScriptTests)"),
        ("python3 tests/golden/generate.py", "needs scikit-learn; FunctionalMetrics.Core.Tests run it (GoldenCoverageTests)"),
        ("#r \"nuget: FunctionalMetrics.Interactive", "a cell; FunctionalMetrics.Notebooks.Tests run such in the host (HostTests)"),
        (
            "using FunctionalMetrics;\n\nvar auroc = new AurocMetric().Update([0.1, 0.4, 0.35, 0.8], [false, false, true, true]);\nauroc",
            "a cell; FunctionalMetrics.Notebooks.Tests run such in the host (HostTests)"
        ),
        ("fmetrics silo ", Cluster),
        ("fmetrics evaluate results/bottle --cluster ", Cluster),
        (
            "fmetrics evaluate results/bottle --report bottle.html --detector ",
            "needs photographs; FunctionalMetrics.Cli.Tests make some (ReportTests)"
        ),
        ("{\"pixels\":", Printed),
        ("{\"silos\":", Printed),
        ("auroc = AUROC()", "anomalib, beside which the same in C# stands and is run"),
        ("files, arrays ──Create──▶", "a drawing"),
    ];

    /// <summary>Why a block that begins so is not run; null for all others.</summary>
    public static string? Reason(string code) =>
        All.Where(entry => code.StartsWith(entry.Start, StringComparison.Ordinal)).Select(entry => entry.Reason).FirstOrDefault();

    /// <summary>Entries that nothing on the pages begins with.</summary>
    public static IEnumerable<string> Stale(IReadOnlyList<string> codes) =>
        All.Select(entry => entry.Start).Where(start => !codes.Any(code => code.StartsWith(start, StringComparison.Ordinal)));
}
