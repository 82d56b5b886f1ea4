using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Campaigns;

/// <summary>Random rows: none to 10^5, of few scores or many, ordinary ones and those at the ends of their format.</summary>
/// <param name="Scores">The scores, which float32 holds where the set is narrow.</param>
/// <param name="Labels">Whether each is anomalous.</param>
/// <param name="IsNarrow">Whether the scores are float32.</param>
internal sealed record RowSet(double[] Scores, bool[] Labels, bool IsNarrow)
{
    private const int Most = 100_000;

    /// <summary>Once in so many times a set has any length up to the most; else a few hundred rows show more in less time.</summary>
    private const int Long = 400;
    private const int Usual = 400;

    /// <summary>Whether there are rows of both classes.</summary>
    public bool HasBoth => Labels.Contains(true) && Labels.Contains(false);

    public static RowSet Any(Choices choices)
    {
        var count =
            choices.Once(Long) ? choices.Below(Most + 1)
            : choices.Once(4) ? choices.Below(8)
            : choices.Below(Usual);
        var (narrow, levels, shift) = (choices.Once(2), 1 + choices.Below(choices.Once(2) ? 5 : 1 << 20), choices.Below(Shifts));
        var (percent, shape) = (new[] { 0, 1, 10, 50, 90, 99, 100 }[choices.Below(7)], choices.Below(6));
        var (scores, labels) = (new double[count], new bool[count]);
        for (var i = 0; i < count; i++)
        {
            labels[i] = choices.Below(100) < percent;
            var score = Score(choices, shape, choices.Below(levels) + (labels[i] ? levels * shift / Shifts : 0));
            scores[i] = narrow ? (float)Math.Clamp(score, float.MinValue, float.MaxValue) : score;
        }
        return new(scores, labels, narrow);
    }

    private const int Shifts = 4;

    private static double Score(Choices choices, int shape, int level) =>
        shape switch
        {
            0 => level,
            1 => level / 1e6,
            2 => -level / 3.0,
            // neighbours
            3 => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(1) + level),
            // as small as there are, of both signs
            4 => (choices.Once(2) ? 1 : -1) * level * (choices.Once(2) ? double.Epsilon : float.Epsilon),
            _ => Ends[level % Ends.Length],
        };

    private static readonly double[] Ends =
    [
        double.MaxValue,
        double.MinValue,
        float.MaxValue,
        float.MinValue,
        double.Epsilon,
        -double.Epsilon,
        float.Epsilon,
        0.0,
        -0.0,
        double.BitDecrement(1),
        1,
        double.BitIncrement(1),
        1e300,
        -1e300,
        1L << 53,
        (1L << 53) + 2,
    ];
}
