#r "FunctionalMetrics.FSharp.dll"
open FunctionalMetrics.FSharp

let batch = ScoreBatch.create [| 0.1; 0.4 |] [| false; false |]

match batch |> Result.map (Auroc.update Auroc.empty) |> Result.map Auroc.compute with
| Ok(Ok roc) -> printfn $"{roc}"
| Ok(Error(Undefined(metric, missing, rows))) -> printfn $"{metric} lacks {missing} after {rows} rows"
| other -> printfn $"{other}"
