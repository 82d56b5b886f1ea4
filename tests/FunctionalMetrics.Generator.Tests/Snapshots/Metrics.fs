// Generated from the compiled core; changes belong there or in the templates.
namespace FunctionalMetrics.FSharp

/// <summary>
/// How many scores there are: the simplest metric there is. See <c>CountState</c>.
/// <para>Formula: n, also where n &lt; 1.</para>
/// <para>Never undefined.</para>
/// <para>Source: the natural numbers | counted.</para>
/// </summary>
[<RequireQualifiedAccess>]
module Count =
    let private metric = Fixtures.Count.Metric

    /// <summary>Its name in tables and errors.</summary>
    let name: string = metric.Name

    /// <summary>Whether a larger value is a better detector; none where neither is.</summary>
    let higherIsBetter: bool option = metric.HigherIsBetter |> Convert.option id

    /// <summary>The state of no data; the identity of <c>merge</c>.</summary>
    let empty: CountState = metric.Empty

    /// <summary>The state with one more batch: what <c>Seq.fold</c> asks for.</summary>
    let update (state: CountState) (batch: Scores) : CountState = metric.Update(state, batch)

    /// <summary>The state of the data of both; neither order nor grouping counts.</summary>
    let merge (left: CountState) (right: CountState) : CountState = metric.Merge.Invoke(left, right)

    /// <summary>The result of a state, or why it is undefined.</summary>
    let compute (state: CountState) : Result<int64, Problem list> = metric.Compute.Invoke state |> Convert.result id

    /// <summary>The metric over its own batches, to be composed with others in one pass.</summary>
    let fold: Fold<Scores, int64> = metric |> Fold.ofMetric

    /// <summary>A metric of scores over all pixels.</summary>
    let pixels: Fold<MapBatch, int64> = Fixtures.Levels.Pixels(metric) |> Fold.ofMetric

    /// <summary>A metric of scores over rows.</summary>
    let rows: Fold<ScoreBatch, int64> = Fixtures.Levels.Rows(metric) |> Fold.ofMetric

    /// <summary>The metric of maps.</summary>
    module OfMaps =
        let private metric = Fixtures.Count.OfMaps

        /// <summary>Its name in tables and errors.</summary>
        let name: string = metric.Name

        /// <summary>Whether a larger value is a better detector; none where neither is.</summary>
        let higherIsBetter: bool option = metric.HigherIsBetter |> Convert.option id

        /// <summary>The state of no data; the identity of <c>merge</c>.</summary>
        let empty: CountState = metric.Empty

        /// <summary>The state with one more batch: what <c>Seq.fold</c> asks for.</summary>
        let update (state: CountState) (batch: Maps) : CountState = metric.Update(state, batch)

        /// <summary>The state of the data of both; neither order nor grouping counts.</summary>
        let merge (left: CountState) (right: CountState) : CountState = metric.Merge.Invoke(left, right)

        /// <summary>The result of a state, or why it is undefined.</summary>
        let compute (state: CountState) : Result<int64, Problem list> = metric.Compute.Invoke state |> Convert.result id

        /// <summary>The metric over its own batches, to be composed with others in one pass.</summary>
        let fold: Fold<Maps, int64> = metric |> Fold.ofMetric

/// <summary>
/// The share of anomalous rows, with everything that a result can be made of.
/// <para>Formula: P / (P + N).</para>
/// <para>Undefined without a row.</para>
/// <para>Source: <c>none</c>.</para>
/// </summary>
[<RequireQualifiedAccess>]
module Share =
    let private metric = Fixtures.Share.Metric

    let private metricOf (scale: float) (digits: int) (label: string) (percent: bool) = Fixtures.Share.With(scale, digits, label, percent)

    /// <summary>The usual values of the parameters.</summary>
    module Default =
        /// <summary>What the share is multiplied by; see <c>ShareResult.Value</c>.</summary>
        let scale: float = 1.0

        /// <summary>How many digits are shown.</summary>
        let digits: int = 2

        /// <summary>What it is called.</summary>
        let label: string = "a \"share\""

        /// <summary>Whether it is in percent.</summary>
        let percent: bool = false

    /// <summary>Its name in tables and errors.</summary>
    let name: string = metric.Name

    /// <summary>Whether a larger value is a better detector; none where neither is.</summary>
    let higherIsBetter: bool option = metric.HigherIsBetter |> Convert.option id

    /// <summary>The state of no data; the identity of <c>merge</c>.</summary>
    let empty: RankState = metric.Empty

    /// <summary>The state with one more batch: what <c>Seq.fold</c> asks for.</summary>
    let update (state: RankState) (batch: ScoreBatch) : RankState = metric.Update(state, batch)

    /// <summary>The state of the data of both; neither order nor grouping counts.</summary>
    let merge (left: RankState) (right: RankState) : RankState = metric.Merge.Invoke(left, right)

    /// <summary>The result of a state, or why it is undefined.</summary>
    /// <param name="scale">What the share is multiplied by; see <c>ShareResult.Value</c>. Usually 1.0.</param>
    /// <param name="digits">How many digits are shown. Usually 2.</param>
    /// <param name="label">What it is called. Usually "a \"share\"".</param>
    /// <param name="percent">Whether it is in percent. Usually false.</param>
    /// <param name="state">The state of all batches.</param>
    let compute (scale: float) (digits: int) (label: string) (percent: bool) (state: RankState) : Result<ShareResult, Problem list> = (metricOf scale digits label percent).Compute.Invoke state |> Convert.result ShareResult

    /// <summary>The metric over its own batches, to be composed with others in one pass.</summary>
    /// <param name="scale">What the share is multiplied by; see <c>ShareResult.Value</c>. Usually 1.0.</param>
    /// <param name="digits">How many digits are shown. Usually 2.</param>
    /// <param name="label">What it is called. Usually "a \"share\"".</param>
    /// <param name="percent">Whether it is in percent. Usually false.</param>
    let fold (scale: float) (digits: int) (label: string) (percent: bool) : Fold<ScoreBatch, ShareResult> = metricOf scale digits label percent |> Fold.ofMetric |> Fold.map ShareResult

    /// <summary>The same as <c>fold</c>: these are its own batches.</summary>
    /// <param name="scale">What the share is multiplied by; see <c>ShareResult.Value</c>. Usually 1.0.</param>
    /// <param name="digits">How many digits are shown. Usually 2.</param>
    /// <param name="label">What it is called. Usually "a \"share\"".</param>
    /// <param name="percent">Whether it is in percent. Usually false.</param>
    let rows (scale: float) (digits: int) (label: string) (percent: bool) : Fold<ScoreBatch, ShareResult> = metricOf scale digits label percent |> Fold.ofMetric |> Fold.map ShareResult

    /// <summary>The share in bounded memory: another state and another result.</summary>
    module Bounded =
        let private metric = Fixtures.Share.Bounded(18)

        let private metricOf (bits: int) = Fixtures.Share.Bounded(bits)

        /// <summary>The usual values of the parameters.</summary>
        module Default =
            /// <summary>The resolution.</summary>
            let bits: int = 18

        /// <summary>Its name in tables and errors.</summary>
        let name: string = metric.Name

        /// <summary>Whether a larger value is a better detector; none where neither is.</summary>
        let higherIsBetter: bool option = metric.HigherIsBetter |> Convert.option id

        /// <summary>The state of no data; the identity of <c>merge</c>.</summary>
        let empty: BoundedRankState = metric.Empty

        /// <summary>The state with one more batch: what <c>Seq.fold</c> asks for.</summary>
        let update (state: BoundedRankState) (batch: ScoreBatch) : BoundedRankState = metric.Update(state, batch)

        /// <summary>The state of the data of both; neither order nor grouping counts.</summary>
        let merge (left: BoundedRankState) (right: BoundedRankState) : BoundedRankState = metric.Merge.Invoke(left, right)

        /// <summary>The result of a state, or why it is undefined.</summary>
        /// <param name="bits">The resolution. Usually 18.</param>
        /// <param name="state">The state of all batches.</param>
        let compute (bits: int) (state: BoundedRankState) : Result<Plain, Problem list> = (metricOf bits).Compute.Invoke state |> Convert.result id

        /// <summary>The metric over its own batches, to be composed with others in one pass.</summary>
        /// <param name="bits">The resolution. Usually 18.</param>
        let fold (bits: int) : Fold<ScoreBatch, Plain> = metricOf bits |> Fold.ofMetric

        /// <summary>The same as <c>fold</c>: these are its own batches.</summary>
        /// <param name="bits">The resolution. Usually 18.</param>
        let rows (bits: int) : Fold<ScoreBatch, Plain> = metricOf bits |> Fold.ofMetric
