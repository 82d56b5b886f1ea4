// Generated from the compiled core; changes belong there or in the templates.
using FunctionalMetrics.Core;

namespace FunctionalMetrics;

/// <summary>
/// Metrics of rows of any kind: <c>rows.Auroc(row => row.Score, row => row.IsAnomaly)</c>. The rows are read once, in order, and a fault tells
/// the position of its row.
/// </summary>
public static class MetricQueries
{
    /// <summary>
    /// How many scores there are: the simplest metric there is. See <see cref="T:Fixtures.CountState" />.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="score">The score of a row.</param>
    /// <exception cref="InvalidBatchException">A score is not finite; the fault says which.</exception>
    /// <exception cref="UndefinedMetricException">The metric is undefined; the error says why.</exception>
    public static long Count<T>(this IEnumerable<T> rows, Func<T, double> score) =>
        new CountMetric().Update(Rows.Read(rows, score)).Compute();

    /// <summary>The same of rows that are not there yet.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="score">The score of a row.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidBatchException">A score is not finite; the fault says which.</exception>
    /// <exception cref="UndefinedMetricException">The metric is undefined; the error says why.</exception>
    public static async Task<long> CountAsync<T>(this IAsyncEnumerable<T> rows, Func<T, double> score, CancellationToken cancellationToken = default) =>
        new CountMetric().Update(await Rows.ReadAsync(rows, score, cancellationToken).ConfigureAwait(false)).Compute();

    /// <summary>
    /// The share of anomalous rows, with everything that a result can be made of.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="score">The score of a row.</param>
    /// <param name="isAnomaly">Whether a row is labelled anomalous.</param>
/// <param name="scale">What the share is multiplied by; see <see cref="P:Fixtures.ShareResult.Value" />.</param>
/// <param name="digits">How many digits are shown.</param>
/// <param name="label">What it is called.</param>
/// <param name="percent">Whether it is in percent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    /// <exception cref="InvalidBatchException">A score is not finite; the fault says which.</exception>
    /// <exception cref="UndefinedMetricException">The metric is undefined; the error says why.</exception>
    public static double Share<T>(this IEnumerable<T> rows, Func<T, double> score, Func<T, bool> isAnomaly, double scale = 1.0, int digits = 2, string label = "a \"share\"", bool percent = false) =>
        new ShareMetric(scale, digits, label, percent).Update(Rows.Read(rows, score, isAnomaly)).Compute();

    /// <summary>The same of rows that are not there yet.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="score">The score of a row.</param>
    /// <param name="isAnomaly">Whether a row is labelled anomalous.</param>
/// <param name="scale">What the share is multiplied by; see <see cref="P:Fixtures.ShareResult.Value" />.</param>
/// <param name="digits">How many digits are shown.</param>
/// <param name="label">What it is called.</param>
/// <param name="percent">Whether it is in percent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidBatchException">A score is not finite; the fault says which.</exception>
    /// <exception cref="UndefinedMetricException">The metric is undefined; the error says why.</exception>
    public static async Task<double> ShareAsync<T>(this IAsyncEnumerable<T> rows, Func<T, double> score, Func<T, bool> isAnomaly, double scale = 1.0, int digits = 2, string label = "a \"share\"", bool percent = false, CancellationToken cancellationToken = default) =>
        new ShareMetric(scale, digits, label, percent).Update(await Rows.ReadAsync(rows, score, isAnomaly, cancellationToken).ConfigureAwait(false)).Compute();

    /// <summary>
    /// The share in bounded memory: another state and another result.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="score">The score of a row.</param>
    /// <param name="isAnomaly">Whether a row is labelled anomalous.</param>
/// <param name="bits">The resolution.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    /// <exception cref="InvalidBatchException">A score is not finite; the fault says which.</exception>
    /// <exception cref="UndefinedMetricException">The metric is undefined; the error says why.</exception>
    public static double BoundedShare<T>(this IEnumerable<T> rows, Func<T, double> score, Func<T, bool> isAnomaly, int bits = 18) =>
        new BoundedShareMetric(bits).Update(Rows.Read(rows, score, isAnomaly)).Compute();

    /// <summary>The same of rows that are not there yet.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="score">The score of a row.</param>
    /// <param name="isAnomaly">Whether a row is labelled anomalous.</param>
/// <param name="bits">The resolution.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside of its range.</exception>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidBatchException">A score is not finite; the fault says which.</exception>
    /// <exception cref="UndefinedMetricException">The metric is undefined; the error says why.</exception>
    public static async Task<double> BoundedShareAsync<T>(this IAsyncEnumerable<T> rows, Func<T, double> score, Func<T, bool> isAnomaly, int bits = 18, CancellationToken cancellationToken = default) =>
        new BoundedShareMetric(bits).Update(await Rows.ReadAsync(rows, score, isAnomaly, cancellationToken).ConfigureAwait(false)).Compute();
}
