using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core.Tests;

public class WideningTests
{
    private static readonly ushort[] All = [.. Enumerable.Range(0, 1 << 16).Select(bits => (ushort)bits)];

    [Fact]
    public void Every_half_is_the_same_number_in_float32()
    {
        Half[] halves = [.. All.Select(BitConverter.UInt16BitsToHalf)];
        var widened = Widened(halves);
        for (var i = 0; i < halves.Length; i++)
            Assert.Equal((double)halves[i], BitConverter.UInt32BitsToSingle(widened[i]));
    }

    [Fact]
    public void Every_16_bit_and_8_bit_score_is_the_same_number_in_float32()
    {
        Assert.Equal(All.Select(word => (float)word), Widened(All).Select(BitConverter.UInt32BitsToSingle));
        byte[] bytes = [.. All.Select(word => (byte)word)];
        Assert.Equal(bytes.Select(score => (float)score), Widened(bytes).Select(BitConverter.UInt32BitsToSingle));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(3, 16)]
    [InlineData(7, 61)]
    public void A_part_is_widened_from_its_place_on(int from, int length)
    {
        var bits = new uint[length];
        Widening.Widen(All, from, bits);
        Assert.Equal(Enumerable.Range(from, length).Select(word => (float)word), bits.Select(BitConverter.UInt32BitsToSingle));
    }

    private static uint[] Widened(ScoreValues scores)
    {
        var bits = new uint[scores.Count];
        Widening.Widen(scores, 0, bits);
        return bits;
    }
}
