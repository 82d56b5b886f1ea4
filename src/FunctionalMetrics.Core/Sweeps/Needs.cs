using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>What a number needs to have a value.</summary>
internal enum Needs
{
    /// <summary>A row of either class.</summary>
    Row,

    /// <summary>A normal row.</summary>
    NormalRow,

    /// <summary>An anomalous row.</summary>
    AnomalousRow,

    /// <summary>An anomalous row and a normal one.</summary>
    BothClasses,

    /// <summary>A region and a normal pixel.</summary>
    Regions,

    /// <summary>A defect and a pixel outside all of them.</summary>
    Defects,
}

/// <summary>Says why a number has no value.</summary>
internal static class Refusals
{
    /// <summary>The first of what it needs that is missing.</summary>
    public static Option<MetricError> Refusal(this Needs needs, string metric, long positives, long negatives, long regions = 0)
    {
        var rows = positives + negatives;
        return needs switch
        {
            Needs.Regions when regions == 0 => Missing(Core.Missing.Region),
            Needs.Defects when regions == 0 => Missing(Core.Missing.Defect),
            Needs.Regions or Needs.Defects when negatives == 0 => Missing(Core.Missing.NormalPixel),
            Needs.Row when rows == 0 => Missing(Core.Missing.Row),
            Needs.AnomalousRow or Needs.BothClasses when positives == 0 => Missing(Core.Missing.AnomalousRow),
            Needs.NormalRow or Needs.BothClasses when negatives == 0 => Missing(Core.Missing.NormalRow),
            _ => None,
        };

        Option<MetricError> Missing(Missing missing) => new Undefined(metric, missing, rows);
    }

    /// <summary>The first of two reasons; the second is looked for only where there is no first one.</summary>
    public static Option<MetricError> Else(this Option<MetricError> refusal, Func<Option<MetricError>> second) =>
        refusal.Match(Some, second);

    /// <summary>A result, where nothing speaks against it.</summary>
    public static Fin<T> Or<T>(this Option<MetricError> refusal, Func<T> result) => refusal.Match(FinFail<T>, () => result());
}
