using LanguageExt;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Bins of scores: the leading bits of the 32-bit key of the largest float32 that is not above the score. So a score falls into one bin
/// whether it came as float32 or as float64, bins ascend with the scores, and each bin of fewer bits is a range of whole bins of more.
/// What lies below all float32 numbers has the key of -inf.
/// </summary>
internal static class ScoreBins
{
    /// <summary>The finest resolution: 2^24 bins, each of 256 float32 numbers.</summary>
    public const int MostBits = 24;

    private const uint Below = 0x007F_FFFF;
    private const uint Highest = 0xFF7F_FFFF;

    public static Fin<int> Check(int bits) =>
        bits is >= 1 and <= MostBits ? bits : new OutOfRange("the number of bits", bits, $"[1, {MostBits}]");

    public static int Clamp(int bits) => Math.Clamp(bits, 1, MostBits);

    /// <summary>The bin of a score, by its 64-bit key.</summary>
    public static int Of(ulong key, int bits) => (int)(Floor(key) >> (32 - bits));

    /// <summary>Whether a finite score can fall into the bin.</summary>
    public static bool Exists(long bin, int bits) => bin >= Below >> (32 - bits) && bin <= Highest >> (32 - bits);

    /// <summary>The smallest and the largest finite score that fall into a bin.</summary>
    public static (double Lowest, double Highest) Range(int bin, int bits)
    {
        var (first, next) = ((ulong)bin << (32 - bits), (ulong)(bin + 1) << (32 - bits));
        return (
            first <= Below ? double.MinValue : ScoreKey.Score((uint)first),
            next > Highest ? double.MaxValue : Math.BitDecrement((double)ScoreKey.Score((uint)next))
        );
    }

    /// <summary>The 32-bit key of the largest float32 number, or -inf, that is not above the score.</summary>
    private static uint Floor(ulong key)
    {
        var score = ScoreKey.Score(key);
        var nearest = (float)score;
        return ScoreKey.Of(nearest > score ? MathF.BitDecrement(nearest) : nearest);
    }
}
