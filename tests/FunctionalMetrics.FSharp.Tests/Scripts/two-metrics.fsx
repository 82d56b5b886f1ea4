// dotnet fsi -I:src/FunctionalMetrics.FSharp/bin/Debug/net10.0 two-metrics.fsx
#r "FunctionalMetrics.FSharp.dll"
open FunctionalMetrics.FSharp

let map = array2D [ [ 0.1; 0.9 ]; [ 0.2; 0.4 ] ]
let mask = array2D [ [ false; true ]; [ false; false ] ]

let both =
    metrics {
        let! roc = Auroc.pixels
        and! pro = Aupro.fold 0.3
        return roc.Area, pro.Area
    }

match MapBatch.ofArray2D (map, mask) |> Result.bind (fun batch -> Seq.metrics both [ batch ]) with
| Ok(auroc, aupro) -> printfn $"AUROC {auroc}, AUPRO {aupro}, states {both.States}"
| Error problems -> printfn $"{problems}"
