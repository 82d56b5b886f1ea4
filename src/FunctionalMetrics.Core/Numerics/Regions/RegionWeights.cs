namespace FunctionalMetrics.Core.Numerics;

/// <summary>What the pixels of regions weigh, so that every region weighs the same.</summary>
internal static class RegionWeights
{
    private const int Bits = 88;

    /// <summary>A pixel of a region of so many: floor(2^88 / size).</summary>
    public static UInt128 Of(long size) => (UInt128.One << Bits) / (ulong)size;
}
