namespace FunctionalMetrics.Mutation;

/// <summary>A share with its interval.</summary>
internal static class Score
{
    private const double Normal = 1.959963984540054;

    /// <summary>A share of a sample, with Wilson's 95% interval.</summary>
    public static (double Share, double Lower, double Upper) Of(int part, int whole)
    {
        if (whole == 0)
            return (1, 0, 1);
        var (share, square) = ((double)part / whole, Normal * Normal);
        var middle = (share + square / (2 * whole)) / (1 + square / whole);
        var half = Normal / (1 + square / whole) * Math.Sqrt(share * (1 - share) / whole + square / (4.0 * whole * whole));
        return (share, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
