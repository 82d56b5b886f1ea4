using System.Numerics.Tensors;
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>The lengths of a tensor, read as rows or as images.</summary>
internal readonly record struct TensorShape(int[] Lengths)
{
    private const string RowsShape = "(n)";
    private const string ImagesShape = "(H, W), (N, H, W) or (N, 1, H, W)";

    /// <summary>The lengths of a tensor.</summary>
    public static TensorShape Of<T>(in ReadOnlyTensorSpan<T> tensor) =>
        new(Array.ConvertAll(tensor.Lengths.ToArray(), length => checked((int)length)));

    /// <summary>Whether it has one dimension.</summary>
    public bool IsRows => Lengths.Length == 1;

    /// <summary>One image, N of them, or N with one channel; null where it is neither.</summary>
    public MapShape? Images =>
        Lengths switch
        {
            [var height, var width] => new MapShape(1, height, width),
            [var count, var height, var width] => new MapShape(count, height, width),
            [var count, 1, var height, var width] => new MapShape(count, height, width),
            _ => null,
        };

    /// <summary>What is wrong with a tensor that should have been rows.</summary>
    public Fault NotRows(string field) => new Fault.WrongRank(field, Lengths.Length, RowsShape);

    /// <summary>What is wrong with a tensor that should have been images.</summary>
    public Fault NotImages(string field) => new Fault.WrongRank(field, Lengths.Length, ImagesShape);
}

/// <summary>The values of a tensor, row by row.</summary>
internal static class Flat
{
    /// <summary>A copy of the values; they need not lie one after the other.</summary>
    public static ReadOnlySpan<T> Of<T>(scoped in ReadOnlyTensorSpan<T> tensor)
    {
        var values = new T[checked((int)tensor.FlattenedLength)];
        tensor.FlattenTo(values);
        return values;
    }
}
