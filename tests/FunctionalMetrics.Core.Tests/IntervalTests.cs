using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The mean of numbers that are known is the nearest double to the true one, and that of intervals holds every mean within them.</summary>
public class IntervalTests
{
    [Fact]
    public void The_mean_is_rounded_once_and_does_not_depend_on_the_order() =>
        Prop.ForAll(
                Numbers(),
                numbers =>
                {
                    var mean = Interval.Mean([.. numbers.Select(Interval.Known)]);
                    var (sum, one) = (numbers.Aggregate(BigInteger.Zero, (all, number) => all + Whole(number)), BigInteger.One << 1074);
                    Assert.Equal(Interval.Known(Ratio.Round(sum, one * numbers.Length) + 0.0), mean);
                    Assert.Equal(mean, Interval.Mean([.. numbers.Reverse().Select(Interval.Known)]));
                }
            )
            .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_mean_of_intervals_holds_the_means_within_them() =>
        Prop.ForAll(
                Numbers(),
                numbers =>
                {
                    Interval[] between = [.. numbers.Select((number, at) => new Interval(number, number + at % 3 * 0.25))];
                    var mean = Interval.Mean(between);
                    foreach (var share in (double[])[0, 0.25, 1])
                        Assert.True(
                            mean.Contains(
                                Interval.Mean([.. between.Select(one => Interval.Known(one.Lower + share * (one.Upper - one.Lower)))]).Lower
                            )
                        );
                }
            )
            .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void There_is_no_mean_of_nothing() => Assert.True(double.IsNaN(Interval.Mean([]).Lower));

    private static Arbitrary<double[]> Numbers() =>
        ArbMap
            .Default.ArbFor<int>()
            .Generator.Select(number => number / 65521.0)
            .NonEmptyListOf()
            .Select(all => all.ToArray())
            .ToArbitrary();

    /// <summary>A double in units of 2^-1074.</summary>
    private static BigInteger Whole(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var (exponent, mantissa) = ((int)(bits >> 52 & 0x7FF), bits & ((1L << 52) - 1));
        var whole = exponent == 0 ? (BigInteger)mantissa : (BigInteger)(mantissa | 1L << 52) << (exponent - 1);
        return bits < 0 ? -whole : whole;
    }
}
