namespace FunctionalMetrics.FSharp.Tests

open FsCheck
open FsCheck.FSharp
open FunctionalMetrics.FSharp

module Result =
    let get result =
        match result with
        | Ok value -> value
        | Error error -> failwith $"%A{error}"

    let error result =
        match result with
        | Ok value -> failwith $"%A{value}"
        | Error error -> error

/// Batches small enough to have ties, empty classes and empty batches often.
module Samples =
    let private score: Gen<float> = Gen.choose (0, 12) |> Gen.map (fun n -> float n / 8.0)

    let private label: Gen<bool> = Gen.frequency [ 3, Gen.constant false; 1, Gen.constant true ]

    let scoreBatch: Gen<ScoreBatch> =
        gen {
            let! rows = Gen.zip score label |> Gen.listOf |> Gen.resize 8
            let! wide = Gen.elements [ true; false ]

            return
                if wide then
                    rows |> ScoreBatch.ofSeq |> Result.get
                else
                    rows |> Seq.map (fun (score, label) -> float32 score, label) |> ScoreBatch.ofSeq |> Result.get
        }

    let private shape: Gen<MapShape> =
        gen {
            let! count = Gen.choose (0, 2)
            let! height, width = Gen.elements [ 2, 3; 3, 2; 4, 4 ]
            return MapShape(count, height, width)
        }

    let mapBatch: Gen<MapBatch> =
        gen {
            let! shape = shape
            let! pixels = Gen.zip score label |> Gen.listOfLength (int shape.Pixels)
            return MapBatch.ofSeq (shape, pixels) |> Result.get
        }

    /// A map with up to three defects, which may overlap.
    let defectBatch: Gen<DefectBatch> =
        gen {
            let! height, width = Gen.elements [ 2, 3; 4, 4 ]
            let! pixels = Gen.array2DOfDim height width score

            let! saturation = Gen.elements [ SaturationThreshold.All; SaturationThreshold.Pixels 2L ]

            let! masks = Gen.array2DOfDim height width label |> Gen.listOf |> Gen.resize 3
            let defects = masks |> List.map (fun mask -> Defect.create (mask, saturation))
            return DefectBatch.create (pixels, defects |> List.choose Result.toOption) |> Result.get
        }

    let scores: Gen<Scores> = score |> Gen.listOf |> Gen.resize 8 |> Gen.map (fun scores -> Scores.ofSeq scores |> Result.get)

    let maps: Gen<Maps> = mapBatch |> Gen.map MapBatch.maps
