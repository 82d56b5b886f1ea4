namespace FunctionalMetrics.Statistics;

/// <summary>
/// Holm's correction of several p of one family: below a level are then as many as may be said to be so together, and the chance that one of them is wrong is at most that level.
/// Formula: running maximum, over ascending p, of (m - rank) p, at most 1. Source: Holm, Scandinavian Journal of Statistics 6 (1979).
/// </summary>
public static class Holm
{
    /// <summary>The corrected p, in the order of the p.</summary>
    /// <param name="ps">Numbers in [0, 1].</param>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> ps)
    {
        var (adjusted, worst) = (new double[ps.Count], 0.0);
        foreach (var (i, rank) in Enumerable.Range(0, ps.Count).OrderBy(i => ps[i]).Select((i, rank) => (i, rank)))
            adjusted[i] = worst = Math.Max(worst, Math.Min(1, (ps.Count - rank) * ps[i]));
        return adjusted;
    }
}
