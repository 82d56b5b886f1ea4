using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Bytes that claim what they do not hold: a fault, at a price that the bytes themselves pay for.</summary>
public class HostileTests
{
    private const int Overhead = 16 * 1024;

    [Fact]
    public void Forty_bytes_that_claim_a_quintillion_rows_cost_nothing()
    {
        var writer = new PayloadWriter();
        writer.Varint(1);
        writer.Varint(1L << 53);
        writer.Fixed(ScoreKey.Of(0.5f), 4);
        IsRefused("2^53", writer);
    }

    [Fact]
    public void More_keys_than_the_bytes_can_hold_are_refused_before_memory_is_taken()
    {
        var writer = new PayloadWriter();
        writer.Varint(1 << 30);
        writer.Varint(0);
        writer.Fixed(ScoreKey.Of(0.5f), 4);
        IsRefused("too few bytes", writer);
    }

    [Fact]
    public void A_huge_count_in_a_few_bytes_is_a_state_of_a_few_bytes()
    {
        var state = RankState.Of(ScoreBatch.Create((float[])[0.1f, 0.4f, 0.35f, 0.8f], (bool[])[false, false, true, true]).Valid());
        var codec = RankState.Codec;
        for (var doublings = 0; doublings < 50; doublings++)
            state = codec.Decode(codec.Encode(RankState.Merge(state, state))).Valid();
        var bytes = codec.Encode(state);
        Assert.InRange(bytes.Length, 40, 200);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = codec.Decode(bytes).Valid();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Overhead);
        Assert.Equal(4L << 50, read.Rows);
        Assert.Equal(0.75, Auroc.Metric.Compute(read).ThrowIfFail().Area);
        Assert.Equal(state, read);
    }

    [Fact]
    public void A_region_with_a_huge_count_is_a_state_of_a_few_bytes()
    {
        var mask = (bool[])[true, true, false, true];
        var state = RegionState.Of(MapBatch.Create((float[])[0.1f, 0.4f, 0.35f, 0.8f], mask, new(1, 1, 4)).Valid());
        var writer = new PayloadWriter();
        KeyCodec.WriteBag(writer, state.NegativeKeys);
        writer.Varint(1);
        writer.Varint(2);
        writer.Varint(1L << 52);
        KeyBlocks.Write(writer, new DistinctKeys<uint>([ScoreKey.Of(0.5f), ScoreKey.Of(0.6f)], [1, (1L << 52) + 1]));
        foreach (var zero in (int[])[0, 0, 0])
            writer.Varint(zero);
        var bytes = Envelope.Seal(RegionState.Codec.Family, writer.Written);
        var read = RegionState.Codec.Decode(bytes).Valid();
        Assert.Equal((1, (1L << 52) + 2), (read.Regions, read.Rank.Positives));
        Assert.InRange(Aupro.Metric.Compute(read).ThrowIfFail().Area, 0, 1);
        Assert.Equal(bytes, RegionState.Codec.Encode(read));
    }

    [Fact]
    public void No_bytes_take_more_memory_than_the_stated_multiple()
    {
        // Consecutive keys, each of two rows: the densest that a file can be.
        foreach (var keys in (int[])[1, 127, 128, 129, 1000, 100_000])
        {
            Within(Bag<uint>(keys, i => ScoreKey.Of(1f) + (uint)i, 2));
            Within(Bag<uint>(keys, i => ScoreKey.Of(1f) + (uint)i, 3));
            Within(Bag<ulong>(keys, i => ScoreKey.Of(0.1) + (ulong)i, 2));
        }

        static void Within(PayloadWriter bag)
        {
            byte[] bytes = Envelope.Seal(RankState.Codec.Family, [.. bag.Written, 0, 0, 0, 0]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            RankState.Codec.Decode(bytes).Valid();
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Overhead + (long)KeyBlocks.MaxExpansion * bytes.Length);
        }
    }

    [Fact]
    public void A_log_moment_state_of_a_huge_shape_is_refused_before_memory_is_taken()
    {
        var writer = new PayloadWriter();
        writer.Varint(0);
        writer.Varint(0);
        writer.Fixed(0);
        writer.Fixed(0);
        writer.Fixed(0);
        writer.Varint(1);
        writer.Fixed(uint.MaxValue, 4);
        writer.Fixed(uint.MaxValue, 4);
        var bytes = Envelope.Seal(LogMomentState.Codec.Family, writer.Written);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("shape", DamageTests.Fault(LogMomentState.Codec, bytes).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Overhead);
    }

    [Theory]
    [InlineData(0x7FFF_FFFFu, "-0")]
    [InlineData(0xFF80_0000u, "finite")]
    [InlineData(0xFFC0_0000u, "finite")]
    [InlineData(0x007F_FFFFu, "finite")]
    [InlineData(0u, "finite")]
    public void Keys_that_no_finite_score_has_are_refused(uint key, string reason)
    {
        var writer = new PayloadWriter();
        writer.Varint(1);
        writer.Varint(0);
        writer.Fixed(key, 4);
        writer.Byte(0);
        writer.Byte(0);
        foreach (var zero in (int[])[0, 0, 0, 0, 0, 0])
            writer.Varint(zero);
        IsRefused(reason, writer);
    }

    [Fact]
    public void A_number_that_float32_holds_is_refused_among_the_wide_ones()
    {
        var writer = new PayloadWriter();
        foreach (var zero in (int[])[0, 0])
            writer.Varint(zero);
        KeyBlocks.Write(writer, new DistinctKeys<ulong>([ScoreKey.Of(0.5)], []));
        foreach (var zero in (int[])[0, 0, 0, 0])
            writer.Varint(zero);
        IsRefused("among the wide", writer);
    }

    [Fact]
    public void More_bins_than_the_bytes_can_hold_are_refused_before_memory_is_taken()
    {
        var writer = Table(18, 0.5, 0.5, 1 << 18);
        var bytes = Envelope.Seal(BoundedRankState.Codec.Family, writer.Written);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("too few bytes", DamageTests.Fault(BoundedRankState.Codec, bytes).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Overhead);
    }

    [Fact]
    public void Bins_of_a_quadrillion_rows_are_answered_at_once()
    {
        var writer = Table(18, 1, 2, 2);
        foreach (var score in (float[])[1, 2])
        {
            writer.Varint(score == 1 ? ScoreKey.Of(1f) >> 14 : (ScoreKey.Of(2f) >> 14) - (ScoreKey.Of(1f) >> 14) - 1);
            writer.Varint(1L << 51);
            writer.Varint(1L << 50);
            writer.Byte(0);
        }
        var state = BoundedRankState.Codec.Decode(Envelope.Seal(BoundedRankState.Codec.Family, writer.Written)).Valid();
        Assert.Equal(3L << 51, state.Rows);
        var precision = AveragePrecision.Bounded().Compute(state).ThrowIfFail();
        var area = Aupr.Bounded().Compute(state).ThrowIfFail();
        // The sums are integrals by now: the lower one is the mean of 1 - 2 ln(3/2) and 1 - 4 ln(6/5).
        Assert.Equal(1 - Math.Log(1.5) - 2 * Math.Log(1.2), precision.Lower, 1e-6);
        Assert.Equal(0.75, precision.Upper, 1e-6);
        Assert.InRange(area.Lower, 0.1, area.Upper);
        Assert.Equal(new Interval(0.25, 0.75), Auroc.Bounded().Compute(state).ThrowIfFail());
    }

    [Fact]
    public void Bins_that_no_data_have_are_refused()
    {
        var half = ScoreKey.Of(0.5f);
        Refused("no score falls into", Table(18, 0.5, 0.5, 1), 3, 1, 0, 0);
        Refused("without rows", Table(18, 0.5, 0.5, 1), half >> 14, 0, 0, 1);
        Refused("several scores", Table(18, 0.5, 0.5, 1), half >> 14, 1, 0, 0);
        Refused("of a kind", Table(18, 0.5, 0.5, 1), half >> 14, 1, 0, 3);
        Refused("in none of the bins", Table(18, 0.5, 0.7, 1), half >> 14, 2, 0, 0);
        Refused("in none of the bins", Table(18, 0.5, 0.5, 1), half >> 14, 2, 0, 0);
        Refused("2^53", Table(18, 0.5, 0.5001, 1), half >> 14, 1L << 53, 1L << 53, 0);
        Refused("more than 24 bits", Table(25, 0.5, 0.5, 1), half >> 14, 1, 0, 0);

        static void Refused(string reason, PayloadWriter table, long bin, long normal, long anomalous, int kind)
        {
            foreach (var number in (long[])[bin, normal, anomalous])
                table.Varint(number);
            table.Byte(kind);
            if (kind == 1)
                table.Fixed(ScoreKey.Of(0.5f), 4);
            var bytes = Envelope.Seal(BoundedRankState.Codec.Family, table.Written);
            Assert.Contains(reason, DamageTests.Fault(BoundedRankState.Codec, bytes).Message, StringComparison.Ordinal);
        }
    }

    private static PayloadWriter Table(int bits, double lowest, double highest, int bins)
    {
        var writer = new PayloadWriter();
        writer.Byte(bits);
        writer.Fixed(ScoreKey.Of(lowest), 8);
        writer.Fixed(ScoreKey.Of(highest), 8);
        writer.Varint(bins);
        return writer;
    }

    private static PayloadWriter Bag<TKey>(int count, Func<int, TKey> key, long rows)
        where TKey : unmanaged
    {
        var writer = new PayloadWriter();
        if (typeof(TKey) == typeof(ulong))
            KeyBlocks.Write(writer, new DistinctKeys<uint>([], []));
        KeyBlocks.Write(writer, new DistinctKeys<TKey>([.. Enumerable.Range(0, count).Select(key)], [.. Enumerable.Repeat(rows, count)]));
        if (typeof(TKey) == typeof(uint))
            KeyBlocks.Write(writer, new DistinctKeys<ulong>([], []));
        return writer;
    }

    private static void IsRefused(string reason, PayloadWriter payload)
    {
        var bytes = Envelope.Seal(RankState.Codec.Family, payload.Written);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = RankState.Codec.Decode(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Overhead);
        Assert.Contains(reason, fault.Match(_ => "nothing", faults => faults.Head.Message), StringComparison.Ordinal);
    }
}
