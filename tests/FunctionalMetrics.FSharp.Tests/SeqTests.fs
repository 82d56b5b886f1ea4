module FunctionalMetrics.FSharp.Tests.SeqTests

open System
open System.Collections.Generic
open System.Linq
open System.Threading
open System.Threading.Tasks
open FsCheck.FSharp
open FunctionalMetrics.FSharp
open Xunit

let private row score label = ScoreBatch.create ([| score |], [| label |]) |> Result.get

let private rows = [ row 0.1 false; row 0.9 true; row 0.95 false ]

let private area = Auroc.fold |> Fold.map _.Area

let private isCancelled (run: unit -> Task) = Assert.ThrowsAnyAsync<OperationCanceledException>(Func<Task> run) :> Task

/// A sequence that is asynchronous indeed, and counts how often it is disposed of.
let private later (disposed: int ref) (batches: 'T list) : IAsyncEnumerable<'T> =
    { new IAsyncEnumerable<'T> with
        member _.GetAsyncEnumerator cancel =
            let mutable rest = batches
            let mutable current = Unchecked.defaultof<'T>

            { new IAsyncEnumerator<'T> with
                member _.Current = current

                member _.MoveNextAsync() =
                    task {
                        do! Task.Delay(1, cancel)

                        match rest with
                        | head :: tail ->
                            current <- head
                            rest <- tail
                            return true
                        | [] -> return false
                    }
                    |> ValueTask<bool>

                member _.DisposeAsync() =
                    disposed.Value <- disposed.Value + 1
                    ValueTask.CompletedTask
            }
    }

[<Fact>]
let ``Running values come after each batch`` () =
    match Seq.scanMetrics area rows |> List.ofSeq with
    | [ Error [ Undefined("AUROC", Missing.AnomalousRow, 1L) ]; Ok 1.0; Ok 0.5 ] -> ()
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``Running values are made only when they are asked for`` () =
    let taken = ref 0

    let batches =
        seq {
            for batch in rows do
                taken.Value <- taken.Value + 1
                yield batch
        }

    Seq.scanMetrics area batches |> Seq.take 2 |> Seq.iter ignore
    Assert.Equal(2, taken.Value)

[<FsCheck.Xunit.Property(MaxTest = 60)>]
let ``The last running value is the value`` () =
    Prop.forAll (Arb.fromGen (Gen.nonEmptyListOf Samples.scoreBatch)) (fun batches ->
        Seq.last (Seq.scanMetrics area batches) = Seq.metrics area batches)

[<Fact>]
let ``An asynchronous sequence gives what a sequence gives`` () : Task =
    task {
        let disposed = ref 0
        let! result = later disposed rows |> AsyncSeq.metrics area CancellationToken.None
        Assert.Equal(Seq.metrics area rows, result)
        Assert.Equal(1, disposed.Value)
    }

[<Fact>]
let ``Asynchronous running values are those of the sequence`` () : Task =
    task {
        let disposed = ref 0
        let! values = (later disposed rows |> AsyncSeq.scanMetrics area CancellationToken.None).ToListAsync()
        Assert.Equal<Result<float, Problem list>>(Seq.scanMetrics area rows, values)
        Assert.Equal(1, disposed.Value)
    }

[<Fact>]
let ``A token that is cancelled ends an asynchronous sequence`` () : Task =
    task {
        use cancel = new CancellationTokenSource()
        cancel.Cancel()
        let disposed = ref 0
        do! isCancelled (fun () -> later disposed rows |> AsyncSeq.metrics area cancel.Token :> Task)
        do! isCancelled (fun () -> (later disposed rows |> AsyncSeq.scanMetrics area cancel.Token).ToListAsync().AsTask())
        Assert.Equal(2, disposed.Value)
    }

[<Fact>]
let ``A token that is cancelled on the way ends running values there`` () : Task =
    task {
        use cancel = new CancellationTokenSource()
        let seen = ref 0

        let run () : Task =
            task {
                let values = later (ref 0) rows |> AsyncSeq.scanMetrics area CancellationToken.None
                use values = values.GetAsyncEnumerator cancel.Token
                let mutable going = true

                while going do
                    let! another = values.MoveNextAsync()
                    going <- another
                    seen.Value <- seen.Value + 1
                    cancel.Cancel()
            }

        do! isCancelled run
        Assert.Equal(1, seen.Value)
    }
