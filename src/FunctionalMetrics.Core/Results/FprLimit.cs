using FunctionalMetrics.Core.Numerics;
using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>The ranges that limits and rates must lie in.</summary>
internal static class FprLimit
{
    public static Fin<double> Check(double limit) => limit is > 0 and <= 1 ? limit : new OutOfRange("the FPR limit", limit, "(0, 1]");

    /// <summary>A rate that is compared with counts: the decimal that it is written as.</summary>
    public static Fin<Fraction> Decimal(string name, double rate) => CheckRate(name, rate).Map(Fraction.OfDecimal);

    public static Fin<double> CheckRate(string name, double rate) => rate is >= 0 and <= 1 ? rate : new OutOfRange(name, rate, "[0, 1]");
}
