using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace FunctionalMetrics.Statistics;

/// <summary>Student's t with any degrees of freedom above 0; with infinitely many it is the normal distribution.</summary>
internal static class Student
{
    /// <summary>The chance of a number below -|x|.</summary>
    public static double Tail(double x, double freedom) =>
        double.IsPositiveInfinity(freedom)
            ? SpecialFunctions.Erfc(Math.Abs(x) / Constants.Sqrt2) / 2
            : SpecialFunctions.BetaRegularized(freedom / 2, 0.5, freedom / (freedom + x * x)) / 2;

    /// <summary>How far from 0 a number is that stays within that distance at this level, in (0, 1).</summary>
    public static double Quantile(double level, double freedom)
    {
        if (double.IsPositiveInfinity(freedom))
            return Normal.InvCDF(0, 1, (1 + level) / 2);
        var (tail, low, high) = ((1 - level) / 2, 0.0, 1.0);
        while (Tail(high, freedom) > tail)
            (low, high) = (high, 2 * high);
        while (low + (high - low) / 2 is var middle && low < middle && middle < high)
            if (Tail(middle, freedom) > tail)
                low = middle;
            else
                high = middle;
        return high;
    }
}
