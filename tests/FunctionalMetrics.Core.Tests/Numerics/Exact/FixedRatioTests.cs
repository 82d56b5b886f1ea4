using System.Numerics;
using System.Runtime.Intrinsics;
using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Ratios with 64 fraction bits against whole numbers without a limit.</summary>
public class FixedRatioTests
{
    [Fact]
    public void One_ratio_is_cut_off_at_64_bits()
    {
        foreach (var (a, b) in Pairs(1))
            Assert.Equal(((BigInteger)a << 64) / b, (BigInteger)Ratio.Fixed64(a, b));
    }

    [Fact]
    public void Eight_ratios_are_those_of_one()
    {
        foreach (var pairs in Pairs(2).Chunk(Vector512<long>.Count))
        {
            var (high, low) = Ratio.Fixed64(
                Vector512.Create(Array.ConvertAll(pairs, pair => pair.A)),
                Vector512.Create(Array.ConvertAll(pairs, pair => pair.B))
            );
            for (var lane = 0; lane < pairs.Length; lane++)
            {
                var (a, b) = pairs[lane];
                Assert.InRange(low[lane], 0, uint.MaxValue);
                Assert.Equal(((BigInteger)a << 64) / b, ((BigInteger)high[lane] << 32) + low[lane]);
            }
        }
    }

    /// <summary>Ratios of all sizes: next to 0 and 1, next to multiples of 2^-32, and those that are one.</summary>
    private static IEnumerable<(long A, long B)> Pairs(int seed)
    {
        var choices = new Choices(seed);
        for (var i = 0; i < 80_000; i++)
        {
            var b = 1 + (long)(Big(choices) >> (2 + choices.Below(62)));
            var a = (i % 5) switch
            {
                0 => (long)(Big(choices) % ((ulong)b + 1)),
                1 => Math.Max(0, b - choices.Below(4)),
                2 => Math.Min(b, choices.Below(4)),
                3 => Math.Clamp((long)(((BigInteger)b * choices.Below(int.MaxValue) >> 31) + choices.Below(3) - 1), 0, b),
                _ => (long)(Big(choices) % (ulong)(b = 1L << choices.Below(62))),
            };
            yield return (a, b);
        }
    }

    private static ulong Big(Choices choices) =>
        ((ulong)choices.Below(int.MaxValue) << 33) ^ ((ulong)choices.Below(int.MaxValue) << 16) ^ (ulong)choices.Below(int.MaxValue);
}
