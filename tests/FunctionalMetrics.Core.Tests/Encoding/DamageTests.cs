using System.Buffers.Binary;
using System.IO.Hashing;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Bytes that are not quite a state are a fault that says why, never an exception, and never half a state.</summary>
public class DamageTests
{
    public static TheoryData<string> Codecs => CodecCase.Names;

    [Theory, MemberData(nameof(Codecs))]
    public void Every_changed_byte_is_found(string name)
    {
        var codec = CodecCase.Named(name);
        foreach (var state in Small(codec))
        {
            var bytes = codec.Encode(state);
            for (var at = 0; at < bytes.Length; at++)
                foreach (var change in (byte[])[1, 0x80, 0xFF])
                {
                    byte[] damaged = [.. bytes];
                    damaged[at] ^= change;
                    Assert.NotEmpty(Fault(codec, damaged).Message);
                }
        }
    }

    [Theory, MemberData(nameof(Codecs))]
    public void Every_cut_and_every_added_byte_is_found(string name)
    {
        var codec = CodecCase.Named(name);
        foreach (var state in Small(codec))
        {
            var bytes = codec.Encode(state);
            for (var length = 0; length < bytes.Length; length++)
                Assert.IsType<Fault.Truncated>(Fault(codec, bytes[..length]));
            Assert.IsType<Fault.Malformed>(Fault(codec, [.. bytes, 0]));
        }
    }

    /// <summary>The checksum is no protection from malice: with it made right again, bytes are refused or are exactly what an encoder writes.</summary>
    [Trait("Category", "Slow")]
    [Theory, MemberData(nameof(Codecs))]
    public void Every_changed_byte_under_a_right_checksum_is_a_fault_or_another_state(string name)
    {
        var codec = CodecCase.Named(name);
        foreach (var state in Small(codec))
        {
            var bytes = codec.Encode(state);
            for (var at = 0; at < bytes.Length - 8; at++)
            for (var value = 0; value < 256; value++)
            {
                byte[] forged = [.. bytes];
                forged[at] = (byte)value;
                IsFaultOrCanonical(codec, Forge(forged));
            }
        }
    }

    [Theory, MemberData(nameof(Codecs))]
    public void Cut_grown_and_spliced_payloads_under_a_right_checksum_are_a_fault_or_another_state(string name)
    {
        var codec = CodecCase.Named(name);
        var random = new Random(8);
        foreach (var state in Small(codec))
        {
            var bytes = codec.Encode(state);
            for (var round = 0; round < 3000; round++)
            {
                var payload = bytes[24..^8].ToList();
                for (var change = random.Next(1, 4); change > 0; change--)
                    switch (random.Next(4))
                    {
                        case 0 when payload.Count > 0:
                            payload.RemoveAt(random.Next(payload.Count));
                            break;
                        case 1:
                            payload.Insert(random.Next(payload.Count + 1), (byte)random.Next(256));
                            break;
                        case 2 when payload.Count > 0:
                            payload[random.Next(payload.Count)] = (byte)random.Next(256);
                            break;
                        default:
                            var at = random.Next(payload.Count + 1);
                            payload.InsertRange(at, payload.Skip(random.Next(payload.Count + 1)).Take(random.Next(12)).ToArray());
                            break;
                    }
                IsFaultOrCanonical(codec, Envelope.Seal(codec.Family, [.. payload]));
            }
        }
    }

    [Fact]
    public void Each_kind_of_foreign_bytes_has_its_own_fault()
    {
        var bytes = RankState.Codec.Encode(RankState.Empty);
        var newer = Forge(With(bytes, 8, 2));
        Assert.Equal(new Fault.NotAState("504B030400000000"), Fault(RankState.Codec, [0x50, 0x4B, 3, 4, 0, 0, 0, 0, 0]));
        Assert.Equal(new Fault.Truncated(0, 32), Fault(RankState.Codec, []));
        Assert.Equal(new Fault.Truncated((long)bytes.Length - 1, (UInt128)bytes.Length), Fault(RankState.Codec, bytes[..^1]));
        Assert.Equal(new Fault.NewerVersion(2, 1), Fault(RankState.Codec, newer));
        Assert.Equal(new Fault.NewerVersion(2, 1), Fault(RankState.Codec, With(bytes, 8, 2)));
        Assert.Equal(new Fault.OtherFamily(RankState.Codec.Family, RegionState.Codec.Family), Fault(RegionState.Codec, bytes));
        Assert.IsType<Fault.Corrupted>(Fault(RankState.Codec, With(bytes, 24, 1)));
        Assert.IsType<Fault.Malformed>(Fault(RankState.Codec, Forge(With(bytes, 8, 0))));
        Assert.IsType<Fault.Malformed>(Fault(RankState.Codec, Forge(With(bytes, 13, 1))));
        Assert.Contains("family 77;", Fault(RankState.Codec, Forge(With(bytes, 10, 77))).Message, StringComparison.Ordinal);
        Assert.Equal("the state has format version 2; this library reads versions up to 1", Fault(RankState.Codec, newer).Message);
    }

    /// <summary>The bytes with a checksum that fits them.</summary>
    internal static byte[] Forge(byte[] bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(^8), XxHash3.HashToUInt64(bytes.AsSpan(..^8)));
        return bytes;
    }

    internal static Fault Fault<TState>(StateCodec<TState> codec, byte[] bytes)
        where TState : notnull =>
        codec.Decode(bytes).Match(state => throw new Xunit.Sdk.XunitException($"no fault, but {state}"), faults => faults.Head);

    private static Fault Fault(CodecCase codec, byte[] bytes) =>
        codec.Decode(bytes).Fault ?? throw new Xunit.Sdk.XunitException($"no fault in {Convert.ToHexString(bytes)}");

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        byte[] changed = [.. bytes];
        changed[at] = value;
        return changed;
    }

    private static void IsFaultOrCanonical(CodecCase codec, byte[] bytes)
    {
        if (codec.Decode(bytes) is { State: { } state })
            Assert.True(bytes.SequenceEqual(codec.Encode(state)), $"read, but not written so: {Convert.ToHexString(bytes)}");
    }

    private static IEnumerable<object> Small(CodecCase codec)
    {
        yield return codec.State(Sample.Empty, null);
        double[] scores = [0.5f, 0.5f, 0.5f, 0.1, -3, 0, 0.5f, 0.1f, 1e300, 0.5f, 0.25f, 0.5f];
        bool[] labels = [true, true, false, false, true, false, true, true, false, true, false, true];
        yield return codec.State(
            new(
                [.. scores.Zip(labels, (score, label) => new Row(score, label))],
                [
                    new(3, 4, [.. scores], [.. labels]),
                    new(3, 4, [.. scores.Select(score => (double)(float)Math.Min(score, 2))], [.. labels]),
                    new(1, 2, [0.5, 0.5], [true, false]),
                ]
            ),
            null
        );
    }
}
