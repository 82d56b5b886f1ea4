// Several metrics in one walk over the files, with the states they share kept once:
//   dotnet fsi notebooks/composing-folds.fsx
#r "nuget: FunctionalMetrics.FSharp, 0.1.0"
#r "nuget: FunctionalMetrics.IO, 0.1.0"

open FunctionalMetrics.FSharp
open FunctionalMetrics.IO

let batches = MapDataset.Open(__SOURCE_DIRECTORY__ + "/data/brick").Read() |> Seq.map _.Batch

let pixels =
    metrics {
        let! roc = Auroc.pixels
        and! precision = AveragePrecision.pixels
        and! pro = Aupro.fold 0.3
        and! best = OptimalF1.pixels
        return roc.Area, precision.Value, pro.Area, best.F1
    }

match Seq.metrics pixels batches with
| Ok(auroc, precision, aupro, f1) -> printfn $"AUROC {auroc}\naverage precision {precision}\nAUPRO {aupro}\noptimal F1 {f1}"
| Error reasons -> printfn $"{reasons}"

printfn $"{pixels.States} state kept"

// Five blurred images and none that is untouched: AUROC of images has no answer, and AUPRO of their pixels has.
let images = Auroc.fold |> Fold.premap MapBatch.images |> Fold.map _.Area

let kept =
    metrics {
        let! image = Fold.attempt images
        and! pro = Aupro.fold 0.3

        return
            (match image with
             | Ok area -> string area
             | Error reasons -> reasons.Head.Reason),
            pro.Area
    }

match batches |> Seq.take 5 |> Seq.metrics kept with
| Ok(image, aupro) -> printfn $"{image}\nAUPRO {aupro}"
| Error reasons -> printfn $"{reasons}"
