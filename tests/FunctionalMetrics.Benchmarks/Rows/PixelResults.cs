using FunctionalMetrics.Core;

namespace FunctionalMetrics.Benchmarks;

/// <summary>What is computed at pixel level: every metric of rows, and AUPRO.</summary>
internal readonly record struct PixelResults(
    double Auroc,
    double Aupr,
    double AveragePrecision,
    double OptimalF1,
    double AdaptiveThreshold,
    double Aupro
)
{
    public static PixelResults Of(RegionState state) =>
        new(
            Core.Auroc.Metric.Pixels().Compute(state).ThrowIfFail().Area,
            Core.Aupr.Metric.Pixels().Compute(state).ThrowIfFail().Area,
            Core.AveragePrecision.Metric.Pixels().Compute(state).ThrowIfFail().Value,
            Core.OptimalF1.Metric.Pixels().Compute(state).ThrowIfFail().F1,
            Core.AdaptiveThreshold.Metric.Pixels().Compute(state).ThrowIfFail().Threshold,
            Core.Aupro.Metric.Compute(state).ThrowIfFail().Area
        );

    /// <summary>Throws unless both are the same to the last bit.</summary>
    public void MustBe(PixelResults other, string what)
    {
        if (this != other)
            throw new InvalidOperationException($"{what}: {this} and {other}");
    }

    /// <summary>Compiles everything on a little data, so that the compiler's time and memory are not counted.</summary>
    public static void Warm()
    {
        var stack = Workload.Make(8, 1, side: 64);
        for (var i = 0; i < 40; i++)
            Of(stack.Shared());
        Timing.Settle();
    }
}
