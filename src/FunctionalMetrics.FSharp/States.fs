namespace FunctionalMetrics.FSharp

open System

/// <summary>Questions to a rank state.</summary>
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module RankState =
    /// <summary>tp, fp, fn and tn when scores of at least the threshold are called anomalous.</summary>
    let at (threshold: float) (state: RankState) : ConfusionMatrix = ConfusionMatrix(state.At threshold)

    /// <summary>The same at many thresholds, in one pass over the scores and in the order of the thresholds.</summary>
    let atEach (thresholds: float[]) (state: RankState) : ConfusionMatrix[] = state.At(ReadOnlySpan thresholds) |> Array.map ConfusionMatrix

/// <summary>Questions to an extrema state.</summary>
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module ExtremaState =
    /// <summary>The smallest and the largest score; none before any score.</summary>
    let range (state: ExtremaState) : (float * float) option = state.Range |> Convert.option (fun struct (min, max) -> min, max)
