namespace FunctionalMetrics.FSharp

open System
open System.Numerics.Tensors
open FunctionalMetrics.Core

/// Arrays and tensors as Core wants to see them: a flat run of values and a shape.
module internal Views =
    let both (first: Result<'A, 'E list>) (second: Result<'B, 'E list>) : Result<'A * 'B, 'E list> =
        match first, second with
        | Ok first, Ok second -> Ok(first, second)
        | Error first, Error second -> Error(first @ second)
        | Error errors, Ok _
        | Ok _, Error errors -> Error errors

    let private values (tensor: ReadOnlyTensorSpan<'T>) : 'T[] =
        let values = Array.zeroCreate (Checked.int tensor.FlattenedLength)
        tensor.FlattenTo(Span values)
        values

    /// The values of a tensor of one dimension.
    let row (field: string) (tensor: ReadOnlyTensorSpan<'T>) : Result<'T[], Problem list> =
        if tensor.Rank = 1 then
            Ok(values tensor)
        else
            Error [ Convert.fault (Fault.WrongRank(field, tensor.Rank, "(n)")) ]

    let rows (scores: ReadOnlyTensorSpan<'T>) (labels: ReadOnlyTensorSpan<bool>) : Result<'T[] * bool[], Problem list> =
        both (row "scores" scores) (row "labels" labels)

    /// The values and the shape of a tensor of maps or masks: one image, N of them, or N with one channel.
    let images (field: string) (tensor: ReadOnlyTensorSpan<'T>) : Result<'T[] * MapShape, Problem list> =
        let lengths = tensor.Lengths.ToArray() |> Array.map Checked.int

        match lengths with
        | [| height; width |] -> Ok(values tensor, MapShape(1, height, width))
        | [| count; height; width |]
        | [| count; 1; height; width |] -> Ok(values tensor, MapShape(count, height, width))
        | _ -> Error [ Convert.fault (Fault.WrongRank(field, lengths.Length, "(H, W), (N, H, W) or (N, 1, H, W)")) ]
