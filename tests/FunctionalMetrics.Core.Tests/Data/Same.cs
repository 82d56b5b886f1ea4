namespace FunctionalMetrics.Core.Tests;

/// <summary>Assertions on doubles that say the bits.</summary>
internal static class Same
{
    public static void Bits(double expected, double actual, string what = "") =>
        Assert.True(
            BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual),
            FormattableString.Invariant($"{what}: {expected:R} expected, {actual:R} found")
        );

    public static void Bits(IEnumerable<double> expected, IEnumerable<double> actual, string what = "")
    {
        double[] wanted = [.. expected];
        double[] found = [.. actual];
        Assert.True(wanted.Length == found.Length, $"{what}: {wanted.Length} values expected, {found.Length} found");
        for (var i = 0; i < wanted.Length; i++)
            Bits(wanted[i], found[i], $"{what}[{i}]");
    }

    /// <summary>Both doubles the same or neighbours. For numbers of one sign.</summary>
    public static void WithinUlp(double expected, double actual, string what = "") =>
        Assert.True(
            Math.Abs(BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(actual)) <= 1,
            FormattableString.Invariant($"{what}: {expected:R} within an ulp expected, {actual:R} found")
        );

    public static void Within(double tolerance, double expected, double actual, string what = "") =>
        Assert.True(
            Math.Abs(expected - actual) <= tolerance,
            FormattableString.Invariant($"{what}: {expected:R} within {tolerance} expected, {actual:R} found")
        );

    public static void Within(double tolerance, IReadOnlyList<double> expected, IReadOnlyList<double> actual, string what = "")
    {
        Assert.True(expected.Count == actual.Count, $"{what}: {expected.Count} values expected, {actual.Count} found");
        for (var i = 0; i < expected.Count; i++)
            Within(tolerance, expected[i], actual[i], $"{what}[{i}]");
    }
}
