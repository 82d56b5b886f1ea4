module FunctionalMetrics.FSharp.Tests.LawTests

open System
open System.Reflection
open FunctionalMetrics.FSharp
open Xunit

let cases: TheoryData<string, string> =
    let data = TheoryData<string, string>()

    for case in LawCases.all do
        for law in case.Laws do
            data.Add(case.Name, law.Key)

    data

[<Theory; MemberData(nameof cases)>]
let ``Every metric obeys`` (metric: string) (law: string) =
    let case = LawCases.all |> List.find (fun case -> case.Name = metric)
    FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest 60, case.Laws[law])

[<Fact>]
let ``Every metric of Core is in the list`` () =
    let hasMetric (declaring: Type) =
        match declaring.GetProperty("Metric", BindingFlags.Public ||| BindingFlags.Static) with
        | null -> false
        | metric -> metric.PropertyType.Name = "Metric`3"

    let declared = typeof<RankState>.Assembly.GetExportedTypes() |> Seq.filter hasMetric |> Seq.map _.Name |> Set
    let listed = LawCases.all |> Seq.map _.Name |> Set
    Assert.True(Set.isSubset declared listed, $"%A{declared - listed}")
