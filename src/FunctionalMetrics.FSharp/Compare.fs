namespace FunctionalMetrics.FSharp

open FunctionalMetrics.Core
open FunctionalMetrics.Statistics

/// <summary>A number of two models with what may be said of its difference, a - b. What has no value has its reason.</summary>
[<NoComparison; NoEquality>]
type ComparedNumber =
    {
        /// <summary>image (also of rows), or pixel.</summary>
        Level: string
        /// <summary>The number's key in the JSON of an evaluation, such as auroc; aupimo; or decisions, the share that is decided rightly.</summary>
        Metric: string
        /// <summary>The one model.</summary>
        A: string
        /// <summary>The other.</summary>
        B: string
        /// <summary>Where interval and p come from: delong, clustered, bootstrap, wilcoxon or mcnemar.</summary>
        Method: string
        /// <summary>The number of the one.</summary>
        ValueOfA: Result<float, Problem list>
        /// <summary>The number of the other.</summary>
        ValueOfB: Result<float, Problem list>
        /// <summary>a - b.</summary>
        Difference: Result<float, Problem list>
        /// <summary>Lower and upper end of the interval of the difference; None where the test has none.</summary>
        Interval: Result<float * float, Problem list> option
        /// <summary>The chance of a difference as large, either way, were there none.</summary>
        P: Result<float, Problem list>
        /// <summary>The same with Holm's correction over all pairs of models; None for two models.</summary>
        PHolm: float option
        /// <summary>Whether the two are equivalent within the margin, and the larger of the two one-sided p; None without a margin.</summary>
        Equivalence: Result<bool * float, Problem list> option
        /// <summary>What the two decide differently at their thresholds, with the model that is right.</summary>
        Flipped: (string * string) list
        /// <summary>In words what may be said; never that one is ahead where the interval holds 0.</summary>
        Verdict: string
    }

/// <summary>
/// Models side by side on the same rows or images: differences with intervals and tests, and what flips. AUROC of rows and images by DeLong, that of pixels clustered by image, other numbers by
/// the image bootstrap, AUPIMO by Wilcoxon, decisions at a threshold of each model by McNemar.
/// <code>
/// Compare.images Compare.usual [ "PaDiM", padim; "PatchCore", patchcore ]
/// |> Result.map (Compare.numbers >> List.map (fun number -> number.Metric, number.Verdict))
/// </code>
/// </summary>
[<RequireQualifiedAccess>]
module Compare =
    /// <summary>95% intervals, 2,000 draws from seed 0, no margin, no threshold. Others: <c>ComparisonRules(Margin = 0.01, Seed = 1UL)</c>.</summary>
    let usual: ComparisonRules = ComparisonRules()

    /// <summary>Models that scored the same rows, each with a score for each label; true is anomalous.</summary>
    let rows (rules: ComparisonRules) (labels: bool[]) (models: seq<string * float[]>) : Result<Comparison, Problem list> =
        let names, scores = models |> Array.ofSeq |> Array.unzip

        PairedRows.Create(labels, scores)
        |> Convert.batch
        |> Result.bind (fun rows -> Comparison.OfRows(names, rows, rules) |> Convert.result id)

    let private paired (models: seq<string * ImageState>) = [| for name, images in models -> struct (name, images) |]

    /// <summary>Models that mapped the same images, which are matched by name: states of <c>Aupimo</c>, folded over batches of <c>MapBatch.named</c>.</summary>
    let images (rules: ComparisonRules) (models: seq<string * ImageState>) : Result<Comparison, Problem list> =
        Comparison.OfImages(paired models, rules) |> Convert.result id

    /// <summary>The same models on several categories: each by itself, and the unweighted means, with images drawn within class and category.</summary>
    let categories
        (rules: ComparisonRules)
        (categories: seq<string * seq<string * ImageState>>)
        : Result<CategoryComparison, Problem list> =
        let rec compared number rest =
            match rest with
            | [] -> Ok []
            | (name, models) :: others ->
                Comparison.OfCategory(name, number, paired models, rules)
                |> Convert.result id
                |> Result.bind (fun first -> compared (number + 1) others |> Result.map (fun more -> first :: more))

        categories |> List.ofSeq |> compared 0 |> Result.bind (fun all -> CategoryComparison.Of(Array.ofList all) |> Convert.result id)

    /// <summary>Each number of each pair of models.</summary>
    let numbers (comparison: Comparison) : ComparedNumber list =
        [
            for pair in comparison.Pairs ->
                {
                    Level = pair.Level
                    Metric = pair.Metric
                    A = pair.A
                    B = pair.B
                    Method = pair.Method
                    ValueOfA = Convert.result id pair.ValueOfA
                    ValueOfB = Convert.result id pair.ValueOfB
                    Difference = Convert.result id pair.Difference
                    Interval = pair.Interval |> Convert.option (Convert.result (fun ends -> ends.Lower, ends.Upper))
                    P = Convert.result id pair.P
                    PHolm = Convert.option id pair.PHolm
                    Equivalence = pair.Equivalence |> Convert.option (Convert.result (fun test -> test.Holds, test.P))
                    Flipped = [ for flip in pair.Flipped -> flip.Name, flip.Right ]
                    Verdict = pair.Verdict
                }
        ]
