using System.Numerics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// The exact sums of finite scores and of their squares: mean and standard deviation come from them with one rounding, so that they depend on the multiset
/// of the scores alone.
/// </summary>
internal sealed class ExactMoments
{
    private const int MantissaBits = 52;
    private const int Exponents = 2047;

    /// <summary>Scores are multiples of 2^-1074.</summary>
    private const int Least = 1074;

    /// <summary>The sums of the mantissas of each exponent, and those of their squares in two halves, which cannot overflow below 2^63 scores.</summary>
    private readonly Int128[] mantissas = new Int128[Exponents];
    private readonly UInt128[] low = new UInt128[Exponents];
    private readonly UInt128[] high = new UInt128[Exponents];

    /// <summary>How many scores were added.</summary>
    public long Count { get; private set; }

    /// <summary>The moments of the scores of some keys.</summary>
    public static ExactMoments Of(KeyBag bag)
    {
        var moments = new ExactMoments();
        foreach (var chunk in bag.Chunks)
            if (chunk is Chunk<uint> narrow)
                moments.Add<uint>(narrow.Keys, chunk.Counts);
            else
                moments.Add<ulong>(((Chunk<ulong>)chunk).Keys, chunk.Counts);
        return moments;
    }

    /// <summary>Adds a finite score, so many times.</summary>
    public void Add(double score, long times = 1)
    {
        var bits = BitConverter.DoubleToInt64Bits(score);
        var exponent = (int)(bits >> MantissaBits & 0x7FF);
        var mantissa = bits & ((1L << MantissaBits) - 1) | (exponent == 0 ? 0 : 1L << MantissaBits);
        var square = Math.BigMul((ulong)mantissa, (ulong)mantissa);
        var at = Math.Max(exponent, 1);
        mantissas[at] += (Int128)(bits < 0 ? -mantissa : mantissa) * times;
        low[at] += Math.BigMul((ulong)square, (ulong)times);
        high[at] += Math.BigMul((ulong)(square >> 64), (ulong)times);
        Count += times;
    }

    /// <summary>mean + k std, with divisor n, correctly rounded; infinite where no double reaches it. There is one score at least.</summary>
    public double MeanAndDeviations(Fraction k)
    {
        var (sum, squares) = (BigInteger.Zero, BigInteger.Zero);
        for (var at = Exponents - 1; at > 0; at--)
        {
            sum += (BigInteger)mantissas[at] << (at - 1);
            squares += (((BigInteger)high[at] << 64) + low[at]) << (2 * (at - 1));
        }
        // In multiples of 2^-1074: (sum + k sqrt(n squares - sum^2)) / n.
        return Ratio.RoundWithRoot(
            k.Denominator * sum,
            k.Numerator.Sign,
            k.Numerator * k.Numerator * (Count * squares - sum * sum),
            (k.Denominator * Count) << Least
        );
    }

    private void Add<TKey>(ReadOnlySpan<TKey> keys, ReadOnlySpan<long> counts)
        where TKey : unmanaged
    {
        for (var i = 0; i < keys.Length; i++)
            Add(ScoreKey.Score(keys[i]), counts.IsEmpty ? 1 : counts[i]);
    }
}
