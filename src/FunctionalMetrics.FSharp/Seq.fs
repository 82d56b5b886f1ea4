namespace FunctionalMetrics.FSharp

open System.Collections.Generic
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
        task {
            use batches = batches.GetAsyncEnumerator cancel
            let mutable state = Fold.empty fold
            let mutable going = true

            while going do
                cancel.ThrowIfCancellationRequested()
                let! another = batches.MoveNextAsync()
                going <- another

                if another then
                    state <- Fold.update fold state batches.Current

            return Fold.compute fold state
        }

    /// <summary>The running result after each batch, as the batches come.</summary>
    let scanMetrics
        (fold: Fold<'Batch, 'Result>)
        (cancel: CancellationToken)
        (batches: IAsyncEnumerable<'Batch>)
        : IAsyncEnumerable<Result<'Result, Problem list>> =
        { new IAsyncEnumerable<Result<'Result, Problem list>> with
            member _.GetAsyncEnumerator(inner) =
                let linked = CancellationTokenSource.CreateLinkedTokenSource(cancel, inner)
                let batches = batches.GetAsyncEnumerator linked.Token
                let mutable state = Fold.empty fold

                { new IAsyncEnumerator<Result<'Result, Problem list>> with
                    member _.Current = Fold.compute fold state

                    member _.MoveNextAsync() =
                        task {
                            linked.Token.ThrowIfCancellationRequested()
                            let! another = batches.MoveNextAsync()

                            if another then
                                state <- Fold.update fold state batches.Current

                            return another
                        }
                        |> ValueTask<bool>

                    member _.DisposeAsync() =
                        linked.Dispose()
                        batches.DisposeAsync()
                }
        }
