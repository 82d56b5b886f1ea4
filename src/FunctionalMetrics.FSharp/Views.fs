namespace FunctionalMetrics.FSharp

open System
open System.Numerics.Tensors
open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open LanguageExt

/// Arrays and tensors as Core wants to see them: a flat run of values and a shape.
module internal Views =
    let result (batch: Validation<Fault, 'Batch>) : Result<'Batch, Fault list> = Convert.validation id batch

    /// The values of a rectangular array in place, row by row.
    let flat (values: 'T[,]) : ReadOnlySpan<'T> =
        let first = &MemoryMarshal.GetArrayDataReference(values: Array)
        MemoryMarshal.CreateReadOnlySpan(&Unsafe.As<byte, 'T>(&first), values.Length)

    let shape (values: 'T[,]) : MapShape = MapShape(1, Array2D.length1 values, Array2D.length2 values)

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
    let row (field: string) (tensor: ReadOnlyTensorSpan<'T>) : Result<'T[], Fault list> =
        if tensor.Rank = 1 then
            Ok(values tensor)
        else
            Error [ Fault.WrongRank(field, tensor.Rank, "(n)") ]

    /// The values and the shape of a tensor of maps or masks: one image, N of them, or N with one channel.
    let images (field: string) (tensor: ReadOnlyTensorSpan<'T>) : Result<'T[] * MapShape, Fault list> =
        let lengths = tensor.Lengths.ToArray() |> Array.map Checked.int

        match lengths with
        | [| height; width |] -> Ok(values tensor, MapShape(1, height, width))
        | [| count; height; width |]
        | [| count; 1; height; width |] -> Ok(values tensor, MapShape(count, height, width))
        | _ -> Error [ Fault.WrongRank(field, lengths.Length, "(H, W), (N, H, W) or (N, 1, H, W)") ]
