using System.Diagnostics;

namespace FunctionalMetrics.Cli.Tests;

public sealed class OracleTests
{
    [SkippableFact]
    public void The_command_line_agrees_with_the_exact_oracle()
    {
        var oracle = Path.Combine(Fmetrics.Root, "..", "shared", "oracle", "check_cli.py");
        Skip.IfNot(File.Exists(oracle), "there is no ../shared/oracle beside the checkout");
        Skip.IfNot(File.Exists("/usr/bin/python3"), "needs Debian's python3-sklearn");
        using var check = Process.Start(
            new ProcessStartInfo("/usr/bin/python3", [oracle, "3"]) { WorkingDirectory = Fmetrics.Root, RedirectStandardOutput = true }
        )!;
        var output = check.StandardOutput.ReadToEnd();
        check.WaitForExit();
        Assert.True(check.ExitCode == 0, output);
    }
}
