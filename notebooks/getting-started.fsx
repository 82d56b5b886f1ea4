// From a folder of anomaly maps and masks to a saved PRO chart:
//   dotnet fsi notebooks/getting-started.fsx
// The packages come from the folder that the dotnet pack command in README.md fills (see nuget.config beside this file).
#r "nuget: FunctionalMetrics.FSharp, 0.1.0"
#r "nuget: FunctionalMetrics.IO, 0.1.0"
#r "nuget: FunctionalMetrics, 0.1.0"

open FunctionalMetrics
open FunctionalMetrics.FSharp
open FunctionalMetrics.IO

let brick = MapDataset.Open(__SOURCE_DIRECTORY__ + "/data/brick")
let batches = brick.Read() |> Seq.map _.Batch |> List.ofSeq
printfn $"{brick.Count} images, the first is {brick.Names[0]}"

let both =
    metrics {
        let! image = Auroc.fold |> Fold.premap MapBatch.images
        and! pro = Aupro.fold 0.3
        return image.Area, pro
    }

match Seq.metrics both batches with
| Ok(auroc, pro) ->
    printfn $"AUROC of images {auroc}"
    printfn $"AUPRO {pro.Area}"
    Figure("PRO of brick", Charts.Pro pro).SaveHtml "pro.html"
    printfn "the curve is in pro.html"
| Error reasons -> reasons |> List.iter (fun reason -> printfn $"{reason.Reason}")
