using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Where scores lie, in ways that cells, keys and sorts like least: the score of row i, by the name of the shape.</summary>
internal static class ScoreShapes
{
    public static IReadOnlyDictionary<string, Func<int, Choices, double>> All { get; } =
        new Dictionary<string, Func<int, Choices, double>>
        {
            ["uniform"] = (_, choices) => choices.Below(1 << 30) / (double)(1 << 30),
            ["few values"] = (_, choices) => choices.Below(5),
            ["one value"] = (_, _) => 0.25,
            ["zeros of both signs"] = (_, choices) => choices.Once(2) ? -0.0 : 0.0,
            ["exponential spacing, 1e-300 to 1e300"] = (_, choices) =>
                Math.ScaleB(1 + choices.Below(1000) / 1000.0, choices.Below(1990) - 995),
            ["exponential spacing in float32"] = (_, choices) => Math.ScaleB(1 + choices.Below(1000) / 1024.0, choices.Below(240) - 120),
            ["exponential spacing of both signs"] = (_, choices) => (choices.Once(2) ? -1 : 1) * Math.ScaleB(1, choices.Below(2000) - 1000),
            ["two clusters"] = (_, choices) => (choices.Once(2) ? 0.1 : 0.9) + choices.Below(10_000) * 1e-9,
            ["two clusters of neighbours"] = (_, choices) => Neighbour(choices.Once(2) ? -1e30f : 1e30f, choices.Below(2000)),
            ["clustered at both ends of float32"] = (_, choices) =>
                Neighbour(choices.Once(2) ? float.MinValue : float.MaxValue, -choices.Below(2000)),
            ["clustered at both ends of float64"] = (_, choices) =>
                BitConverter.Int64BitsToDouble(
                    BitConverter.DoubleToInt64Bits(choices.Once(2) ? double.MinValue : double.MaxValue) - choices.Below(2000)
                ),
            ["neighbours of one number"] = (_, choices) => Neighbour(0.7f, choices.Below(3000)),
            ["one far from all others"] = (i, choices) => i == 0 ? 1e30 : choices.Below(100_000) / 100_000.0,
            ["subnormals"] = (_, choices) => (choices.Below(5000) - 2500) * double.Epsilon,
            ["subnormals of float32"] = (_, choices) => (double)((choices.Below(5000) - 2500) * float.Epsilon),
            ["around zero"] = (_, choices) => (choices.Below(2001) - 1000) / 1000.0,
            ["ascending"] = (i, _) => i / 1024.0,
            ["descending"] = (i, _) => -i / 1024.0,
        };

    /// <summary>The name of any of them.</summary>
    public static string Any(Choices choices) => All.Keys.ElementAt(choices.Below(All.Count));

    private static double Neighbour(float score, int steps) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(score) + steps);
}
