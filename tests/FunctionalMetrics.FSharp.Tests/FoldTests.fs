module FunctionalMetrics.FSharp.Tests.FoldTests

open System
open FsCheck.FSharp
open FunctionalMetrics.FSharp
open Xunit

let private rows: ScoreBatch list =
    [ ScoreBatch.create ([| 0.1; 0.4 |], [| false; false |]); ScoreBatch.create ([| 0.35; 0.8 |], [| true; true |]) ] |> List.map Result.get

let private image: MapBatch =
    MapBatch.ofArray2D (array2D [ [ 0.1; 0.9 ]; [ 0.2; 0.4 ] ], array2D [ [ false; true ]; [ false; false ] ]) |> Result.get

let private normal: MapBatch = MapBatch.ofArray2D (array2D [ [ 0.1; 0.3 ] ], array2D [ [ false; false ] ]) |> Result.get

[<Fact>]
let ``Two metrics of ranked rows share one state`` () =
    let both =
        metrics {
            let! roc = Auroc.fold
            and! best = OptimalF1.fold
            return roc.Area, best.Threshold
        }

    Assert.Equal(1, both.States)
    Assert.Equal(Ok(0.75, 0.35), Fold.run both rows)

[<Fact>]
let ``All metrics of pixels share the state of the regions`` () =
    let all =
        metrics {
            let! roc = Auroc.pixels
            and! pr = Aupr.pixels
            and! strict = Aupro.fold 0.05
            and! pro = Aupro.pixels 0.3
            and! threshold = AdaptiveThreshold.pixels 0.5
            return [ roc.Area; pr.Area; strict.Area; pro.Area; threshold.Threshold ]
        }

    Assert.Equal(1, all.States)
    Assert.Equal(Ok [ 1.0; 1.0; 1.0; 1.0; 0.9 ], Fold.run all [ image ])

[<Fact>]
let ``Metrics of different states keep one each`` () =
    let both =
        metrics {
            let! pro = Aupro.fold 0.3
            and! range = MinMax.pixels
            and! auroc = Fold.premap MapBatch.images Auroc.fold
            and! threshold = Fold.premap MapBatch.images (AdaptiveThreshold.fold 0.5)
            return pro.Area, (range.Min, range.Max), auroc.Area, threshold.Threshold
        }

    Assert.Equal(3, both.States)
    Assert.Equal(Ok(1.0, (0.1, 0.9), 1.0, 0.9), Fold.run both [ image; normal ])

[<Fact>]
let ``One metric is a composition too`` () =
    let area =
        metrics {
            let! roc = Auroc.fold
            let area = roc.Area
            return area * 100.0
        }

    Assert.Equal(Ok 75.0, Fold.run area rows)

[<Fact>]
let ``Two lambdas are two functions, one value is one`` () =
    let states (first: MapBatch -> ScoreBatch) (second: MapBatch -> ScoreBatch) =
        (Fold.zip (Fold.premap first Auroc.fold) (Fold.premap second Aupr.fold)).States

    let value: MapBatch -> ScoreBatch = id (fun batch -> batch.Images)

    Assert.Equal(1, states MapBatch.images MapBatch.images)
    Assert.Equal(1, states value value)
    Assert.Equal(2, states (fun batch -> batch.Images) (fun batch -> batch.Images))

[<Fact>]
let ``Every reason is listed when parts are undefined`` () =
    let both =
        metrics {
            let! roc = Auroc.fold
            and! range = MinMax.rows
            return roc.Area, range.Min
        }

    match Fold.run both [] with
    | Error [ Undefined("AUROC", Missing.AnomalousRow, 0L); Undefined("MinMax", Missing.Score, 0L) ] -> ()
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``Attempt keeps the other results`` () =
    let both =
        metrics {
            let! pro = Aupro.fold 0.3 |> Fold.attempt
            and! range = MinMax.pixels
            return pro |> Result.map _.Area, range.Max
        }

    match Fold.run both [ normal ] with
    | Ok(Error [ Undefined("AUPRO", Missing.Region, 2L) ], 0.3) -> ()
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``Shards of a fold merge to what one pass gives`` () =
    let both = Fold.zip Auroc.fold Aupr.fold
    let shard batches = batches |> Seq.fold (Fold.update both) (Fold.empty both)
    let merged = Fold.merge both (shard rows.Tail) (shard [ rows.Head ])

    Assert.Equal(Fold.run both rows, Fold.compute both merged)

[<Fact>]
let ``A metric that is somebody else's is a fold too`` () =
    let area = FunctionalMetrics.Core.Auroc.Metric.Then(Func<_, _>(fun (roc: FunctionalMetrics.Core.RocCurve) -> roc.Area)) |> Fold.ofMetric

    Assert.Equal(Ok 0.75, Fold.run area rows)
    Assert.Equal(1, (Fold.zip area Auroc.fold).States)

[<FsCheck.Xunit.Property(MaxTest = 60)>]
let ``A composition gives what its parts give`` () =
    Prop.forAll (Arb.fromGen (Gen.listOf Samples.mapBatch)) (fun batches ->
        let pair =
            metrics {
                let! pro = Aupro.fold 0.3 |> Fold.attempt
                and! roc = Auroc.pixels |> Fold.attempt
                return pro, roc
            }

        Fold.run pair batches = Ok(Fold.run (Aupro.fold 0.3) batches, Fold.run Auroc.pixels batches))
