using System.Buffers.Binary;
using System.IO.Hashing;

namespace FunctionalMetrics.IO.Tests;

/// <summary>What may happen to a file on its way, drawn by a seed: a few changes of bits, bytes, words and lengths, mostly where headers and footers are.</summary>
internal static class Mutants
{
    /// <summary>Bytes of a state before its payload, the last eight of them the payload's length.</summary>
    private const int StateHeader = 24;

    private static readonly uint[] Words = [0, 1, 2, 7, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x00FFFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];

    /// <summary>The mutant of a seed.</summary>
    public static byte[] Of(byte[] file, int seed)
    {
        var random = new Random(seed);
        var bytes = file.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
            Change(bytes, random);
        // a wrong checksum hides what stands behind it
        return random.Next(4) > 0 ? Summed([.. bytes]) : [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(3) switch
        {
            0 => random.Next(bytes.Count),
            1 => random.Next(Math.Min(200, bytes.Count)),
            _ => bytes.Count - 1 - random.Next(Math.Min(300, bytes.Count)),
        };
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.Insert(at, (byte)random.Next(256));
                break;
            case 3:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 5), bytes.Count - at));
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                break;
            case 5:
                bytes.RemoveRange(at, random.Next(20) == 0 ? bytes.Count - at : 0);
                break;
            default:
                var word = Words[random.Next(Words.Length)];
                for (var i = 0; i < random.Next(1, 5) && at + i < bytes.Count; i++)
                    bytes[at + i] = (byte)(word >> (8 * i));
                break;
        }
    }

    /// <summary>The same PNG, or the same state, with the checksums that it should have; any other file as it is.</summary>
    private static byte[] Summed(byte[] bytes) =>
        bytes.AsSpan().StartsWith((byte[])[0x89, .. "PNG"u8]) ? SummedChunks(bytes)
        : bytes.AsSpan().StartsWith((byte[])[0x89, .. "FMS"u8]) && bytes.Length >= StateHeader + sizeof(ulong) ? SummedState(bytes)
        : bytes;

    private static byte[] SummedState(byte[] bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(StateHeader - sizeof(long)), bytes.Length - StateHeader - sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(^sizeof(ulong)), XxHash3.HashToUInt64(bytes.AsSpan(..^sizeof(ulong))));
        return bytes;
    }

    private static byte[] SummedChunks(byte[] bytes)
    {
        for (var at = 8L; at + 12 <= bytes.Length; )
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan((int)at));
            if (at + 12 + length > bytes.Length)
                break;
            BinaryPrimitives.WriteUInt32BigEndian(
                bytes.AsSpan((int)(at + 8 + length)),
                Crc32.HashToUInt32(bytes.AsSpan((int)at + 4, 4 + (int)length))
            );
            at += 12 + length;
        }
        return bytes;
    }
}
