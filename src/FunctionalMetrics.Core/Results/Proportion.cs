using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// A share k of n that was seen, and where the true one lies in 95 of 100 such samples of independent rows: Wilson's score interval. Pixels of one image are not independent.
/// Compared by value; immutable.
/// </summary>
/// <param name="Part">k, from 0 to n.</param>
/// <param name="Whole">n.</param>
public readonly record struct Proportion(long Part, long Whole)
{
    /// <summary>The normal quantile of 0.975.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>k / n, in [0, 1]. Undefined of nothing.</summary>
    public Fin<double> Share => Whole > 0 ? Numerics.Ratio.Round(Part, Whole) : new Undefined("proportion", Missing.Row, 0);

    /// <summary>
    /// The 95% interval: (p + z^2/2n -+ z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n); its lower end is 0 for k = 0, its upper end 1 for k = n. Undefined of nothing.
    /// </summary>
    public Fin<(double Lower, double Upper)> Wilson
    {
        get
        {
            if (Whole <= 0)
                return new Undefined("proportion", Missing.Row, 0);
            var (p, n) = ((double)Part / Whole, (double)Whole);
            var scale = 1 + Z * Z / n;
            var middle = (p + Z * Z / (2 * n)) / scale;
            var half = Z / scale * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
            return (Part == 0 ? 0 : middle - half, Part == Whole ? 1 : middle + half);
        }
    }
}
