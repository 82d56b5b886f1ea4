namespace FunctionalMetrics.FSharp

/// <summary>What <c>metrics { }</c> is made of: applicative only, so that all parts read the same batches in one pass.</summary>
[<Sealed>]
type MetricsBuilder internal () =

    /// <summary>The last line: the result made from those of the parts.</summary>
    member _.BindReturn(fold: Fold<'Batch, 'Result>, present: 'Result -> 'Presented) : Fold<'Batch, 'Presented> = Fold.map present fold

    /// <summary>Two parts in one pass; states of the same kind are kept once.</summary>
    member _.MergeSources(first: Fold<'Batch, 'First>, second: Fold<'Batch, 'Second>) : Fold<'Batch, 'First * 'Second> =
        Fold.zip first second

/// <summary>Where <c>metrics { }</c> comes from.</summary>
[<AutoOpen>]
module Builder =
    /// <summary>
    /// Several metrics in one pass, with the states they share kept once:
    /// <code>
    /// metrics {
    ///     let! roc = Auroc.fold
    ///     and! best = OptimalF1.fold
    ///     return roc.Area, best.Threshold
    /// }
    /// </code>
    /// </summary>
    let metrics = MetricsBuilder()
