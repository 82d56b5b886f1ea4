namespace FunctionalMetrics.FSharp

open System
open System.Collections.Generic
open System.Linq
open System.Threading
open System.Threading.Tasks

/// <summary>Metrics of sequences.</summary>
[<RequireQualifiedAccess>]
module Seq =
    /// <summary>The result of all batches, in one pass.</summary>
    let metrics (fold: Fold<'Batch, 'Result>) (batches: seq<'Batch>) : Result<'Result, Problem list> = Fold.run fold batches

    /// <summary>The running result after each batch, lazily.</summary>
    let scanMetrics (fold: Fold<'Batch, 'Result>) (batches: seq<'Batch>) : seq<Result<'Result, Problem list>> =
        batches |> Seq.scan (Fold.update fold) (Fold.empty fold) |> Seq.skip 1 |> Seq.map (Fold.compute fold)

/// <summary>Metrics of asynchronous sequences. A token that is cancelled ends them with an OperationCanceledException.</summary>
[<RequireQualifiedAccess>]
module AsyncSeq =
    /// <summary>The result of all batches, in one pass.</summary>
    let metrics
        (fold: Fold<'Batch, 'Result>)
        (cancel: CancellationToken)
        (batches: IAsyncEnumerable<'Batch>)
        : Task<Result<'Result, Problem list>> =
        let update state batch =
            cancel.ThrowIfCancellationRequested()
            Fold.update fold state batch

        task {
            let! state = AsyncEnumerable.AggregateAsync(batches, Fold.empty fold, update, cancel)
            return Fold.compute fold state
        }

    /// <summary>The running result after each batch, as the batches come.</summary>
    let scanMetrics
        (fold: Fold<'Batch, 'Result>)
        (cancel: CancellationToken)
        (batches: IAsyncEnumerable<'Batch>)
        : IAsyncEnumerable<Result<'Result, Problem list>> =
        // Each walk through it begins with states of its own.
        let walk () =
            let state = ref (Fold.empty fold)

            let next batch =
                cancel.ThrowIfCancellationRequested()
                state.Value <- Fold.update fold state.Value batch
                Fold.compute fold state.Value

            AsyncEnumerable.Select(batches, Func<'Batch, Result<'Result, Problem list>> next)

        AsyncEnumerable.SelectMany(AsyncEnumerable.ToAsyncEnumerable [ () ], Func<unit, IAsyncEnumerable<_>> walk)
