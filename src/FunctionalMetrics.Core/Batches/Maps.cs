using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// A batch of N anomaly maps of H x W scores without masks, checked when made: all scores are finite. Immutable and safe to share between
/// threads.
/// </summary>
public sealed class Maps
{
    internal Maps(Chunk keys, MapShape shape) => (Keys, Shape) = (keys, shape);

    /// <summary>The shape (N, H, W).</summary>
    public MapShape Shape { get; }

    /// <summary>All N x H x W pixels as scores.</summary>
    public Scores Pixels => new(Keys);

    /// <summary>The same maps with the sign of every score changed, for detectors whose low scores are anomalous.</summary>
    public Maps Negated => new(Keys.Negated, Shape);

    internal Chunk Keys { get; }

    /// <summary>
    /// Checks and copies N x H x W scores. Fails with <see cref="Fault.NotFinite"/>, <see cref="Fault.NotOfShape"/> and
    /// <see cref="Fault.EmptyImages"/>, all that apply.
    /// </summary>
    public static Validation<Fault, Maps> Create(MapValues maps)
    {
        var finite = KeyKernels.Keys(maps.Scores, out var keys);
        var faults =
            Checks.Shape("maps", maps.Shape, maps.Scores.Count) + (finite ? default : Checks.NotFinite("maps", maps.Scores, maps.Shape));
        return faults.IsEmpty ? Success<Fault, Maps>(new(keys, maps.Shape)) : Fail<Fault, Maps>(faults);
    }

    /// <inheritdoc cref="Create(MapValues)"/>
    public static Validation<Fault, Maps> Create(ScoreValues maps, MapShape shape) => Create(new MapValues(maps, shape));
}
