using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>What a number needs to have a value.</summary>
internal enum Needs
{
    /// <summary>An anomalous row.</summary>
    AnomalousRow,

    /// <summary>An anomalous row and a normal one.</summary>
    BothClasses,

    /// <summary>A region and a normal pixel.</summary>
    Regions,
}

/// <summary>Says why a number has no value.</summary>
internal static class Refusals
{
    /// <summary>The first of what it needs that is missing.</summary>
    public static Option<MetricError> Refusal(this Needs needs, string metric, long positives, long negatives, long regions = 0)
    {
        var rows = positives + negatives;
        return needs == Needs.Regions
            ? regions == 0
                ? Missing(Core.Missing.Region)
                : negatives == 0
                    ? Missing(Core.Missing.NormalPixel)
                    : None
            : positives == 0
                ? Missing(Core.Missing.AnomalousRow)
                : needs == Needs.BothClasses && negatives == 0
                    ? Missing(Core.Missing.NormalRow)
                    : None;

        Option<MetricError> Missing(Missing missing) => new Undefined(metric, missing, rows);
    }

    /// <summary>A result, where nothing speaks against it.</summary>
    public static Fin<T> Or<T>(this Option<MetricError> refusal, Func<T> result) => refusal.Match(FinFail<T>, () => result());
}
