// The same bits from 1, 4 and 64 shards:
//   dotnet fsi notebooks/sharding-and-merging.fsx
#r "nuget: FunctionalMetrics.FSharp, 0.1.0"
#r "nuget: FunctionalMetrics.IO, 0.1.0"

open System
open System.Security.Cryptography
open FunctionalMetrics.Core
open FunctionalMetrics.FSharp
open FunctionalMetrics.IO

let images = MapDataset.Open(__SOURCE_DIRECTORY__ + "/data/brick").Read() |> Seq.map _.Batch |> Array.ofSeq

let random = Random 1

let shards count =
    let deal = images |> Array.groupBy (fun _ -> random.Next count) |> Map.ofArray

    [| for shard in 0 .. count - 1 -> deal |> Map.tryFind shard |> Option.defaultValue [||] |> Seq.fold Aupro.update Aupro.empty |]

let hash (state: RegionState) = RegionState.Codec.Encode state |> SHA256.HashData |> Convert.ToHexStringLower

for count in [ 1; 4; 64 ] do
    let state = shards count |> Array.randomShuffleWith random |> Array.reduce Aupro.merge

    match Aupro.compute 0.3 state, Auroc.compute state.Rank with
    | Ok pro, Ok roc ->
        printfn $"{count, 2} shards: AUPRO {pro.Area}, AUROC {roc.Area}"
        printfn $"           state {hash state}"
    | _ -> printfn "undefined"
