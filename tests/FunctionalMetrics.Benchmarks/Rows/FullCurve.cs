using FunctionalMetrics.Core;

namespace FunctionalMetrics.Benchmarks;

/// <summary>Every point of the ROC curve, one for each distinct score, from a state that nothing was computed of before.</summary>
internal static class FullCurve
{
    public static IEnumerable<Line> Measure(Inputs inputs)
    {
        var small = inputs.Small;
        var points = Counts(small.State());
        yield return new(
            $"full ROC curve as keys and integer counts, {WholeRuns.Millions(small.Pixels)}, one thread",
            "15",
            "8",
            Timing.Of(small.Pixels, () => small.State(), state => Counts(state)),
            "ns/pixel"
        )
        {
            Peers = PythonPeers.Of(inputs.Maps, inputs.Masks, "curve", small.Pixels),
            Note = FormattableString.Invariant(
                $"{points:N0} points; as rates in float64 {Timing.Of(small.Pixels, () => small.State(), Rates, 5)}"
            ),
        };
    }

    private static int Counts(RegionState state) => state.Rank.Points.Count;

    private static void Rates(RegionState state) => GC.KeepAlive(Auroc.Metric.Pixels().Compute(state).ThrowIfFail().Points);
}
