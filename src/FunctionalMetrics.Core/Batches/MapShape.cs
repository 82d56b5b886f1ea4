namespace FunctionalMetrics.Core;

/// <summary>The shape (N, H, W) of a batch of maps or masks: N images of H rows and W columns, stored row by row.</summary>
/// <param name="Count">N, the number of images.</param>
/// <param name="Height">H, rows of an image.</param>
/// <param name="Width">W, columns of an image.</param>
public readonly record struct MapShape(int Count, int Height, int Width)
{
    /// <summary>How many pixels one image has: H x W.</summary>
    public long ImagePixels => (long)Height * Width;

    /// <summary>How many pixels there are in all: N x H x W.</summary>
    public Int128 Pixels => (Int128)Count * ImagePixels;

    /// <summary>The shape as it is written in numpy: (N, H, W).</summary>
    public override string ToString() => FormattableString.Invariant($"({Count}, {Height}, {Width})");

    internal string Place(long index) =>
        FormattableString.Invariant($"[{index / ImagePixels}, {index % ImagePixels / Width}, {index % Width}]");
}
