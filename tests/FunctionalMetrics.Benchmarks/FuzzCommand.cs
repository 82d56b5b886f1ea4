using System.CommandLine;
using FunctionalMetrics.Core.Tests;

namespace FunctionalMetrics.Benchmarks;

/// <summary>The fuzzer for as long as one likes, from a new seed each time.</summary>
internal static class FuzzCommand
{
    public static Command Command()
    {
        var seconds = new Option<double>("--seconds") { Description = "for how long", DefaultValueFactory = _ => 60 };
        var seed = new Option<int?>("--seed") { Description = "the first seed; with --seconds 0 the only one" };
        var command = new Command("fuzz", "Compare the fast ways with plain definitions on random inputs.") { seconds, seed };
        command.SetAction(parsed =>
            Fuzzer.Run(parsed.GetValue(seed) ?? Random.Shared.Next(1 << 30), parsed.GetValue(seconds), Console.Out)
        );
        return command;
    }
}
