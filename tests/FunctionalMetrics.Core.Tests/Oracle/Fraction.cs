using System.Globalization;
using System.Numerics;

namespace FunctionalMetrics.Core.Tests;

/// <summary>An exact rational number, kept in lowest terms, and its correctly rounded double. Written apart from Core's Ratio on purpose.</summary>
internal readonly record struct Fraction : IComparable<Fraction>
{
    private readonly BigInteger denominatorMinusOne;

    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        denominatorMinusOne = denominator / divisor - 1;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator => denominatorMinusOne + 1;

    public static implicit operator Fraction(long value) => new(value, 1);

    public static Fraction operator +(Fraction a, Fraction b) =>
        new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Fraction operator -(Fraction a, Fraction b) => a + new Fraction(-b.Numerator, b.Denominator);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Fraction operator /(Fraction a, Fraction b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator <(Fraction a, Fraction b) => a.CompareTo(b) < 0;

    public static bool operator >(Fraction a, Fraction b) => a.CompareTo(b) > 0;

    public static bool operator <=(Fraction a, Fraction b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Fraction a, Fraction b) => a.CompareTo(b) >= 0;

    public int CompareTo(Fraction other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>The number that a finite double is.</summary>
    public static Fraction Exactly(double value)
    {
        var halvings = 0;
        while (value != Math.Floor(value))
        {
            value *= 2;
            halvings++;
        }
        return new(new BigInteger(value), BigInteger.Pow(2, halvings));
    }

    /// <summary>The decimal that a double's shortest round-trip text shows, of at most 28 digits.</summary>
    public static Fraction Written(double value)
    {
        var written = decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
        var tens = BigInteger.Pow(10, written.Scale);
        return new(new BigInteger(written * (decimal)tens), tens);
    }

    /// <summary>The nearest double, ties to even: the double whose neighbours are both farther, found by comparing exact numbers.</summary>
    public double Rounded()
    {
        if (Numerator.Sign < 0)
            return -new Fraction(-Numerator, Denominator).Rounded();
        var (low, high) = (0L, BitConverter.DoubleToInt64Bits(double.MaxValue));
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (Exactly(BitConverter.Int64BitsToDouble(middle)) <= this)
                low = middle;
            else
                high = middle - 1;
        }
        if (Exactly(double.MaxValue) <= this)
            return double.MaxValue; // no result lies beyond the largest score
        var (below, above) = (BitConverter.Int64BitsToDouble(low), BitConverter.Int64BitsToDouble(low + 1));
        var order = (this - Exactly(below)).CompareTo(Exactly(above) - this);
        return order < 0 || (order == 0 && low % 2 == 0) ? below : above;
    }

    public override string ToString() => $"{Numerator}/{Denominator}";
}
