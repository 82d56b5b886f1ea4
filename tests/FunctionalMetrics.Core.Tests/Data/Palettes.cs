using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalMetrics.Core.Tests;

/// <summary>What scores are drawn from: few values, neighbours, extremes, either width.</summary>
internal static class Palettes
{
    private static readonly double[] Extremes =
    [
        0.0,
        -0.0,
        double.Epsilon,
        -double.Epsilon,
        2.2250738585072014e-308,
        2.225073858507201e-308,
        1e-310,
        float.Epsilon,
        -float.Epsilon,
        1.17549435e-38f,
        1e-40f,
        float.MaxValue,
        float.MinValue,
        Math.BitIncrement((double)float.MaxValue),
        double.MaxValue,
        double.MinValue,
        1e300,
        -1e300,
        1e-300,
        1,
        0.1,
        0.1f,
    ];

    public static Gen<Gen<double>> Any() =>
        Gen.OneOf(
            Gen.Constant(Gen.Elements(0.0, -0.0, 0.25, 0.5, 1.0)),
            Gen.Constant(Gen.Elements(0.1, 0.1f, 0.5, 7.0, 1e-300, 1e30)),
            Gen.Constant(Gen.Elements(Extremes)),
            Gen.Constant(Uniform()),
            Gen.Constant(Uniform().Select(score => (double)(float)score)),
            Gen.Constant(Uniform().Select(score => 1e-3 + score)),
            Gen.Constant(Gen.Choose(-6, 6).Select(k => Neighbour(0.1, k))),
            Gen.Constant(Gen.Choose(-6, 6).Select(k => (double)NarrowNeighbour(0.1f, k))),
            Gen.Constant(Gen.Choose(-300, 300).Select(k => double.Parse($"1e{k}", CultureInfo.InvariantCulture))),
            Gen.Constant(Gen.Choose(-8, 8).Select(k => k * double.Epsilon)),
            Gen.Constant(Gen.Choose(-8, 8).Select(k => (double)(k * float.Epsilon))),
            Gen.Elements(Extremes).Select(score => Gen.Constant(score)),
            Gen.Constant(Gen.OneOf(Gen.Elements(Extremes), Uniform(), Gen.Elements(0.25, 0.5)))
        );

    private static Gen<double> Uniform() =>
        from high in Gen.Choose(0, (1 << 26) - 1)
        from low in Gen.Choose(0, (1 << 26) - 1)
        select (high + low / (double)(1 << 26)) / (1 << 26);

    private static double Neighbour(double score, int steps) =>
        BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(score) + steps);

    private static float NarrowNeighbour(float score, int steps) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(score) + steps);
}
