using System.Buffers.Binary;
using System.IO.Hashing;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// What stands around every encoded state, so that foreign, cut, newer and damaged bytes are told from a state before anything is made of
/// them. All numbers are little-endian on every machine.
/// <code>
///  offset  bytes
///  0       8      magic: 89 46 4D 53 0D 0A 1A 0A (0x89 "FMS" CR LF 0x1A LF: what a transfer as text would change)
///  8       2      version of the format, 1; it means nothing else
///  10      2      family, a <see cref="StateFamily"/>
///  12      4      reserved, 0; anything else is refused
///  16      8      n, the length of the payload; bytes after the checksum are refused
///  24      n      payload, as the family's codec says
///  24+n    8      XxHash3 (64 bits, seed 0) of all bytes before it
/// </code>
/// The checksum finds accidents, not forgeries: bytes that pass it are still not trusted.
/// </summary>
public static class Envelope
{
    /// <summary>The newest version of the format, which is the one that is written. Every older one can be read.</summary>
    public const int Version = 1;

    /// <summary>
    /// The most rows of a state that is decoded, 2^53: more than any data set has, few enough that the counts of a thousand states add up in 64
    /// bits.
    /// </summary>
    public const long MaxRows = 1L << 53;

    internal const int HeaderLength = 24;

    private const int ChecksumLength = 8;

    internal static ReadOnlySpan<byte> Magic => [0x89, 0x46, 0x4D, 0x53, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The payload with everything around it.</summary>
    public static byte[] Seal(StateFamily family, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[HeaderLength + payload.Length + ChecksumLength];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(10), family.Id);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), payload.Length);
        payload.CopyTo(bytes.AsSpan(HeaderLength));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(^ChecksumLength), XxHash3.HashToUInt64(bytes.AsSpan(..^ChecksumLength)));
        return bytes;
    }

    /// <summary>
    /// The payload, from the end of the header on, when the bytes are whole and of the family. Fails with <see cref="Fault.NotAState"/>,
    /// <see cref="Fault.Truncated"/>, <see cref="Fault.NewerVersion"/>, <see cref="Fault.Corrupted"/>, <see cref="Fault.OtherFamily"/> or
    /// <see cref="Fault.Malformed"/>.
    /// </summary>
    public static Validation<Fault, Range> Open(StateFamily family, ReadOnlySpan<byte> bytes)
    {
        var magic = Math.Min(bytes.Length, Magic.Length);
        if (!bytes[..magic].SequenceEqual(Magic[..magic]))
            return Fails(new Fault.NotAState(Convert.ToHexString(bytes[..magic])));
        if (bytes.Length < HeaderLength + ChecksumLength)
            return Fails(new Fault.Truncated(bytes.Length, HeaderLength + ChecksumLength));
        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        if (version > Version)
            return Fails(new Fault.NewerVersion(version, Version));
        var length = HeaderLength + (UInt128)BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]) + ChecksumLength;
        if ((UInt128)bytes.Length < length)
            return Fails(new Fault.Truncated(bytes.Length, length));
        if ((UInt128)bytes.Length > length)
            return Fails(new Fault.Malformed("bytes follow the state", (long)length));
        var stored = BinaryPrimitives.ReadUInt64LittleEndian(bytes[^ChecksumLength..]);
        var computed = XxHash3.HashToUInt64(bytes[..^ChecksumLength]);
        if (stored != computed)
            return Fails(new Fault.Corrupted(stored, computed));
        if (version == 0)
            return Fails(new Fault.Malformed("there is no format version 0", 8));
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) != 0)
            return Fails(new Fault.Malformed("reserved bytes are not 0", 12));
        var found = BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]);
        return found == family.Id
            ? Success<Fault, Range>(HeaderLength..^ChecksumLength)
            : Fails(new Fault.OtherFamily(StateFamily.Of(found), family));
    }

    private static Validation<Fault, Range> Fails(Fault fault) => Fail<Fault, Range>(fault);
}
