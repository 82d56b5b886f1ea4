namespace FunctionalMetrics.FSharp.Tests

open FsCheck
open FsCheck.FSharp
open FunctionalMetrics.FSharp

/// What every metric's module has.
type MetricModule<'Batch, 'State, 'Result> =
    {
        Name: string
        Empty: 'State
        Update: 'State -> 'Batch -> 'State
        Merge: 'State -> 'State -> 'State
        Compute: 'State -> Result<'Result, Problem list>
        Fold: Fold<'Batch, 'Result>
    }

/// A metric with its laws, its types forgotten.
type LawCase =
    {
        Name: string
        Laws: Map<string, Property>
    }

module LawCase =
    let private ofModule (batch: Gen<'Batch>) (metric: MetricModule<'Batch, 'State, 'Result>) : LawCase =
        let states = Seq.fold metric.Update metric.Empty
        let one = batch |> Gen.listOf |> Gen.resize 4
        let shuffled = one |> Gen.bind (fun batches -> Gen.shuffle batches |> Gen.map (fun other -> batches, List.ofArray other))
        let forAll gen law = Prop.forAll (Arb.fromGen gen) law

        {
            Name = metric.Name
            Laws =
                Map
                    [
                        "empty is the identity of merge",
                        forAll one (fun batches ->
                            let state = states batches
                            metric.Merge metric.Empty state = state && metric.Merge state metric.Empty = state)

                        "merge is associative and commutative",
                        forAll (Gen.three one) (fun (a, b, c) ->
                            let a, b, c = states a, states b, states c
                            let left, right = metric.Merge (metric.Merge a b) c, metric.Merge c (metric.Merge b a)
                            left = right && metric.Compute left = metric.Compute right)

                        "update merges the state of a batch",
                        forAll (Gen.zip one batch) (fun (batches, batch) ->
                            let state = states batches
                            metric.Update state batch = metric.Merge state (metric.Update metric.Empty batch))

                        "neither order nor shards count",
                        forAll (Gen.zip shuffled (Gen.choose (0, 4))) (fun ((batches, other), cut) ->
                            let left, right = List.splitAt (min cut other.Length) other
                            metric.Compute(states batches) = metric.Compute(metric.Merge (states left) (states right)))

                        "a fold gives what compute gives",
                        forAll one (fun batches -> Fold.run metric.Fold batches = (states batches |> metric.Compute))

                        "older states keep their answers",
                        forAll (Gen.zip one one) (fun (batches, more) ->
                            let state = states batches
                            let before = metric.Compute state
                            more |> List.fold metric.Update state |> metric.Compute |> ignore
                            metric.Compute state = before)
                    ]
        }

    let ofScoreBatch metric = ofModule Samples.scoreBatch metric

    let ofMapBatch metric = ofModule Samples.mapBatch metric

    let ofDefectBatch metric = ofModule Samples.defectBatch metric

    let ofScores metric = ofModule Samples.scores metric

    let ofMaps metric = ofModule Samples.maps metric
