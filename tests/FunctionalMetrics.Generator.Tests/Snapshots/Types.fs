// Generated from the compiled core; changes belong there or in the templates.
namespace FunctionalMetrics.FSharp

/// <summary></summary>
type MapBatch = FunctionalMetrics.Core.MapBatch

/// <summary></summary>
type Maps = FunctionalMetrics.Core.Maps

/// <summary></summary>
type ScoreBatch = FunctionalMetrics.Core.ScoreBatch

/// <summary></summary>
type Scores = FunctionalMetrics.Core.Scores

/// <summary></summary>
type BoundedRankState = FunctionalMetrics.Core.BoundedRankState

/// <summary>How many scores were seen.</summary>
type CountState = Fixtures.CountState

/// <summary></summary>
type RankState = FunctionalMetrics.Core.RankState

/// <summary>Two numbers.</summary>
type Bounds = Fixtures.Bounds

/// <summary>Parts of a share, by name.</summary>
[<Sealed; AllowNullLiteral(false); StructuredFormatDisplay("{Display}")>]
type ShareParts internal (core: Fixtures.ShareParts) =

    /// <summary>The names.</summary>
    member _.Names: string list = core.Names |> Convert.list id

    /// <summary>Between which two it lies.</summary>
    member _.Bounds: Bounds = core.Bounds

    /// <summary>Another.</summary>
    member _.Other: float option = core.Other |> Convert.option id

    /// <summary>A rate.</summary>
    member _.Rate: Result<float, Problem list> = core.Rate |> Convert.result id

    /// <summary>The same value as Core has it, for C# libraries; where one is asked for, it is given of itself.</summary>
    member _.Core: Fixtures.ShareParts = core

    /// <summary>The value as Core has it.</summary>
    static member op_Implicit(value: ShareParts) : Fixtures.ShareParts = value.Core

    /// <summary>Whether the other is one of equal parts.</summary>
    override _.Equals(other) =
        match other with
        | :? ShareParts as other -> core.Equals other.Core
        | _ -> false

    /// <summary>Equal for equal values.</summary>
    override _.GetHashCode() = core.GetHashCode()

    member internal self.Display = string self

    /// <summary>Its numbers, as text.</summary>
    override self.ToString() = Convert.display "ShareParts" [ "Other", box self.Other; "Rate", box self.Rate ]

/// <summary>A result that no other language needs a form of its own for.</summary>
type Plain = Fixtures.Plain

/// <summary>A share. Compared by value.</summary>
[<Sealed; AllowNullLiteral(false); StructuredFormatDisplay("{Display}")>]
type ShareResult internal (core: Fixtures.ShareResult) =

    /// <summary>The share itself.</summary>
    member _.Value: float = core.Value

    /// <summary>How many digits it is shown with.</summary>
    member _.Digits: int = core.Digits

    /// <summary>Between which values it lies, where that is known.</summary>
    member _.Range: (float * float) option = core.Range |> Convert.option (fun struct (a, b) -> a, b)

    /// <summary>What it is made of.</summary>
    member _.Parts: ShareParts = core.Parts |> ShareParts

    /// <summary>The share as it would be with more rows. Fails with an <c>OutOfRange</c> for fewer.</summary>
    /// <param name="rows">How many more.</param>
    /// <param name="anomalous">How many of those are anomalous.</param>
    member _.After(rows: int64, anomalous: int64) : Result<ShareResult, Problem list> = core.After(rows, anomalous) |> Convert.result ShareResult

    /// <summary>The plain form.</summary>
    member _.Plain() : Plain = core.Plain()

    /// <summary>The same value as Core has it, for C# libraries; where one is asked for, it is given of itself.</summary>
    member _.Core: Fixtures.ShareResult = core

    /// <summary>The value as Core has it.</summary>
    static member op_Implicit(value: ShareResult) : Fixtures.ShareResult = value.Core

    /// <summary>Whether the other is one of equal parts.</summary>
    override _.Equals(other) =
        match other with
        | :? ShareResult as other -> core.Equals other.Core
        | _ -> false

    /// <summary>Equal for equal values.</summary>
    override _.GetHashCode() = core.GetHashCode()

    member internal self.Display = string self

    /// <summary>Its numbers, as text.</summary>
    override self.ToString() = Convert.display "ShareResult" [ "Value", box self.Value; "Digits", box self.Digits; "Parts", box self.Parts ]
