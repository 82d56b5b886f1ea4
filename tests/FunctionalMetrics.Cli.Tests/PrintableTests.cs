namespace FunctionalMetrics.Cli.Tests;

/// <summary>Labels and names of files come from anyone: none of them steers a terminal, wherever it is printed.</summary>
public sealed class PrintableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Outcome Run(params string[] arguments) => Fmetrics.RunIn(folder.Path, arguments);

    private static void IsPlain(Outcome run, string text)
    {
        Assert.DoesNotContain(run.Output + run.Error, letter => char.IsControl(letter) && letter != '\n');
        Assert.Contains(text, run.Output + run.Error);
    }

    [Fact]
    public void Labels_are_printed_without_what_steers_a_terminal()
    {
        folder.Write("s.csv", "score,label\n0.1,\u001b[31mred\n0.2,y\n0.3,\u009bz\n");
        IsPlain(Run("evaluate", "--scores", "s.csv", "--positive-label", "y"), "'\\x1b[31mred' (1 row), '\\x9bz' (1 row)");
        string[] named = ["evaluate", "--scores", "s.csv", "--positive-label", "y", "--normal-label", "*"];
        IsPlain(Run(named), "taken as normal: \\x1b[31mred (1), \\x9bz (1).");
        IsPlain(Run([.. named, "--dry-run"]), "'\\x1b[31mred'");
    }

    [Fact]
    public void Names_are_printed_without_what_steers_a_terminal()
    {
        SmallSet.Write(folder, "all/a\u001b[2J", ..);
        SmallSet.Write(folder, "all/b\nc", ..);
        IsPlain(Run(["evaluate", "all", "--categories", .. SmallSet.Rules]), "a\\x1b[2J");
        IsPlain(Run(["evaluate", "all", "--categories", .. SmallSet.Rules, "--dry-run"]), "category b\\x0ac");
        IsPlain(Run(["evaluate", "all/a\u001b[2J"]), "a\\x1b[2J");
        SmallSet.Write(folder, "one", ..);
        Directory.Move(folder.File("one/anomaly_maps/good"), folder.File("one/anomaly_maps/\u001b[1m"));
        IsPlain(Run(["evaluate", "one", .. SmallSet.Rules, "--normal-folder", "\u001b[1m"]), "\\x1b[1m (2)");
    }
}
