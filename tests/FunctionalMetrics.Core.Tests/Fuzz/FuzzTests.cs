using System.Diagnostics;

namespace FunctionalMetrics.Core.Tests;

/// <summary>A short run of the fuzzer, with the vectors of this machine and with fewer; a long one is a command of the benchmarks.</summary>
public class FuzzTests
{
    [Fact, Trait("Category", "Slow")]
    public void Fast_ways_and_plain_definitions_agree_on_random_inputs()
    {
        for (var seed = 0; seed < 400; seed++)
            Assert.True(Fuzzer.Difference(seed) is null, $"seed {seed}: {Fuzzer.Difference(seed)}");
    }

    [Theory, Trait("Category", "Slow")]
    [InlineData("DOTNET_EnableAVX512", "vectors of 256 bits")]
    [InlineData("DOTNET_EnableAVX2", "vectors of 128 bits")]
    [InlineData("DOTNET_EnableHWIntrinsic", "no vectors")]
    public void They_agree_where_vectors_are_switched_off(string variable, string vectors)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(FuzzTests).Assembly.Location, "1000", "3"]) { RedirectStandardOutput = true };
        start.Environment[variable] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        // A machine may have fewer to begin with.
        Assert.Contains("no difference", output, StringComparison.Ordinal);
        if (System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated)
            Assert.Contains(vectors, output, StringComparison.Ordinal);
    }
}
