module FunctionalMetrics.FSharp.Tests.ResultTests

open System
open System.Globalization
open FunctionalMetrics.FSharp
open Xunit

let private batch = ScoreBatch.create ([| 0.1; 0.4; 0.35; 0.8 |], [| false; false; true; true |]) |> Result.get

let private state = Auroc.update Auroc.empty batch
let private roc = Auroc.compute state |> Result.get

[<Fact>]
let ``Compute gives a result or its reason`` () =
    Assert.Equal(0.75, roc.Area)

    match Auroc.compute Auroc.empty with
    | Error [ Undefined("AUROC", Missing.AnomalousRow, 0L) as why ] ->
        Assert.Equal("AUROC is undefined: there is no anomalous row (rows seen: 0)", why.Reason)
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``Seq.fold reads as it should`` () = Assert.Equal(state, [ batch ] |> Seq.fold Auroc.update Auroc.empty)

[<Fact>]
let ``Look-ups on a curve are Results`` () =
    Assert.Equal(Ok 0.5, roc.TruePositiveRateAt 0.0)
    Assert.Equal(Ok 0.35, roc.FprAtTpr 1.0 |> Result.map _.Threshold)

    match roc.TprAtFpr 1.5 with
    | Error [ OutOfRange(_, 1.5, "[0, 1]") ] -> ()
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``A parameter out of its range is an error, not an exception`` () =
    let image = MapBatch.ofArray2D (array2D [ [ 0.1; 0.9 ] ], array2D [ [ false; true ] ]) |> Result.get

    match Seq.metrics (Aupro.fold 2.0) [ image ] with
    | Error [ OutOfRange(_, 2.0, "(0, 1]") ] -> ()
    | other -> Assert.Fail $"%A{other}"

    let pro = Seq.metrics (Aupro.fold Aupro.Default.fprLimit) [ image ] |> Result.get
    Assert.Equal(Ok 0.1, pro.UpTo 0.1 |> Result.map _.Limit)
    Assert.Equal(0.3, Aupro.Default.fprLimit)

[<Fact>]
let ``Counts give rates as Results`` () =
    let best = OptimalF1.compute state |> Result.get

    Assert.Equal(
        (2L, 1L, 0L, 1L),
        (best.Counts.TruePositives, best.Counts.FalsePositives, best.Counts.FalseNegatives, best.Counts.TrueNegatives)
    )

    Assert.Equal(Ok 1.0, best.Counts.Recall)
    Assert.Equal(Ok best.F1, best.Counts.F1)

    match (RankState.at 2.0 state).Precision with
    | Error [ Undefined("precision", Missing.CalledAnomalous, 4L) ] -> ()
    | other -> Assert.Fail $"%A{other}"

    Assert.Equal<ConfusionMatrix>([ best.Counts; RankState.at 2.0 state ], RankState.atEach [| best.Threshold; 2.0 |] state)

[<Fact>]
let ``Moments are options where they may be absent`` () =
    let one = Scores.create [| 1.0 |] |> Result.get
    let moments = Seq.metrics AnomalyScoreDistribution.fold [ one ] |> Result.get

    match moments.Scores, moments.Maps with
    | Some scores, None -> Assert.Equal((1L, 0.0, None), (scores.Count, scores.Mean, scores.StandardDeviation))
    | other -> Assert.Fail $"%A{other}"

    let maps = Maps.ofSeq (MapShape(2, 1, 2), [ 1.0; 2.0; 1.0; 2.0 ]) |> Result.get
    let moments = Seq.metrics AnomalyScoreDistribution.OfMaps.fold [ maps ] |> Result.get

    match moments.Maps |> Option.bind _.StandardDeviation with
    | Some deviations -> Assert.Equal<float>([ 0.0; 0.0 ], deviations)
    | None -> Assert.Fail "two maps have a standard deviation"

[<Fact>]
let ``Shapes that differ are listed as pairs`` () =
    let maps = [ MapShape(1, 1, 2); MapShape(1, 2, 1) ] |> List.map (fun shape -> Maps.ofSeq (shape, [ 1.0; 2.0 ]) |> Result.get)

    match Seq.metrics AnomalyScoreDistribution.OfMaps.fold maps with
    | Error [ SeveralShapes(_, [ 1, 2; 2, 1 ]) ] -> ()
    | other -> Assert.Fail $"%A{other}"

    match Seq.metrics AnomalyScoreDistribution.fold [ Scores.create [| 0.0; 1.0 |] |> Result.get ] with
    | Error [ NonPositiveScores(_, 1L, 2L) ] -> ()
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``Results are equal when their data is, and print their numbers`` () =
    let again = Auroc.compute (Auroc.update Auroc.empty batch) |> Result.get
    Assert.Equal(roc, again)
    Assert.Equal(roc.GetHashCode(), again.GetHashCode())

    Assert.NotEqual(
        roc,
        Auroc.compute (Auroc.update state batch)
        |> Result.bind (fun _ -> Auroc.compute (Auroc.update state (ScoreBatch.create ([| 0.9 |], [| false |]) |> Result.get)))
        |> Result.get
    )

    let culture = CultureInfo.CurrentCulture

    try
        CultureInfo.CurrentCulture <- CultureInfo "de-DE"
        Assert.Equal("RocCurve { Area = 0.75 }", string roc)

        Assert.Equal(
            "LogMoments { Count = 1; Mean = 0; StandardDeviation = None }",
            Scores.create [| 1.0 |]
            |> Result.get
            |> Seq.singleton
            |> Seq.metrics AnomalyScoreDistribution.fold
            |> Result.get
            |> _.Scores.Value
            |> string
        )
    finally
        CultureInfo.CurrentCulture <- culture

[<Fact>]
let ``Core's own value is given where a C# library asks for it`` () =
    let area (curve: FunctionalMetrics.Core.RocCurve) = curve.Area
    let asked = Func<FunctionalMetrics.Core.RocCurve, float> area
    Assert.Equal(0.75, asked.Invoke roc)
    Assert.Equal(0.75, area roc.Core)

[<Fact>]
let ``One Result leads from values to a number`` () =
    let recall scores labels =
        ScoreBatch.create ((scores: float[]), (labels: bool[]))
        |> Result.map (Auroc.update Auroc.empty)
        |> Result.bind Auroc.compute
        |> Result.bind _.TprAtFpr(0.0)
        |> Result.map _.TruePositiveRate

    Assert.Equal(Ok 0.5, recall [| 0.1; 0.4; 0.35; 0.8 |] [| false; false; true; true |])
    Assert.Equal(Error [ "labels must be as many" ] |> Result.mapError List.length, recall [| 0.1 |] [||] |> Result.mapError List.length)

    match recall [| 0.1 |] [| true |], recall [| nan |] [| true |] with
    | Error [ Undefined("AUROC", Missing.NormalRow, 1L) ], Error [ NotFinite("scores", 0L, _, _, 1L) as fault ] ->
        Assert.Equal("scores[0] is NaN; scores must be finite", string fault)
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``Counts at a threshold are a fold that shares the state`` () =
    let both =
        metrics {
            let! counts = Counts.fold 0.35
            and! best = OptimalF1.fold
            return counts, best.Counts
        }

    Assert.Equal(1, both.States)

    match Fold.run both [ batch ] with
    | Ok(counts, best) -> Assert.Equal((best, Ok 0.8), (counts, counts.F1))
    | Error problems -> Assert.Fail $"{problems}"

    let image = MapBatch.ofArray2D (array2D [ [ 0.1; 0.9 ] ], array2D [ [ false; true ] ]) |> Result.get
    let pixels = Fold.zip (Counts.pixels 0.5) (Aupro.fold 0.3)
    Assert.Equal(1, pixels.States)
    Assert.Equal(Ok(Ok 1.0), Fold.run pixels [ image ] |> Result.map (fun (counts, _) -> counts.Precision))

[<Fact>]
let ``Charts take results as they are`` () =
    let best = OptimalF1.compute state |> Result.get
    let threshold = AdaptiveThreshold.compute 0.5 state |> Result.get

    Assert.NotNull(FunctionalMetrics.Charts.Roc roc)
    Assert.NotNull(FunctionalMetrics.Charts.F1 best)
    Assert.NotNull(FunctionalMetrics.Charts.F1 threshold)
    Assert.NotNull(FunctionalMetrics.Charts.CompareRoc [ struct ("one", roc.Core); struct ("other", roc.Core) ])

[<Fact>]
let ``A metric says its name and which way is better`` () =
    Assert.Equal(("AUROC", Some true), (Auroc.name, Auroc.higherIsBetter))
    Assert.Equal(("MinMax", None), (MinMax.name, MinMax.higherIsBetter))

[<Fact>]
let ``Answers of C# libraries have F# forms`` () =
    Assert.Equal(Some 1, Interop.option (LanguageExt.Option<int>.Some 1))
    Assert.Equal(None, Interop.option LanguageExt.Option<int>.None)
    Assert.Equal(Ok 1, Interop.result (LanguageExt.Fin<int>.Succ 1))

    match Interop.result (LanguageExt.Fin<int>.Fail(LanguageExt.Common.Error.New "why")) with
    | Error [ problem ] -> Assert.Equal("why", problem.Reason)
    | other -> failwith $"%A{other}"

    Assert.Equal(Error [ "why" ], Interop.validation (LanguageExt.Prelude.Fail<string, int> "why"))
