namespace FunctionalMetrics.Core;

/// <summary>
/// The registry of what encoded bytes hold. A number is given once and never to anything else, also when its family is no longer written.
/// </summary>
public enum StateFamily : ushort
{
    /// <summary>A <see cref="RankState"/>.</summary>
    Rank = 1,

    /// <summary>A <see cref="RegionState"/>.</summary>
    Region = 2,

    /// <summary>An <see cref="ExtremaState"/>.</summary>
    Extrema = 3,

    /// <summary>A <see cref="LogMomentState"/>.</summary>
    LogMoment = 4,

    /// <summary>A <see cref="BoundedRankState"/>.</summary>
    BoundedRank = 5,

    /// <summary>A <see cref="BoundedRegionState"/>.</summary>
    BoundedRegion = 6,

    /// <summary>An evaluation: an image state and perhaps a pixel state, as they stand together in a .fms file.</summary>
    Evaluation = 64,
}
