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
