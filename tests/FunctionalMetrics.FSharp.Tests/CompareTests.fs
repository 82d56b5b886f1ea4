module FunctionalMetrics.FSharp.Tests.CompareTests

open System
open System.Collections.Immutable
open FunctionalMetrics.FSharp
open FunctionalMetrics.Statistics
open Xunit

let private labels = [| false; false; false; true; false; true; true; false; true; true |]
let private a = [| 0.1; 0.2; 0.35; 0.35; 0.5; 0.6; 0.6; 0.6; 0.8; 0.9 |]
let private b = [| 0.2; 0.1; 0.3; 0.4; 0.55; 0.5; 0.7; 0.65; 0.75; 0.6 |]

[<Fact>]
let ``Rows give results, options and what flips, as pROC has them`` () =
    let rules = ComparisonRules(Replicates = 0, Margin = Nullable 0.3, Thresholds = ImmutableArray.Create(0.55, 0.35))
    let numbers = Compare.rows rules labels [ "a", a; "b", b ] |> Result.get |> Compare.numbers

    match numbers with
    | [ area; decisions ] ->
        Assert.Equal(("auroc", "delong", Ok 0.06, None), (area.Metric, area.Method, area.Difference, area.PHolm))
        Assert.Equal(0.552452904882, Result.get area.P, 11)
        Assert.True(area.Equivalence |> Option.map (Result.get >> fst) |> Option.get)
        Assert.Equal(-0.137946659409, area.Interval |> Option.map (Result.get >> fst) |> Option.get, 11)
        Assert.Equal<(string * string) list>([ "row 4", "b"; "row 5", "a" ], decisions.Flipped)
        Assert.Equal(None, decisions.Interval |> Option.map Result.get)
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``What is wrong is a list of problems`` () =
    match Compare.rows Compare.usual labels [ "a", a[1..]; "b", b ] with
    | Error [ why ] -> Assert.Equal("there are 9 scores and 10 labels; every score needs one label", why.Reason)
    | other -> Assert.Fail $"%A{other}"

    match Compare.rows Compare.usual labels [ "a", a ] with
    | Error [ OutOfRange("the number of models", 1.0, _) ] -> ()
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``Images and categories are compared by name`` () =
    let images seed =
        let random = Random(seed: int)

        [
            for i in 0..11 ->
                let bad = i % 2 = 1
                let map = Array2D.init 2 2 (fun _ x -> random.NextDouble() + (if bad && x = 1 then 0.5 else 0.0))

                MapBatch.ofArray2D (map, Array2D.init 2 2 (fun _ x -> bad && x = 1))
                |> Result.bind (MapBatch.named [ $"{i:D2}" ])
                |> Result.get
        ]
        |> List.fold Aupimo.update Aupimo.empty

    let rules = ComparisonRules(Replicates = 100)
    let models = [ "a", images 1; "b", images 2 ]
    let one = Compare.images rules models |> Result.get
    let all = Compare.categories rules [ "x", models; "y", [ "a", images 3; "b", images 4 ] ] |> Result.get
    Assert.Equal(24L, all.Mean.Units)

    let difference comparison = Compare.numbers comparison |> List.map (_.Difference >> Result.map (fun x -> Math.Round(x, 12)))

    Assert.Equal<Result<float, Problem list> list>(
        difference one |> List.filter Result.isOk,
        difference all.Categories[0].Result |> List.filter Result.isOk
    )

    match Compare.images rules [ "a", images 1; "b", Aupimo.empty ] with
    | Error [ why ] -> Assert.Contains("is an image of a and not of b", why.Reason)
    | other -> Assert.Fail $"%A{other}"
