using System.Diagnostics;
using System.Globalization;

namespace FunctionalMetrics.Benchmarks;

/// <summary>This program again, in a process of its own.</summary>
internal static class Child
{
    /// <summary>Runs with this process's own output.</summary>
    public static int Run(IEnumerable<string> arguments)
    {
        using var process = Process.Start(Start(arguments))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The one number that it prints.</summary>
    public static double Number(IEnumerable<string> arguments)
    {
        var start = Start(arguments);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static ProcessStartInfo Start(IEnumerable<string> arguments) => new("dotnet", [typeof(Child).Assembly.Location, .. arguments]);
}
