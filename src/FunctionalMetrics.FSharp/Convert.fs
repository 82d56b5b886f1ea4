namespace FunctionalMetrics.FSharp

open System
open System.Globalization

/// <summary>Why a metric has no value; see the patterns in <c>Errors</c>. <c>Reason</c> is a sentence for people.</summary>
type MetricError = FunctionalMetrics.Core.MetricError

/// <summary>What a metric needs and did not see.</summary>
type Missing = FunctionalMetrics.Core.Missing

/// <summary>
/// What was wrong with the values that a batch was to be made from, and where; see the patterns in <c>Errors</c>. <c>Message</c> is a sentence
/// for people.
/// </summary>
type Fault = FunctionalMetrics.Core.Fault

/// <summary>The shape (N, H, W) of maps or masks: N images of H rows and W columns, stored row by row.</summary>
type MapShape = FunctionalMetrics.Core.MapShape

/// LanguageExt's types end here. An Option is read as a sequence: its Match throws when F#'s None, which is null, comes out.
module internal Convert =
    let option (convert: 'T -> 'U) (value: LanguageExt.Option<'T>) : 'U option = value |> Seq.tryHead |> Option.map convert

    let list (convert: 'T -> 'U) (values: seq<'T>) : 'U list = values |> Seq.map convert |> List.ofSeq

    /// Core gives no other errors than these. One from elsewhere, in a metric that somebody else made, is not swallowed.
    let error (error: LanguageExt.Common.Error) : MetricError =
        match error with
        | :? MetricError as known -> known
        | other -> other.ToException() |> raise

    let result (convert: 'T -> 'U) (value: LanguageExt.Fin<'T>) : Result<'U, MetricError> =
        value.Match((fun success -> Ok(convert success)), (fun failure -> Error(error failure)))

    let validation (convert: 'F -> 'E) (value: LanguageExt.Validation<'F, 'T>) : Result<'T, 'E list> =
        value.Match((fun success -> Ok success), (fun failures -> Error(list convert failures)))

    let private text (value: objnull) =
        match value with
        | null -> "None"
        | :? IFormattable as number -> number.ToString(null, CultureInfo.InvariantCulture)
        | other -> $"%A{other}"

    let display (name: string) (parts: (string * objnull) list) : string =
        let parts = parts |> List.map (fun (part, value) -> $"{part} = {text value}")
        name + " { " + String.Join("; ", parts) + " }"
