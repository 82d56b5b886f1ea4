using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace FunctionalMetrics.Benchmarks;

/// <summary>What Python's libraries need for the same arrays: timed inside a Python process, which reads them from the same files.</summary>
internal static class PythonPeers
{
    private const string Python = "/usr/bin/python3";

    /// <summary>One peer for each line that the script prints for the task.</summary>
    public static IReadOnlyList<Peer> Of(string scores, string labels, string task, int items)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Peers", "peers.py");
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(Python, [script, task, scores, labels]) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return
                [
                    .. output
                        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                        .Select(line => JsonSerializer.Deserialize<Timed>(line, JsonSerializerOptions.Web)!)
                        .Select(timed => new Peer(timed.Name, Spread.Of(timed.Seconds) / (items / 1e9))),
                ];
            if (!error.Result.Contains("No module named", StringComparison.Ordinal))
                throw new InvalidOperationException($"{script} ended with {process.ExitCode}: {error.Result}");
        }
        catch (Win32Exception) { }
        return [Peer.Missing("scikit-learn")];
    }

    private sealed record Timed(string Name, double[] Seconds);
}
