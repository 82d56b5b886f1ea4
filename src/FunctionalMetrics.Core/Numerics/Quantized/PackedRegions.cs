using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Quantized keys in groups, ascending within each, in little more than a byte for each: the score of a region's next pixel is seldom far.
/// The state of 10M pixels in half precision, 1.5% of them anomalous, takes 0.6 MB, and 1.0 MB without.
/// <code>
///  key := distance from the key before (0 to 254) | 255, prefix (3 bytes, the least first)
/// </code>
/// Distances are those of prefixes, the leading 19 bits of a key. The first key of a group stands as its prefix, so groups can follow each other
/// in any order.
/// </summary>
internal sealed class PackedRegions : Chunk
{
    /// <summary>
    /// float32 keys made of 8-bit and half-precision scores, or of such with their sign changed, differ in their leading 19 bits: the
    /// other 13 are zeros, or ones below zero.
    /// </summary>
    public const int Idle = 13;

    private const byte Far = byte.MaxValue;
    private const int FarBytes = 4;

    private readonly byte[] bytes;

    private PackedRegions(byte[] bytes, int count, int[] groups)
        : base(groups, []) => (this.bytes, Count) = (bytes, count);

    public override int Count { get; }

    public int Bytes => bytes.Length;

    public override Chunk Negated => Plain.Negated;

    public override Chunk Plain
    {
        get
        {
            var keys = GC.AllocateUninitializedArray<uint>(Count);
            CopyTo<uint>(keys);
            return new Chunk<uint>(keys, Groups);
        }
    }

    /// <summary>
    /// The distinct ascending keys of each group, so many as the lengths say, each as often as the rows say; the groups hold the sums of those.
    /// None where they are too many for one array, or too far from each other to be worth it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static PackedRegions? Of(ReadOnlySpan<uint> distinct, ReadOnlySpan<int> rows, int[] lengths, int[] groups)
    {
        var (at, next, count) = (0, 0, groups.Sum());
        if (count > Array.MaxLength / FarBytes)
            return null;
        using var rented = Scratch<byte>.Zeros(count * FarBytes);
        var bytes = rented.Span;
        foreach (var length in lengths)
        {
            var before = 0u;
            for (var i = 0; i < length; i++, next++)
            {
                var prefix = distinct[next] >> Idle;
                if (i > 0 && prefix - before < Far)
                    bytes[at++] = (byte)(prefix - before);
                else
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], Far | prefix << 8);
                    at += FarBytes;
                }
                // The same key again has distance 0.
                at += rows[next] - 1;
                before = prefix;
            }
        }
        return at > count * 2L ? null : new(bytes[..at].ToArray(), count, groups);
    }

    /// <summary>Not 0 where a key has more than its leading bits, as that of a large 16-bit number has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Stray(uint key) => key ^ Key(key >> Idle);

    /// <summary>Whether a key has more than its leading bits.</summary>
    public static bool AnyStray(ReadOnlySpan<uint> keys)
    {
        foreach (var key in keys)
            if (Stray(key) != 0)
                return true;
        return false;
    }

    /// <summary>The lowest and the highest prefix of one key or more.</summary>
    public static (uint First, uint Last) Prefixes(ReadOnlySpan<uint> keys)
    {
        var (least, most) = KeyExtrema.Of(keys);
        return (least >> Idle, most >> Idle);
    }

    /// <summary>The key that has a prefix for its leading bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Key(uint prefix)
    {
        var key = prefix << Idle;
        return key >= ScoreKey.NarrowSign ? key : key | (1u << Idle) - 1;
    }

    public static PackedRegions Concat(PackedRegions first, PackedRegions second) =>
        new([.. first.bytes, .. second.bytes], first.Count + second.Count, [.. first.Groups, .. second.Groups]);

    public override void CopyTo<TTarget>(Span<TTarget> target)
    {
        if (typeof(TTarget) == typeof(uint))
            CopyTo(MemoryMarshal.Cast<TTarget, uint>(target));
        else
            Plain.CopyTo(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyTo(Span<uint> keys)
    {
        var (at, prefix) = (0, 0u);
        for (var i = 0; i < Count; i++)
        {
            uint distance = bytes[at++];
            if (distance < Far)
                prefix += distance;
            else
            {
                prefix = bytes[at] | (uint)bytes[at + 1] << 8 | (uint)bytes[at + 2] << 16;
                at += FarBytes - 1;
            }
            keys[i] = Key(prefix);
        }
    }
}
