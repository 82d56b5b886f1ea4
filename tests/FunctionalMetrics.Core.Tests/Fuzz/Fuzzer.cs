using System.Diagnostics;
using System.Runtime.Intrinsics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>
/// Compares the fast ways with plain definitions on random inputs chosen to be awkward, one seed after another. Each seed is one case, and
/// gives the same case everywhere.
/// </summary>
internal static class Fuzzer
{
    private static readonly (string Name, Action<Choices> Check)[] Cases =
    [
        ("counting", KernelCases.Counts),
        ("splitting", KernelCases.Split),
        ("labelling", KernelCases.Regions),
        ("sorting", KernelCases.Sorting),
        ("packing", QuantizedCases.Packing),
        ("tables", QuantizedCases.Tables),
        ("quantized maps", QuantizedCases.Maps),
        ("shares of prefixes", QuantizedCases.Shares),
        ("few rows", StateCases.FewRows),
        ("few images", StateCases.FewImages),
        ("many rows", StateCases.ManyRows),
        ("many images", StateCases.ManyImages),
        ("kept states", StateCases.KeptStates),
        ("additions", StateCases.Additions),
    ];

    /// <summary>Runs for some seconds and at least one seed; prints one line, and ends with 1 where something differs.</summary>
    public static int Run(int seed, double seconds, TextWriter output)
    {
        var clock = Stopwatch.StartNew();
        var checkedSeeds = 0;
        do
        {
            if (Difference(seed + checkedSeeds) is { } sentence)
            {
                output.WriteLine(FormattableString.Invariant($"seed {seed + checkedSeeds}, {Vectors}: {sentence}"));
                return 1;
            }
            checkedSeeds++;
        } while (clock.Elapsed.TotalSeconds < seconds);
        output.WriteLine(FormattableString.Invariant($"seeds {seed} to {seed + checkedSeeds - 1}, {Vectors}: no difference"));
        return 0;
    }

    /// <summary>What differs in the case of a seed, or nothing.</summary>
    public static string? Difference(int seed)
    {
        var choices = new Choices(seed);
        var (name, check) = Cases[choices.Below(Cases.Length)];
        try
        {
            check(choices);
            return null;
        }
        catch (Exception exception)
        {
            return exception is DifferenceException ? $"{name}: {exception.Message}" : $"{name}: {exception}";
        }
    }

    private static string Vectors =>
        Vector512.IsHardwareAccelerated ? "vectors of 512 bits"
        : Vector256.IsHardwareAccelerated ? "vectors of 256 bits"
        : Vector128.IsHardwareAccelerated ? "vectors of 128 bits"
        : "no vectors";
}
