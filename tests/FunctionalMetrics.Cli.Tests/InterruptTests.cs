using System.Diagnostics;

namespace FunctionalMetrics.Cli.Tests;

public sealed class InterruptTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableTheory, Trait("Category", "Slow")]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public void An_interrupted_run_ends_with_130_and_leaves_nothing(string signal)
    {
        Skip.If(OperatingSystem.IsWindows(), "signals are sent with kill");
        // A billion pixels, sparse on disk: seconds of reading on any machine. That it began shows in the memory of the process.
        Sparse("m.npy", "<f4", 4);
        Sparse("k.npy", "|u1", 1);
        using var run = Fmetrics.Start(
            folder.Path,
            "evaluate",
            "--maps",
            "m.npy",
            "--masks",
            "k.npy",
            "--json",
            "o.json",
            "--report",
            "r.html"
        );
        while (!run.HasExited && run.WorkingSet64 < 300_000_000)
        {
            Thread.Sleep(20);
            run.Refresh();
        }
        using (var kill = Process.Start("kill", [signal, run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        Assert.True(run.WaitForExit(20_000));
        Assert.Equal(130, run.ExitCode);
        Assert.Equal(["k.npy", "m.npy"], folder.Names);
    }

    private void Sparse(string name, string dtype, int bytes)
    {
        Npy.Write(folder.File(name), dtype, [4096, 512, 512], []);
        using var file = File.OpenWrite(folder.File(name));
        file.SetLength(file.Length + 4096L * 512 * 512 * bytes);
    }
}
