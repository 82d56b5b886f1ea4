using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>Rows of any kind as one batch, so that a fault tells the position of its row.</summary>
internal static class Rows
{
    public static Scores Read<T>(IEnumerable<T> rows, Func<T, double> score) => Scores.Create(rows.Select(score).ToArray()).OrThrow();

    public static ScoreBatch Read<T>(IEnumerable<T> rows, Func<T, double> score, Func<T, bool> isAnomaly)
    {
        var read = rows.Select(row => (Score: score(row), IsAnomaly: isAnomaly(row))).ToList();
        return ScoreBatch.Create(read.Select(row => row.Score).ToArray(), read.Select(row => row.IsAnomaly).ToArray()).OrThrow();
    }

    public static ScoreBatch Read<TScore, TLabel>(IEnumerable<TScore> scores, IEnumerable<TLabel> labels) =>
        ScoreBatch.Create(ScoresOf(scores), LabelsOf(labels)).OrThrow();

    // The type of the elements is asked for, not that of the list: to the runtime an array of Int16 is a list of UInt16 too.
    private static ScoreValues ScoresOf<T>(IEnumerable<T> scores) =>
        typeof(T) == typeof(double) ? Values<double>(scores)
        : typeof(T) == typeof(float) ? Values<float>(scores)
        : typeof(T) == typeof(Half) ? Values<Half>(scores)
        : typeof(T) == typeof(ushort) ? Values<ushort>(scores)
        : typeof(T) == typeof(byte) ? Values<byte>(scores)
        : throw new ArgumentException(
            $"scores of {typeof(T).Name} are not taken, those of Single, Double, Half, Byte and UInt16 are; "
                + "convert them, as by scores.Select(score => (double)score)",
            nameof(scores)
        );

    private static LabelValues LabelsOf<T>(IEnumerable<T> labels) =>
        typeof(T) == typeof(bool) ? Values<bool>(labels)
        : typeof(T) == typeof(byte) ? Values<byte>(labels)
        : typeof(T) == typeof(int) ? Values<int>(labels)
        : throw new ArgumentException(
            $"labels of {typeof(T).Name} are not taken, those of Boolean, Byte and Int32 are; "
                + "convert them, as by labels.Select(label => label > 0)",
            nameof(labels)
        );

    private static T[] Values<T>(object values) => ((IEnumerable<T>)values).ToArray();

    public static async Task<Scores> ReadAsync<T>(IAsyncEnumerable<T> rows, Func<T, double> score, CancellationToken cancellationToken) =>
        Read(await Gather(rows, score, cancellationToken).ConfigureAwait(false), row => row);

    public static async Task<ScoreBatch> ReadAsync<T>(
        IAsyncEnumerable<T> rows,
        Func<T, double> score,
        Func<T, bool> isAnomaly,
        CancellationToken cancellationToken
    ) =>
        Read(
            await Gather(rows, row => (Score: score(row), IsAnomaly: isAnomaly(row)), cancellationToken).ConfigureAwait(false),
            row => row.Score,
            row => row.IsAnomaly
        );

    /// <summary>What is kept of each row; a token that was cancelled ends the reading also where the rows do not look at it.</summary>
    private static async Task<List<TKept>> Gather<T, TKept>(
        IAsyncEnumerable<T> rows,
        Func<T, TKept> keep,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var kept = new List<TKept>();
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            kept.Add(keep(row));
        }
        return kept;
    }
}
