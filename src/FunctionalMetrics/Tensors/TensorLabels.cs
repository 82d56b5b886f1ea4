using System.Numerics.Tensors;
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>
/// Labels as a caller has them in a tensor of the shape of the scores: a view of booleans (true = anomalous) or of bytes that must be 0 or 1
/// (1 = anomalous), in masks also 0 and 255, made by implicit conversion. It is read once, while a batch is made from it.
/// </summary>
public readonly ref struct TensorLabels
{
    private TensorLabels(LabelValues values, TensorShape shape)
    {
        Values = values;
        Shape = shape;
    }

    internal LabelValues Values { get; }

    internal TensorShape Shape { get; }

    /// <summary>A view of boolean labels.</summary>
    public static implicit operator TensorLabels(ReadOnlyTensorSpan<bool> labels) => new(Flat.Of(labels), TensorShape.Of(labels));

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator TensorLabels(ReadOnlyTensorSpan<byte> labels) => new(Flat.Of(labels), TensorShape.Of(labels));

    /// <summary>A view of boolean labels.</summary>
    public static implicit operator TensorLabels(Tensor<bool> labels) => labels.AsReadOnlyTensorSpan();

    /// <summary>A view of labels 0 and 1.</summary>
    public static implicit operator TensorLabels(Tensor<byte> labels) => labels.AsReadOnlyTensorSpan();
}
