namespace FunctionalMetrics.Cli;

/// <summary>What the user chose of the metrics' parameters. Thresholds are in the user's own scores.</summary>
internal sealed record Settings(double FprLimit, double DefaultThreshold, bool LowerIsAnomalous)
{
    /// <summary>From scores as they are ranked (high is anomalous) to the user's own, and back.</summary>
    public double Own(double ranked) => LowerIsAnomalous ? 0 - ranked : ranked;
}
