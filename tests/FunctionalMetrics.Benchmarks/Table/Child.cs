using System.Diagnostics;
using System.Globalization;

namespace FunctionalMetrics.Benchmarks;

/// <summary>This program again, in a process of its own that uses so many processors.</summary>
internal static class Child
{
    /// <summary>By this the runtime, and so everything that counts processors, is told how many there are.</summary>
    public const string Processors = "DOTNET_PROCESSOR_COUNT";

    /// <summary>Runs with this process's own output.</summary>
    public static int Run(IEnumerable<string> arguments, int processors = 1)
    {
        using var process = Process.Start(Start(arguments, processors))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The one number that it prints.</summary>
    public static double Number(IEnumerable<string> arguments, int processors = 1) =>
        double.Parse(Output(arguments, processors), CultureInfo.InvariantCulture);

    /// <summary>What it prints.</summary>
    public static string Output(IEnumerable<string> arguments, int processors = 1)
    {
        var start = Start(arguments, processors);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static ProcessStartInfo Start(IEnumerable<string> arguments, int processors)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Child).Assembly.Location, .. arguments]);
        start.Environment[Processors] = processors.ToString(CultureInfo.InvariantCulture);
        return start;
    }
}
