namespace FunctionalMetrics.Core;

/// <summary>
/// How much of a defect must be found until it counts as found in whole, as <c>defects_config.json</c> of MVTec LOCO says it. Compared by value.
/// </summary>
public readonly record struct SaturationThreshold
{
    private SaturationThreshold(double value, bool isRelative) => (Value, IsRelative) = (value, isRelative);

    /// <summary>A number of pixels, or a share of the defect's area.</summary>
    public double Value { get; }

    /// <summary>Whether it is a share.</summary>
    public bool IsRelative { get; }

    /// <summary>All of the defect, as in AUPRO.</summary>
    public static SaturationThreshold All => Share(1);

    /// <summary>So many pixels, or the whole defect where it has fewer.</summary>
    /// <param name="count">How many, 1 or more.</param>
    public static SaturationThreshold Pixels(long count) => new(count, false);

    /// <summary>A share of the defect's area; of pixels, whole ones count: 0.29 of 100 is 28, since the product in float64 lies below 29.</summary>
    /// <param name="share">The share, above 0 and at most 1.</param>
    public static SaturationThreshold Share(double share) => new(share, true);

    /// <summary>The saturation area of a defect: min(threshold, area), or the product threshold x area in float64 without what follows its point.</summary>
    /// <param name="area">How many pixels the defect covers.</param>
    public double AreaOf(long area) => IsRelative ? Math.Truncate(Value * area) : Math.Min(Value, area);

    /// <summary>As it would be said: <c>5 pixels</c>, or <c>0.5 of the area</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Value} {(IsRelative ? "of the area" : "pixels")}");
}
