namespace FunctionalMetrics.FSharp

open System

/// <summary>Questions to a rank state.</summary>
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module RankState =
    /// <summary>tp, fp, fn and tn when scores of at least the threshold are called anomalous.</summary>
    let at (threshold: float) (state: RankState) : ConfusionMatrix = ConfusionMatrix(state.At threshold)

    /// <summary>The same at many thresholds, in one pass over the scores and in the order of the thresholds.</summary>
    let atEach (thresholds: float[]) (state: RankState) : ConfusionMatrix[] = state.At(ReadOnlySpan thresholds) |> Array.map ConfusionMatrix

/// <summary>tp, fp, fn and tn when scores of at least a threshold are called anomalous, as folds: they share the state of the metrics of rows.</summary>
[<RequireQualifiedAccess>]
module Counts =
    let private at (threshold: float) =
        FunctionalMetrics.Core.Metric(
            "counts",
            LanguageExt.Option.None,
            RankState.State,
            fun state -> LanguageExt.Fin.Succ(state.At threshold)
        )

    /// <summary>Of labelled rows.</summary>
    let fold (threshold: float) : Fold<ScoreBatch, ConfusionMatrix> = at threshold |> Fold.ofMetric |> Fold.map ConfusionMatrix

    /// <summary>Of the pixels of maps.</summary>
    let pixels (threshold: float) : Fold<MapBatch, ConfusionMatrix> =
        FunctionalMetrics.Core.Levels.Pixels(at threshold) |> Fold.ofMetric |> Fold.map ConfusionMatrix

/// <summary>Questions to an extrema state.</summary>
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module ExtremaState =
    /// <summary>The smallest and the largest score; none before any score.</summary>
    let range (state: ExtremaState) : (float * float) option = state.Range |> Convert.option (fun struct (min, max) -> min, max)
