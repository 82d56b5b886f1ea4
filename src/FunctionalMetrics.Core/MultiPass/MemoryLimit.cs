using LanguageExt.Common;
using static System.FormattableString;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>How much memory an evaluation in passes may take, whatever the amount of data.</summary>
/// <param name="Bytes">The limit.</param>
/// <param name="Beside">How much of it others take: the runtime and the reader.</param>
/// <param name="BesidePerRow">How much of it others take for each row (pixel) of the largest batch; twice that where scores are float64.</param>
public sealed record MemoryLimit(long Bytes, long Beside = 0, long BesidePerRow = 0)
{
    /// <summary>
    /// No limit: all anomalous scores are held at once, and two passes do. What is taken grows with the anomalous rows alone:
    /// some 50 bytes for each, and 12 more for each processor beyond the first, of which four at most are used.
    /// </summary>
    public static MemoryLimit None { get; } = new(long.MaxValue);

    /// <summary>Whether there is no limit.</summary>
    public bool IsNone => Bytes == None.Bytes;
}

/// <summary>A pass over all of the data, for those who show progress.</summary>
/// <param name="Number">Which one, from 1.</param>
/// <param name="Of">How many there are; 0 in a first one that finds that out.</param>
/// <param name="AnomalousOnly">Whether nothing is asked of normal rows in this pass, so that they may be left out.</param>
public readonly record struct Pass(int Number, int Of, bool AnomalousOnly = false);

/// <summary>A limit of memory is too small for the data.</summary>
/// <param name="Limit">The limit in bytes.</param>
/// <param name="Least">The least that would do, in bytes.</param>
public sealed record TooLittleMemory(long Limit, long Least)
    : Expected(
        Invariant(
            $"{Limit / 1e6:0.######} MB of memory is too little for this data; {(Least + 999_999) / 1_000_000} MB is the least that would do"
        ),
        0,
        None
    );

/// <summary>A pass read other data than the one before it.</summary>
public sealed record ChangedData()
    : Expected("the data is not what it was in the pass before; it must not change while it is evaluated", 0, None);
