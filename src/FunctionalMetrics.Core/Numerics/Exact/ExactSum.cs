using System.Numerics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// A sum of finite scores without any rounding, so that it depends on the multiset of them alone: the mantissas of each exponent are added as
/// integers, which fit for 2^74 scores.
/// </summary>
internal sealed class ExactSum
{
    private const int MantissaBits = 52;
    private const int Exponents = 2047;

    /// <summary>What a mantissa of exponent 1, as of 0, is a multiple of: 2^-1074.</summary>
    private const int Least = 1075;

    private readonly Int128[] mantissas = new Int128[Exponents];

    /// <summary>Adds a finite score.</summary>
    public void Add(double score)
    {
        var bits = BitConverter.DoubleToInt64Bits(score);
        var exponent = (int)(bits >> MantissaBits & 0x7FF);
        var mantissa = bits & ((1L << MantissaBits) - 1) | (exponent == 0 ? 0 : 1L << MantissaBits);
        mantissas[Math.Max(exponent, 1)] += bits < 0 ? -mantissa : mantissa;
    }

    /// <summary>The sum as an exact fraction; its denominator is a power of two.</summary>
    public (BigInteger Numerator, BigInteger Denominator) Total
    {
        get
        {
            var (sum, exponent) = (BigInteger.Zero, 0);
            for (var next = Exponents - 1; next > 0; next--)
            {
                if (mantissas[next] == 0)
                    continue;
                sum = (sum << Math.Max(0, exponent - next)) + mantissas[next];
                exponent = next;
            }
            return exponent >= Least ? (sum << (exponent - Least), 1) : (sum, BigInteger.One << (Least - exponent));
        }
    }

    /// <summary>The sum divided by a number above 0, rounded once; what rounds to -0 is 0.</summary>
    public double Over(long count)
    {
        var (numerator, denominator) = Total;
        return Ratio.Round(numerator, denominator * count) + 0.0;
    }
}
