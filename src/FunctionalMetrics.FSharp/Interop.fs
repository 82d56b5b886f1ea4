namespace FunctionalMetrics.FSharp

/// <summary>For the C# libraries of this house, whose answers are LanguageExt's: their F# forms.</summary>
[<RequireQualifiedAccess>]
module Interop =
    /// <summary>A value that may be absent.</summary>
    let option (value: LanguageExt.Option<'T>) : 'T option = Convert.option id value

    /// <summary>A value, or the sentence that says why there is none.</summary>
    let result (value: LanguageExt.Fin<'T>) : Result<'T, string> =
        value.Match((fun success -> Ok success), (fun (failure: LanguageExt.Common.Error) -> Error failure.Message))

    /// <summary>A value, or all that was wrong.</summary>
    let validation (value: LanguageExt.Validation<'Fault, 'T>) : Result<'T, 'Fault list> = Convert.validation id value
