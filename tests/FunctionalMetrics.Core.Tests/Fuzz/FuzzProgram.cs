using System.Globalization;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The test assembly run as a program is the fuzzer, SEED SECONDS: so the tests can run it where vectors are switched off.</summary>
internal static class FuzzProgram
{
    public static int Main(string[] args) =>
        args is [var seed, var seconds]
            ? Fuzzer.Run(int.Parse(seed, CultureInfo.InvariantCulture), double.Parse(seconds, CultureInfo.InvariantCulture), Console.Out)
            : 2;
}
