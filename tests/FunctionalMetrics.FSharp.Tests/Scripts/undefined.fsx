#r "FunctionalMetrics.FSharp.dll"
open FunctionalMetrics.FSharp

let batch = ScoreBatch.create ([| 0.1; 0.4 |], [| false; false |])

match batch |> Result.map (Auroc.update Auroc.empty) |> Result.bind Auroc.compute with
| Ok roc -> printfn $"{roc}"
| Error [ Undefined(metric, missing, rows) ] -> printfn $"{metric} lacks {missing} after {rows} rows"
| other -> printfn $"{other}"
