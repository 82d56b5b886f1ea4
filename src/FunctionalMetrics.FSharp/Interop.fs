namespace FunctionalMetrics.FSharp

/// <summary>For the C# libraries of this house, whose answers are LanguageExt's: their F# forms.</summary>
[<RequireQualifiedAccess>]
module Interop =
    /// <summary>A value that may be absent.</summary>
    let option (value: LanguageExt.Option<'T>) : 'T option = Convert.option id value

    /// <summary>A value, or why there is none.</summary>
    let result (value: LanguageExt.Fin<'T>) : Result<'T, Problem list> =
        value.Match(
            (fun success -> Ok success),
            (fun (failure: LanguageExt.Common.Error) ->
                Error
                    [
                        {
                            Core = failure
                            Reason = failure.Message
                        }
                    ])
        )

    /// <summary>A value, or all that was wrong.</summary>
    let validation (value: LanguageExt.Validation<'Fault, 'T>) : Result<'T, 'Fault list> = Convert.validation id value
