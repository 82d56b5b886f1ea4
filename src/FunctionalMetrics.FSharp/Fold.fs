namespace FunctionalMetrics.FSharp

open System
open FunctionalMetrics.Core

/// <summary>
/// One pass over batches that ends in a result. A fold keeps one state for each kind of state of the metrics in it, so metrics that are
/// composed share what they have in common. Immutable and safe to share between threads.
/// <code>
/// let both =
///     metrics {
///         let! roc = Auroc.pixels
///         and! pro = Aupro.fold 0.3
///         return roc.Area, pro.Area
///     }
///
/// Fold.run both batches // Result&lt;float * float, Problem list&gt;
/// </code>
/// </summary>
[<Sealed; AllowNullLiteral(false)>]
type Fold<'Batch, 'Result> internal (core: FunctionalMetrics.Core.Fold<'Batch, 'Result>) =

    /// <summary>How many states one pass keeps.</summary>
    member _.States: int = core.States

    member internal _.Core = core

/// <summary>The states of a fold between batches; of use only to the fold that made it. Compare results: states of the same data need not be equal.</summary>
type FoldState<'Batch> = FunctionalMetrics.Core.FoldState<'Batch>

/// <summary>Makes folds from folds, and runs them.</summary>
[<RequireQualifiedAccess>]
module Fold =
    /// One delegate for one function: Core tells sources apart by the delegates they went through.
    let private delegateOf (f: 'T -> 'U) = Delegate.CreateDelegate(typeof<Func<'T, 'U>>, f, "Invoke") :?> Func<'T, 'U>

    /// <summary>A metric of Core with its state forgotten. The metrics' own modules offer this as <c>fold</c>.</summary>
    let ofMetric (metric: Metric<'Batch, 'State, 'Result>) : Fold<'Batch, 'Result> = Fold(metric.ToFold())

    /// <summary>
    /// The same fold of something that its batch can be made from. Folds that are given the same function value share their states, as
    /// with <c>MapBatch.images</c>; two lambdas are two functions.
    /// </summary>
    let premap (prepare: 'Input -> 'Batch) (fold: Fold<'Batch, 'Result>) : Fold<'Input, 'Result> =
        Fold(fold.Core.Before(delegateOf prepare))

    /// <summary>The same fold with its result made into something else.</summary>
    let map (present: 'Result -> 'Presented) (fold: Fold<'Batch, 'Result>) : Fold<'Batch, 'Presented> = Fold(fold.Core.Map present)

    /// <summary>Two folds in one pass; states of the same kind are kept once.</summary>
    let zip (first: Fold<'Batch, 'First>) (second: Fold<'Batch, 'Second>) : Fold<'Batch, 'First * 'Second> =
        Fold(first.Core.Zip(second.Core, (fun first second -> first, second)))

    /// <summary>Keeps an undefined result as a value, so that the others of a composition are still given.</summary>
    let attempt (fold: Fold<'Batch, 'Result>) : Fold<'Batch, Result<'Result, Problem list>> =
        Fold(fold.Core.Attempt().Map(Convert.validation Convert.error))

    /// <summary>The states of no data.</summary>
    let empty (fold: Fold<'Batch, 'Result>) : FoldState<'Batch> = fold.Core.Empty

    /// <summary>The states with one more batch: <c>Seq.fold (Fold.update fold) (Fold.empty fold)</c>.</summary>
    let update (fold: Fold<'Batch, 'Result>) (state: FoldState<'Batch>) (batch: 'Batch) : FoldState<'Batch> = fold.Core.Update(state, batch)

    /// <summary>The states of the data of both; neither order nor grouping counts.</summary>
    let merge (fold: Fold<'Batch, 'Result>) (left: FoldState<'Batch>) (right: FoldState<'Batch>) : FoldState<'Batch> =
        fold.Core.Merge(left, right)

    /// <summary>The result, or every reason why a part of it is undefined.</summary>
    let compute (fold: Fold<'Batch, 'Result>) (state: FoldState<'Batch>) : Result<'Result, Problem list> =
        fold.Core.Compute state |> Convert.validation Convert.error

    /// <summary>The result of all batches, in one pass.</summary>
    let run (fold: Fold<'Batch, 'Result>) (batches: seq<'Batch>) : Result<'Result, Problem list> =
        batches |> Seq.fold (update fold) (empty fold) |> compute fold
