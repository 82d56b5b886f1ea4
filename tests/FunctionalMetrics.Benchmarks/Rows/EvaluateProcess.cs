using System.Diagnostics;
using FunctionalMetrics.TestSupport;

namespace FunctionalMetrics.Benchmarks;

/// <summary>The command-line tool as a whole process on the large stack, beside the same work in memory and a plain read of the files.</summary>
internal static class EvaluateProcess
{
    public static IEnumerable<Line> Measure(Inputs inputs)
    {
        var large = inputs.Large;
        var first = Once(() => PixelResults.Of(large.State()));
        Func<double>[] measures =
        [
            () => Once(() => PixelResults.Of(large.State())),
            () => Once(() => GC.KeepAlive(Read(inputs.LargeMaps!) + Read(inputs.LargeMasks!))),
            () => Once(() => Evaluate(1, "--maps", inputs.LargeMaps!, "--masks", inputs.LargeMasks!)),
            () => Once(() => Evaluate(2, "--maps", inputs.LargeMaps!, "--masks", inputs.LargeMasks!)),
        ];
        Timing.ByTurns(measures, 1);
        var times = Timing.ByTurns(measures, 5);
        var (memory, read, process, all) = (times[0], times[1], times[2], times[3]);
        yield return new(
            $"`fmetrics evaluate` on {WholeRuns.Millions(large.Pixels)} of .npy, relative to the time in memory and a read of the files",
            "1.3",
            "",
            Spread.Of(process.Select((seconds, turn) => seconds / (memory[turn] + read[turn]))),
            "times"
        )
        {
            Note =
                $"{Spread.Of(process)} s; in memory {Spread.Of(memory)} s, the first time in a process {Spread.Number(first)} s; "
                + $"a read from the system's cache {Spread.Of(read)} s; the tool on two processors {Spread.Of(all)} s",
        };

        static double Once(Action work) => Timing.Once(1e9, 0, _ => work());
    }

    private static long Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var (buffer, bytes) = (new byte[1 << 20], 0L);
        while (file.Read(buffer) is var got and > 0)
            bytes += got;
        return bytes;
    }

    /// <summary>Runs the tool on what is named, told that there are so many processors.</summary>
    public static void Evaluate(int processors, params string[] named)
    {
        var start = new ProcessStartInfo("dotnet", [Tool(), "evaluate", .. named]) { RedirectStandardOutput = true };
        start.Environment[Child.Processors] = FormattableString.Invariant($"{processors}");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"fmetrics ended with {process.ExitCode}: {output}");
    }

    /// <summary>The tool as it was built together with this program.</summary>
    private static string Tool() => Repository.Path("src", "FunctionalMetrics.Cli", "bin", "Release", "net10.0", "fmetrics.dll");
}
