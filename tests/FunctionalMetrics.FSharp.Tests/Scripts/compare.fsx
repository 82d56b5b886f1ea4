// Two models on the same rows: what may be said of their AUROC.
#r "FunctionalMetrics.FSharp.dll"
#r "FunctionalMetrics.Statistics.dll"

open FunctionalMetrics.FSharp

let labels = [| false; false; false; true; true; true |]
let models = [ "padim", [| 0.1; 0.4; 0.2; 0.3; 0.6; 0.9 |]; "patchcore", [| 0.2; 0.3; 0.5; 0.4; 0.7; 0.8 |] ]

match Compare.rows Compare.usual labels models |> Result.map Compare.numbers with
| Ok(area :: _) -> printfn $"{area.Metric} by {area.Method}: {area.Verdict}"
| other -> printfn $"%A{other}"
