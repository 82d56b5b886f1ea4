using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Cli;

/// <summary>What the user chose of the metrics' parameters. Thresholds are in the user's own scores.</summary>
internal sealed record Settings(double FprLimit, double DefaultThreshold, bool LowerIsAnomalous)
{
    /// <summary>From scores as they are ranked (high is anomalous) to the user's own, and back.</summary>
    public double Own(double ranked) => LowerIsAnomalous ? 0 - ranked : ranked;

    /// <summary>The same of a range.</summary>
    public Fin<MinMaxResult> Own(Fin<MinMaxResult> ranked) =>
        LowerIsAnomalous ? ranked.Map(turned => new MinMaxResult(Own(turned.Max), Own(turned.Min))) : ranked;

    /// <summary>The same of an interval.</summary>
    public Interval Own(Interval ranked) => LowerIsAnomalous ? new(Own(ranked.Upper), Own(ranked.Lower)) : ranked;
}
