using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>How often each unit stands in a replicate: drawn, or one left out. Units are numbered, and each stratum has some of them.</summary>
/// <param name="Strata">The units of each stratum, ascending: the normal ones and the anomalous ones.</param>
/// <param name="Units">How many units there are.</param>
internal sealed record Resample(int[][] Strata, int Units)
{
    /// <summary>The number of its first stratum: those of another category are drawn apart.</summary>
    public int First { get; private init; }

    public static Resample Of(IReadOnlyList<bool> isAnomalous, int category = 0) =>
        new(
            [
                [.. Enumerable.Range(0, isAnomalous.Count).Where(unit => !isAnomalous[unit])],
                [.. Enumerable.Range(0, isAnomalous.Count).Where(unit => isAnomalous[unit])],
            ],
            isAnomalous.Count
        )
        {
            First = 2 * category,
        };

    /// <summary>Each unit once.</summary>
    public int[] Whole
    {
        get
        {
            var times = new int[Units];
            times.AsSpan().Fill(1);
            return times;
        }
    }

    /// <summary>Each unit but one once.</summary>
    public int[] Without(int unit)
    {
        var times = Whole;
        times[unit] = 0;
        return times;
    }

    /// <summary>As many units of each stratum as it has, drawn with replacement; of the seed and the number of the replicate alone.</summary>
    public int[] Drawn(ulong seed, int replicate)
    {
        var times = new int[Units];
        for (var stratum = 0; stratum < Strata.Length; stratum++)
        {
            var draws = new Draws(seed, (ulong)replicate, (ulong)(First + stratum));
            var units = Strata[stratum];
            for (var i = 0; i < units.Length; i++)
                times[units[draws.Below(units.Length)]]++;
        }
        return times;
    }
}
