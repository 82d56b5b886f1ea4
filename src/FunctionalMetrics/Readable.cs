using System.Globalization;

namespace FunctionalMetrics;

/// <summary>Numbers as people read them, the same everywhere in the world; the exact ones stand beside them where there is room.</summary>
internal static class Readable
{
    /// <summary>A number in [0, 1] with four decimals: more near 0, and never rounded up to a perfect 1.</summary>
    public static string Rate(double value) =>
        value is > 0 and < 0.001 ? value.ToString("G4", CultureInfo.InvariantCulture)
        : value is < 1 and >= 0.999999 ? "> 0.999999"
        : value is < 1 and >= 0.9999 ? (Math.Floor(value * 1e6) / 1e6).ToString("F6", CultureInfo.InvariantCulture)
        : value.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>A score or a threshold, in its own units: six digits.</summary>
    public static string Score(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>How many, in groups of three digits.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>The text that reads back as the same double.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
