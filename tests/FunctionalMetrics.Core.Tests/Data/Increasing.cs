using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Transforms that are strictly increasing on a sample's scores: each distinct score, by its rank, becomes another.</summary>
internal sealed class Increasing
{
    private readonly Dictionary<double, double> images;

    private Increasing(Dictionary<double, double> images) => this.images = images;

    public double Apply(double score) => images[score];

    /// <summary>Onto subnormals, neighbours, whole numbers, or powers far apart; in float32 or float64.</summary>
    public static Increasing On(Sample sample, Choices choices)
    {
        double[] distinct = [.. sample.Scores.Distinct().Order()];
        var from = distinct.Length / 2;
        Func<int, double>[] kinds =
        [
            rank => (rank - from) * double.Epsilon,
            rank => (rank - from) * float.Epsilon,
            rank => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(0.7) + rank),
            rank => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(0.7f) + rank),
            rank => rank - from,
            rank => Math.ScaleB(1, rank - from),
            rank =>
                rank == distinct.Length - 1 ? double.MaxValue
                : rank == 0 ? double.MinValue
                : rank,
        ];
        var kind = kinds[choices.Below(kinds.Length)];
        return new(distinct.Select((score, rank) => (score, image: kind(rank))).ToDictionary(pair => pair.score, pair => pair.image));
    }
}
