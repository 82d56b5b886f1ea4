#r "FunctionalMetrics.FSharp.dll"
open FunctionalMetrics.FSharp

let batch = ScoreBatch.create ([| 0.1; 0.4; 0.35; 0.8 |], [| false; false; true; true |])

let both =
    metrics {
        let! all = SpecificityAtRecall.fold SpecificityAtRecall.Default.recall
        and! half = SpecificityAtRecall.rows 0.5
        return all.Value, half.Value, half.Counts.Recall
    }

printfn $"%A{batch |> Result.map (fun batch -> Seq.metrics both [ batch ])}"
