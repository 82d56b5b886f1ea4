// Generated from the compiled core; changes belong there or in the templates.
namespace FunctionalMetrics.FSharp

/// <summary>
/// Patterns for the kinds of problems; each takes the parts of one. Every problem also has its sentence, its <c>Reason</c>.
/// </summary>
[<AutoOpen>]
module Errors =

    /// <summary>It is too early; see <c>Count</c>.</summary>
    /// <returns>Metric, Seen.</returns>
    [<return: Struct>]
    let (|TooEarly|_|) (problem: Problem) =
        match problem.Core with
        | :? Fixtures.TooEarly as found -> ValueSome(found.Metric, found.Seen |> Convert.list (fun struct (a, b) -> a, b))
        | _ -> ValueNone
