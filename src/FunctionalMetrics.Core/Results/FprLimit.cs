using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>The ranges that limits and rates must lie in.</summary>
internal static class FprLimit
{
    public static Fin<double> Check(double limit) => limit is > 0 and <= 1 ? limit : new OutOfRange("the FPR limit", limit, "(0, 1]");

    public static Fin<double> CheckRate(string name, double rate) => rate is >= 0 and <= 1 ? rate : new OutOfRange(name, rate, "[0, 1]");
}
