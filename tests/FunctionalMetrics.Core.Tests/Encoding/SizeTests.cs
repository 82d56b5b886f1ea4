namespace FunctionalMetrics.Core.Tests;

public class SizeTests
{
    [Fact]
    public void A_million_float32_pixels_take_less_than_a_byte_and_a_half_each()
    {
        var random = new Random(38);
        float[] scores = [.. Enumerable.Range(0, 1 << 20).Select(_ => Normal(random))];
        var mask = new bool[scores.Length];
        mask.AsSpan(5000, 100).Fill(true);
        var state = RegionState.Of(MapBatch.Create(scores, mask, new(4, 512, 512)).Valid());
        Assert.InRange(RegionState.Codec.Encode(state).Length / (double)scores.Length, 0, 1.5);
    }

    [Fact]
    public void Maps_of_8_bits_take_kilobytes_whatever_their_number()
    {
        var random = new Random(8);
        byte[] scores = [.. Enumerable.Range(0, 1 << 20).Select(_ => (byte)random.Next(256))];
        var state = RankState.Of(ScoreBatch.Create(scores, new bool[scores.Length]).Valid());
        Assert.InRange(RankState.Codec.Encode(state).Length, 0, 1500);
    }

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
