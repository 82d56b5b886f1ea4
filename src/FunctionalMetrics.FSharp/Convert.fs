namespace FunctionalMetrics.FSharp

open System
open System.Globalization

/// <summary>
/// What stands between values and a number: a fault of the values that a batch was to be made from, or the reason why a metric is undefined. All
/// functions of this library that can fail give a list of these, so <c>Result.bind</c> goes from batch to number; the patterns in <c>Errors</c> tell them apart.
/// </summary>
[<NoComparison; StructuredFormatDisplay("{Reason}")>]
type Problem =
    {
        /// <summary>The core's own MetricError or Fault, for C# libraries.</summary>
        Core: obj
        /// <summary>A sentence for people.</summary>
        Reason: string
    }

    /// <summary>The sentence.</summary>
    override problem.ToString() = problem.Reason

/// <summary>What a metric needs and did not see.</summary>
type Missing = FunctionalMetrics.Core.Missing

/// <summary>The shape (N, H, W) of maps or masks: N images of H rows and W columns, stored row by row.</summary>
type MapShape = FunctionalMetrics.Core.MapShape

/// <summary>A defect of an image: which pixels it covers, and how many of them must be found until it counts as found in whole.</summary>
type Defect = FunctionalMetrics.Core.Defect

/// <summary>How much of a defect must be found until it counts as found in whole: so many pixels, or a share of its area.</summary>
type SaturationThreshold = FunctionalMetrics.Core.SaturationThreshold

/// LanguageExt's types end here. An Option is read as a sequence: its Match throws when F#'s None, which is null, comes out.
module internal Convert =
    let option (convert: 'T -> 'U) (value: LanguageExt.Option<'T>) : 'U option = value |> Seq.tryHead |> Option.map convert

    let toOption (value: 'T option) : LanguageExt.Option<'T> =
        value |> Option.map LanguageExt.Prelude.Some |> Option.defaultValue LanguageExt.Option<'T>.None

    let list (convert: 'T -> 'U) (values: seq<'T>) : 'U list = values |> Seq.map convert |> List.ofSeq

    /// Core gives no other errors than these. One from elsewhere, in a metric that somebody else made, is not swallowed.
    let error (error: LanguageExt.Common.Error) : Problem =
        match error with
        | :? FunctionalMetrics.Core.MetricError as known -> { Core = known; Reason = known.Reason }
        | other -> other.ToException() |> raise

    let fault (fault: FunctionalMetrics.Core.Fault) : Problem = { Core = fault; Reason = fault.Message }

    let result (convert: 'T -> 'U) (value: LanguageExt.Fin<'T>) : Result<'U, Problem list> =
        value.Match((fun success -> Ok(convert success)), (fun failure -> Error [ error failure ]))

    let validation (convert: 'F -> 'E) (value: LanguageExt.Validation<'F, 'T>) : Result<'T, 'E list> =
        value.Match((fun success -> Ok success), (fun failures -> Error(list convert failures)))

    let batch (value: LanguageExt.Validation<FunctionalMetrics.Core.Fault, 'Batch>) : Result<'Batch, Problem list> = validation fault value

    let private text (value: obj | null) =
        match value with
        | null -> "None"
        | :? IFormattable as number -> number.ToString(null, CultureInfo.InvariantCulture)
        | other -> $"%A{other}"

    let display (name: string) (parts: (string * (obj | null)) list) : string =
        let parts = parts |> List.map (fun (part, value) -> $"{part} = {text value}")
        name + " { " + String.Join("; ", parts) + " }"
