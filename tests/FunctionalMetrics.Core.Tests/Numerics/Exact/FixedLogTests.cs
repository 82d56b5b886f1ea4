using System.Numerics;
using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The integer logarithm against golden values of 80 decimal digits, and its order.</summary>
public class FixedLogTests
{
    [Fact]
    public void The_logarithm_is_within_one_unit_of_the_golden_one()
    {
        var cases = GoldenFile.Cases("ln.json");
        Assert.True(cases.Count >= 400);
        foreach (var golden in cases)
        {
            var (x, expected) = (golden.GetProperty("x").GetDouble(), BigInteger.Parse(golden.GetProperty("ln60").GetString()!));
            // The golden integer is itself within half a unit of ln, so one unit off is an error below 1.5 x 2^-60 < 2^-59.
            Assert.True(
                BigInteger.Abs((BigInteger)FixedLog.Of(x) - expected) <= 1,
                $"ln {x:R}: {expected} expected, {FixedLog.Of(x)} found"
            );
        }
    }

    [Fact]
    public void The_logarithm_never_falls_between_neighbours()
    {
        var choices = new Choices(1);
        for (var i = 0; i < 200_000; i++)
        {
            // Every seventh at a change of the table's index, where the two sides are computed apart.
            var mantissa = i % 7 == 0 ? (long)choices.Below(128) << 45 : (long)choices.Below(1 << 26) << 26 | (uint)choices.Below(1 << 26);
            var x = BitConverter.Int64BitsToDouble((long)choices.Below(2046) << 52 | mantissa);
            if (x > 0)
                Assert.True(FixedLog.Of(Math.BitDecrement(x) is > 0 and var below ? below : x) <= FixedLog.Of(x), $"{x:R}");
        }
    }

    [Fact]
    public void The_logarithm_of_one_is_zero_and_of_a_power_of_two_a_multiple_of_that_of_two()
    {
        Assert.Equal(Int128.Zero, FixedLog.Of(1));
        for (var k = -1074; k < 1024; k++)
            Assert.InRange((double)(FixedLog.Of(Math.ScaleB(1, k)) - k * FixedLog.Of(2)), -600, 600);
        for (var k = -1074; k < 1023; k++)
            Assert.True(FixedLog.Of(Math.ScaleB(1, k)) < FixedLog.Of(Math.ScaleB(1, k + 1)));
    }
}
