using System.Numerics.Tensors;
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>
/// Scores as a caller has them in a tensor: a view of float32, float64, Half, byte or ushort values, made by implicit conversion. Rows have the
/// shape (n), maps (H, W), (N, H, W) or (N, 1, H, W). It is read once, while a batch is made from it; the batch keeps a copy.
/// </summary>
public readonly ref struct TensorScores
{
    private TensorScores(ScoreValues values, TensorShape shape)
    {
        Values = values;
        Shape = shape;
    }

    internal ScoreValues Values { get; }

    internal TensorShape Shape { get; }

    /// <summary>A view of float32 scores.</summary>
    public static implicit operator TensorScores(ReadOnlyTensorSpan<float> scores) => new(Flat.Of(scores), TensorShape.Of(scores));

    /// <summary>A view of float64 scores.</summary>
    public static implicit operator TensorScores(ReadOnlyTensorSpan<double> scores) => new(Flat.Of(scores), TensorShape.Of(scores));

    /// <summary>A view of half-precision scores.</summary>
    public static implicit operator TensorScores(ReadOnlyTensorSpan<Half> scores) => new(Flat.Of(scores), TensorShape.Of(scores));

    /// <summary>A view of 8-bit scores.</summary>
    public static implicit operator TensorScores(ReadOnlyTensorSpan<byte> scores) => new(Flat.Of(scores), TensorShape.Of(scores));

    /// <summary>A view of 16-bit scores.</summary>
    public static implicit operator TensorScores(ReadOnlyTensorSpan<ushort> scores) => new(Flat.Of(scores), TensorShape.Of(scores));

    /// <summary>A view of float32 scores.</summary>
    public static implicit operator TensorScores(Tensor<float> scores) => scores.AsReadOnlyTensorSpan();

    /// <summary>A view of float64 scores.</summary>
    public static implicit operator TensorScores(Tensor<double> scores) => scores.AsReadOnlyTensorSpan();

    /// <summary>A view of half-precision scores.</summary>
    public static implicit operator TensorScores(Tensor<Half> scores) => scores.AsReadOnlyTensorSpan();

    /// <summary>A view of 8-bit scores.</summary>
    public static implicit operator TensorScores(Tensor<byte> scores) => scores.AsReadOnlyTensorSpan();

    /// <summary>A view of 16-bit scores.</summary>
    public static implicit operator TensorScores(Tensor<ushort> scores) => scores.AsReadOnlyTensorSpan();
}
