using System.Diagnostics.Contracts;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// Exact sums of the logarithms of scores and of their squares: over image scores, and over maps for each pixel position, kept apart for
/// each map shape. A commutative monoid under <see cref="Merge"/>.
/// <para>
/// Equality is that of all counts and sums. <see cref="Empty"/> is the identity and the state before any score. Immutable and safe to share
/// between threads.
/// </para>
/// </summary>
public sealed record LogMomentState
{
    internal LogMomentState(LogSums scores, Map<(int Height, int Width), PositionLogSums> maps) => (Scores, Maps) = (scores, maps);

    /// <summary>The sums over image scores.</summary>
    public LogSums Scores { get; }

    /// <summary>The sums over maps, by height and width.</summary>
    public Map<(int Height, int Width), PositionLogSums> Maps { get; }

    /// <summary>No scores and no maps seen.</summary>
    public static LogMomentState Empty { get; } = new(LogSums.Empty, default);

    /// <summary>The states as bytes; <see cref="LogMomentCodec"/> draws the payload.</summary>
    public static StateCodec<LogMomentState> Codec { get; } = new(4, "LogMoment", LogMomentCodec.Write, LogMomentCodec.Read);

    /// <summary>The kind of state, of image scores.</summary>
    public static State<Scores, LogMomentState> OfScores { get; } = new(Empty, Of, Merge, Codec);

    /// <summary>The same kind of maps, of which each pixel position counts by itself.</summary>
    public static State<Maps, LogMomentState> OfMaps { get; } = new(Empty, Of, Merge, Codec);

    /// <summary>The state of one batch of image scores.</summary>
    public static LogMomentState Of(Scores batch) => new(batch.Chunks.Select(LogSums.Of).Fold(LogSums.Empty, LogSums.Merge), default);

    /// <summary>The state of one batch of maps.</summary>
    public static LogMomentState Of(Maps batch) =>
        batch.Shape.Count == 0
            ? Empty
            : new(LogSums.Empty, Map(((batch.Shape.Height, batch.Shape.Width), PositionLogSums.Of(batch.Keys, batch.Shape))));

    /// <summary>The state of all scores and maps of both.</summary>
    [Pure]
    public static LogMomentState Merge(LogMomentState left, LogMomentState right) =>
        new(
            LogSums.Merge(left.Scores, right.Scores),
            right.Maps.Fold(left.Maps, (maps, shape, sums) => maps.AddOrUpdate(shape, known => PositionLogSums.Merge(known, sums), sums))
        );
}
