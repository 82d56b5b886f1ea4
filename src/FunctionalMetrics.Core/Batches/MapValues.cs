using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FunctionalMetrics.Core;

/// <summary>Maps as a caller has them: scores with the shape (N, H, W), from a flat view and its shape or from a rectangular array.</summary>
/// <param name="scores">N x H x W scores, image by image, row by row.</param>
/// <param name="shape">The shape the scores have.</param>
public readonly ref struct MapValues(ScoreValues scores, MapShape shape)
{
    internal ScoreValues Scores { get; } = scores;

    internal MapShape Shape { get; } = shape;

    /// <summary>A view of float32 maps of shape (N, H, W).</summary>
    public static implicit operator MapValues(float[,,] maps) => new(Flat<float>(maps), ShapeOf(maps));

    /// <summary>A view of float64 maps of shape (N, H, W).</summary>
    public static implicit operator MapValues(double[,,] maps) => new(Flat<double>(maps), ShapeOf(maps));

    /// <summary>A view of one float32 map of shape (H, W).</summary>
    public static implicit operator MapValues(float[,] map) => new(Flat<float>(map), ShapeOf(map));

    /// <summary>A view of one float64 map of shape (H, W).</summary>
    public static implicit operator MapValues(double[,] map) => new(Flat<double>(map), ShapeOf(map));

    /// <summary>Of one image or of several.</summary>
    internal static MapShape ShapeOf(Array values) =>
        new(values.Rank == 2 ? 1 : values.GetLength(0), values.GetLength(values.Rank - 2), values.GetLength(values.Rank - 1));

    internal static ReadOnlySpan<T> Flat<T>(Array values) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
}

/// <summary>
/// Masks as a caller has them: labels with the shape (N, H, W), from a flat view and its shape or from a rectangular array. Booleans, or numbers
/// of one convention: 0 and 1, or 0 and 255.
/// </summary>
/// <param name="labels">N x H x W labels, image by image, row by row.</param>
/// <param name="shape">The shape the labels have.</param>
public readonly ref struct MaskValues(LabelValues labels, MapShape shape)
{
    internal LabelValues Labels { get; } = labels;

    internal MapShape Shape { get; } = shape;

    /// <summary>A view of boolean masks of shape (N, H, W); true is anomalous.</summary>
    public static implicit operator MaskValues(bool[,,] masks) => new(MapValues.Flat<bool>(masks), MapValues.ShapeOf(masks));

    /// <summary>A view of masks of shape (N, H, W) that hold 0 and 1, or 0 and 255; what is not 0 is anomalous.</summary>
    public static implicit operator MaskValues(byte[,,] masks) => new(MapValues.Flat<byte>(masks), MapValues.ShapeOf(masks));

    /// <summary>A view of one boolean mask of shape (H, W); true is anomalous.</summary>
    public static implicit operator MaskValues(bool[,] mask) => new(MapValues.Flat<bool>(mask), MapValues.ShapeOf(mask));

    /// <summary>A view of one mask of shape (H, W) that holds 0 and 1, or 0 and 255; what is not 0 is anomalous.</summary>
    public static implicit operator MaskValues(byte[,] mask) => new(MapValues.Flat<byte>(mask), MapValues.ShapeOf(mask));
}
