namespace FunctionalMetrics.Core.Tests;

/// <summary>Two ways to the same numbers that differ, as a sentence.</summary>
internal sealed class DifferenceException(string sentence) : Exception(sentence);

/// <summary>What the fuzzer demands; it knows no test framework.</summary>
internal static class Demand
{
    public static void Same<T>(T expected, T found, string what)
    {
        if (!Are(expected, found))
            throw new DifferenceException(FormattableString.Invariant($"{what} is {found} and must be {expected}"));
    }

    public static void SameAll<T>(IReadOnlyList<T> expected, IReadOnlyList<T> found, string what)
    {
        Same(expected.Count, found.Count, $"the number of {what}");
        for (var i = 0; i < expected.Count; i++)
            if (!Are(expected[i], found[i]))
                throw new DifferenceException(FormattableString.Invariant($"{what}: number {i} is {found[i]} and must be {expected[i]}"));
    }

    /// <summary>
    /// A sum of ratios with 64 fraction bits is below the exact one by less than 2^-63, and rounded then. Where numbers lie closer together than
    /// that, below 2^-11, it is further from the exact one than a neighbour.
    /// </summary>
    public static void SumOfRatios(double exact, double found, string what)
    {
        if (!(exact < Math.ScaleB(1, -11) && Math.Abs(exact - found) <= Math.ScaleB(1, -63)))
            Near(exact, found, 1, what);
    }

    /// <summary>The same bits, or up to so many numbers away.</summary>
    public static void Near(double expected, double found, long ulps, string what)
    {
        if (Math.Abs(BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(found)) > ulps)
            throw new DifferenceException(FormattableString.Invariant($"{what} is {found:R} and must be {expected:R}"));
    }

    /// <summary>Numbers by their bits.</summary>
    private static bool Are<T>(T expected, T found) =>
        expected is double a && found is double b
            ? BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b)
            : EqualityComparer<T>.Default.Equals(expected, found);
}
