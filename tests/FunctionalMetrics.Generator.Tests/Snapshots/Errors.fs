// Generated from the compiled core; changes belong there or in the templates.
namespace FunctionalMetrics.FSharp

/// <summary>
/// Patterns for the kinds of errors; each takes the parts of one. Every error also has its sentence: a MetricError its <c>Reason</c>, a Fault its
/// <c>Message</c>.
/// </summary>
[<AutoOpen>]
module Errors =

    /// <summary>It is too early; see <c>Count</c>.</summary>
    /// <returns>Metric, Seen.</returns>
    [<return: Struct>]
    let (|TooEarly|_|) (error: MetricError) =
        match error with
        | :? Fixtures.TooEarly as found -> ValueSome(found.Metric, found.Seen |> Convert.list (fun struct (a, b) -> a, b))
        | _ -> ValueNone
