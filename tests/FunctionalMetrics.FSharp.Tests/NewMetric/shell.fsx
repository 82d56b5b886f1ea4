#r "FunctionalMetrics.FSharp.dll"
#r "FunctionalMetrics.Core.dll"
#r "FunctionalMetrics.dll"
#r "LanguageExt.Core.dll"

open FunctionalMetrics
open FunctionalMetrics.FSharp

let batch = ScoreBatch.create ([| 0.1; 0.4; 0.35; 0.8 |], [| false; false; true; true |]) |> Result.defaultWith (failwithf "%A")

let seen = SpecificityAtRecallMetric().Update batch
let half = Evaluator([ SpecificityAtRecallMetric(recall = 0.5).As "half" ]).UpdateImages(batch).Compute()["image_half"]
printfn $"{seen.Name} {seen.Compute()}, merged {(seen + seen).Compute()}, evaluated {half}"
