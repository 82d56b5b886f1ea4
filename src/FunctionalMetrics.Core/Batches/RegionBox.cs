namespace FunctionalMetrics.Core;

/// <summary>The smallest rectangle of pixels around a region; rows and columns count from 0. Compared by value, ordered by its numbers in their order.</summary>
/// <param name="Top">The first row.</param>
/// <param name="Left">The first column.</param>
/// <param name="Bottom">The row after the last.</param>
/// <param name="Right">The column after the last.</param>
public readonly record struct RegionBox(int Top, int Left, int Bottom, int Right) : IComparable<RegionBox>
{
    /// <summary>How many rows it spans.</summary>
    public int Height => Bottom - Top;

    /// <summary>How many columns it spans.</summary>
    public int Width => Right - Left;

    /// <inheritdoc/>
    public int CompareTo(RegionBox other) => (Top, Left, Bottom, Right).CompareTo((other.Top, other.Left, other.Bottom, other.Right));

    /// <inheritdoc/>
    public static bool operator <(RegionBox left, RegionBox right) => left.CompareTo(right) < 0;

    /// <inheritdoc/>
    public static bool operator >(RegionBox left, RegionBox right) => left.CompareTo(right) > 0;

    /// <inheritdoc/>
    public static bool operator <=(RegionBox left, RegionBox right) => left.CompareTo(right) <= 0;

    /// <inheritdoc/>
    public static bool operator >=(RegionBox left, RegionBox right) => left.CompareTo(right) >= 0;
}
