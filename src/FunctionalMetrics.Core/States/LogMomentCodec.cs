using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// A <see cref="LogMomentState"/> as bytes.
/// <code>
///  payload := seen, sums; varint K; K times shape
///  shape   := u32 height, u32 width, both 1 or more and ascending from shape to shape; seen, n 1 or more; height x width times sums
///  seen    := varint n, scores or maps seen; varint z, scores of 0 or below among them
///  sums    := i128 sum of q, u256 sum of q^2, for q = round(2^60 ln score)
/// </code>
/// Refused: sums that no n numbers below 2^70 have.
/// </summary>
internal static class LogMomentCodec
{
    private const int SumsLength = 48;
    private const int LogBits = 70;

    public static void Write(PayloadWriter to, LogMomentState state)
    {
        WriteSeen(to, state.Scores.Count, state.Scores.NonPositive);
        WriteSums(to, state.Scores.Sum, state.Scores.Squares);
        to.Varint(state.Maps.Count);
        foreach (var ((height, width), sums) in state.Maps)
        {
            to.Fixed((ulong)height, 4);
            to.Fixed((ulong)width, 4);
            WriteSeen(to, sums.Count, sums.NonPositive);
            for (var i = 0; i < sums.Sums.Length; i++)
                WriteSums(to, sums.Sums[i], sums.Squares[i]);
        }
    }

    public static Validation<Fault, LogMomentState> Read(ref PayloadReader from)
    {
        var (count, nonPositive) = ReadSeen(ref from, 1);
        var (sum, squares) = ReadSums(ref from, count - nonPositive);
        var maps = default(Map<(int Height, int Width), PositionLogSums>);
        var before = (Height: 0, Width: 0);
        for (var left = from.Varint(); left > 0 && from.Ok; left--)
        {
            var (height, width) = (from.Fixed(4), from.Fixed(4));
            var pixels = height * width;
            if (
                !from.Require(
                    pixels > 0 && pixels <= (ulong)(from.Left / SumsLength),
                    "a shape has no pixels, or more than there are bytes"
                )
            )
                break;
            var shape = (Height: (int)height, Width: (int)width);
            from.Require(shape.CompareTo(before) > 0, "the shapes do not ascend");
            maps = maps.AddOrUpdate(shape, ReadMaps(ref from, (int)pixels));
            before = shape;
        }
        return from.End(() => new LogMomentState(new LogSums(count, nonPositive, sum, squares), maps));
    }

    private static PositionLogSums ReadMaps(ref PayloadReader from, int pixels)
    {
        var (count, nonPositive) = ReadSeen(ref from, pixels);
        from.Require(count > 0, "a shape has no maps");
        var (sums, squares) = (new Int128[pixels], new UInt256[pixels]);
        for (var i = 0; i < pixels && from.Ok; i++)
            (sums[i], squares[i]) = ReadSums(ref from, count);
        return new(count, nonPositive, sums, squares);
    }

    private static void WriteSeen(PayloadWriter to, long count, long nonPositive)
    {
        to.Varint(count);
        to.Varint(nonPositive);
    }

    private static (long Count, long NonPositive) ReadSeen(ref PayloadReader from, int pixels)
    {
        var (count, nonPositive) = (from.Varint(), from.Varint());
        from.Require(nonPositive <= (Int128)count * pixels, "more scores are 0 or below than were seen");
        return (count, nonPositive);
    }

    private static void WriteSums(PayloadWriter to, Int128 sum, UInt256 squares)
    {
        to.Fixed((UInt128)sum);
        to.Fixed(squares.Low);
        to.Fixed(squares.High);
    }

    private static (Int128 Sum, UInt256 Squares) ReadSums(ref PayloadReader from, long count)
    {
        var (sum, low, high) = ((Int128)from.Fixed(), from.Fixed(), from.Fixed());
        var squares = new UInt256(high, low);
        var most = (Int128)count << LogBits;
        // |sum| <= n 2^70 < 2^123; and by Cauchy and Schwarz (sum of q)^2 <= n (sum of q^2), or a variance would be negative.
        var bounded = count == 0 ? sum == 0 && squares == default : sum <= most && sum >= -most && high >> 64 == 0;
        from.Require(bounded && (count == 0 || AtMost(UInt256.Square(sum), squares, count)), "there is a sum that no logarithms have");
        return (sum, squares);
    }

    private static bool AtMost(UInt256 square, UInt256 squares, long count)
    {
        var product = UInt256.Product(squares.Low, (ulong)count);
        product = new(product.High + squares.High * (ulong)count, product.Low);
        return square.High < product.High || (square.High == product.High && square.Low <= product.Low);
    }
}
