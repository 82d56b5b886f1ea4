using System.Diagnostics;

namespace FunctionalMetrics.TestSupport;

/// <summary>How a run of a program ended: its exit code, and all that it wrote to its output and its error stream.</summary>
public sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a program that has nothing to read. One that outlasts the patience is killed, with all that it started.</summary>
    public static Outcome Of(ProcessStartInfo command, TimeSpan? patience = null)
    {
        command.RedirectStandardInput = command.RedirectStandardOutput = command.RedirectStandardError = true;
        using var process = Process.Start(command) ?? throw new InvalidOperationException($"{command.FileName} did not start");
        process.StandardInput.Close();
        // Both at once: a program that has filled one pipe waits until somebody reads it.
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(patience ?? Timeout.InfiniteTimeSpan))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command.FileName} did not end in {patience}: {error.Result}");
        }
        return new(process.ExitCode, output.Result, error.Result);
    }
}
