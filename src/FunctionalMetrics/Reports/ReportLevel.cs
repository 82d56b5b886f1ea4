using FunctionalMetrics.Core;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics;

/// <summary>
/// One level of an evaluation: what was seen, and with which parameters to judge it. Every number and chart of the level is computed from
/// these; what is undefined for them shows its reason. Immutable.
/// </summary>
/// <param name="Title">The heading: "Image level".</param>
/// <param name="Rows">What one row is, in the plural: "images".</param>
/// <param name="State">The scores of each class.</param>
public sealed record ReportLevel(string Title, string Rows, RankState State)
{
    /// <summary>The regions, where rows are pixels of maps; they bring the PRO curve.</summary>
    public Option<RegionState> Regions { get; init; }

    /// <summary>The false positive rate at which the PRO curve ends.</summary>
    public double FprLimit { get; init; } = Aupro.DefaultLimit;

    /// <summary>The threshold to take where there is no anomalous row to choose it by.</summary>
    public double DefaultThreshold { get; init; } = AdaptiveThreshold.DefaultValue;

    /// <summary>
    /// Whether the state was made of negated scores, since low ones are the anomalous ones. Tables and charts show the scores as they were.
    /// </summary>
    public bool LowerIsAnomalous { get; init; }

    /// <summary>Rows of labelled scores.</summary>
    public static ReportLevel OfScores(RankState state) => new("Scores", "rows", state);

    /// <summary>One score for each image.</summary>
    public static ReportLevel OfImages(RankState state) => new("Image level", "images", state);

    /// <summary>The pixels of anomaly maps, and the regions of their masks.</summary>
    public static ReportLevel OfPixels(RegionState state) => new("Pixel level", "pixels", state.Rank) { Regions = state };

    /// <summary>From a score as it was ranked to the score as it was.</summary>
    internal double Own(double ranked) => LowerIsAnomalous ? 0 - ranked : ranked;

    internal Fin<RocCurve> Roc => Auroc.Metric.Compute(State);

    internal Fin<PrecisionRecallCurve> PrecisionRecall => Aupr.Metric.Compute(State);

    internal Fin<double> AveragePrecision => Core.AveragePrecision.Metric.Compute(State).Map(result => result.Value);

    internal Option<Fin<ProCurve>> Pro => Regions.Map(Aupro.UpTo(FprLimit).Compute);

    internal Fin<OptimalF1Result> OptimalF1 => Core.OptimalF1.Metric.Compute(State);

    internal Fin<AdaptiveThresholdResult> Threshold => AdaptiveThreshold.WithDefault(DefaultThreshold).Compute(State);

    internal Fin<RankState> Scores => State.Rows > 0 ? State : new Undefined("the score histogram", Missing.Score, 0);
}
