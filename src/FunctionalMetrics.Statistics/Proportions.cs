using FunctionalMetrics.Core;
using LanguageExt;
using MathNet.Numerics.Distributions;

namespace FunctionalMetrics.Statistics;

/// <summary>Exact intervals of shares.</summary>
public static class Proportions
{
    /// <summary>
    /// Clopper and Pearson's interval of a share k of n independent rows or images: the shares under which neither k or more nor k or less is rarer than (1 - level) / 2.
    /// Lower end: that quantile of Beta(k, n - k + 1), 0 for k = 0; upper end: that of Beta(k + 1, n - k), 1 for k = n. It holds the true share at least as often as it says.
    /// Source: Clopper and Pearson, The use of confidence or fiducial limits illustrated in the case of the binomial, Biometrika 26 (1934).
    /// </summary>
    /// <param name="share">k of n; undefined for n = 0.</param>
    /// <param name="level">How often the interval is to hold the true share, in (0, 1).</param>
    public static Fin<Interval> ClopperPearson(this Proportion share, double level = 0.95)
    {
        if (!(level > 0 && level < 1))
            return new OutOfRange("the level of an interval", level, "(0, 1)");
        if (share.Whole <= 0)
            return new Undefined("proportion", Missing.Row, 0);
        var (k, n, tail) = (share.Part, share.Whole, (1 - level) / 2);
        return new Interval(k == 0 ? 0 : Beta.InvCDF(k, n - k + 1, tail), k == n ? 1 : Beta.InvCDF(k + 1, n - k, 1 - tail));
    }
}
