using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>A format that scores come in, from the fewest bits to the most.</summary>
internal enum ScoreFormat
{
    Byte,
    UInt16,
    Half,
    Single,
    Double,
}

/// <summary>Scores in their formats: rounded to what a format holds, and given as an array of it.</summary>
internal static class ScoreFormats
{
    public static ScoreFormat Any(Choices choices) => (ScoreFormat)choices.Below(5);

    /// <summary>A format that holds every score of the given one, so that batches of one data set may differ.</summary>
    public static ScoreFormat Holding(ScoreFormat format, Choices choices) =>
        Enum.GetValues<ScoreFormat>().Where(other => Holds(other, format)).ToArray() is var holding
            ? holding[choices.Below(holding.Length)]
            : 0;

    /// <summary>A number of the format, as near to the score as matters here.</summary>
    public static double Round(this ScoreFormat format, double score) =>
        format switch
        {
            ScoreFormat.Byte => (byte)Math.Clamp(Math.Abs(score) * 100, 0, byte.MaxValue),
            ScoreFormat.UInt16 => (ushort)Math.Clamp(Math.Abs(score) * 20_000, 0, ushort.MaxValue),
            ScoreFormat.Half => (double)(Half)Math.Clamp(score, (double)Half.MinValue, (double)Half.MaxValue),
            ScoreFormat.Single => (float)Math.Clamp(score, float.MinValue, float.MaxValue),
            _ => score,
        };

    public static ScoreValues Values(this ScoreFormat format, double[] scores) =>
        format switch
        {
            ScoreFormat.Byte => Array.ConvertAll(scores, score => (byte)score),
            ScoreFormat.UInt16 => Array.ConvertAll(scores, score => (ushort)score),
            ScoreFormat.Half => Array.ConvertAll(scores, score => (Half)score),
            ScoreFormat.Single => Array.ConvertAll(scores, score => (float)score),
            _ => scores,
        };

    private static bool Holds(ScoreFormat other, ScoreFormat format) =>
        other >= format && (other, format) is not (ScoreFormat.Half, ScoreFormat.UInt16);
}
