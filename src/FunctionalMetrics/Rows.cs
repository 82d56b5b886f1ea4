using System.Runtime.InteropServices;
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>Rows of any kind as one batch, so that a fault tells the position of its row.</summary>
internal static class Rows
{
    public static Scores Read<T>(IEnumerable<T> rows, Func<T, double> score)
    {
        var scores = new List<double>();
        foreach (var row in rows)
            scores.Add(score(row));
        return Batch(scores);
    }

    public static ScoreBatch Read<T>(IEnumerable<T> rows, Func<T, double> score, Func<T, bool> isAnomaly)
    {
        var (scores, labels) = (new List<double>(), new List<bool>());
        foreach (var row in rows)
        {
            scores.Add(score(row));
            labels.Add(isAnomaly(row));
        }
        return Batch(scores, labels);
    }

    public static async Task<TResult> ReadAsync<T, TResult>(
        IAsyncEnumerable<T> rows,
        Func<T, double> score,
        Func<Scores, TResult> compute,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var scores = new List<double>();
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            scores.Add(score(row));
        }
        return compute(Batch(scores));
    }

    public static async Task<TResult> ReadAsync<T, TResult>(
        IAsyncEnumerable<T> rows,
        Func<T, double> score,
        Func<T, bool> isAnomaly,
        Func<ScoreBatch, TResult> compute,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (scores, labels) = (new List<double>(), new List<bool>());
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            scores.Add(score(row));
            labels.Add(isAnomaly(row));
        }
        return compute(Batch(scores, labels));
    }

    private static Scores Batch(List<double> scores) => Scores.Create((ReadOnlySpan<double>)CollectionsMarshal.AsSpan(scores)).OrThrow();

    private static ScoreBatch Batch(List<double> scores, List<bool> labels) =>
        ScoreBatch
            .Create((ReadOnlySpan<double>)CollectionsMarshal.AsSpan(scores), (ReadOnlySpan<bool>)CollectionsMarshal.AsSpan(labels))
            .OrThrow();
}
