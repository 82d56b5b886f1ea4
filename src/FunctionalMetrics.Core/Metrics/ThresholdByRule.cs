using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// The threshold that a rule gives, of n scores and labels (or of N x H x W pixels), in the units of the scores: chosen on validation data, to be applied to
/// other data. Several rules need normal rows alone.
/// <para>Formula: <see cref="RuleForm.All"/> has that of each rule, such as the lowest score with fp &lt;= 0.01 N of <c>max-fpr:0.01</c>.</para>
/// <para>
/// Undefined where a class that the rule needs is missing, and where the rule has no threshold for the data. Fails with <see cref="UnknownRule"/> and
/// <see cref="OutOfRange"/> for a text that is no rule, and with <see cref="NotOfPixels"/> for conformal prediction of pixels.
/// </para>
/// <para>Source: scikit-learn's <c>precision_recall_curve</c> and <c>roc_curve</c>, numpy's <c>quantile</c>, MVTec AD 2's rule of 3 sigma, split conformal prediction.</para>
/// </summary>
public static class ThresholdByRule
{
    /// <summary>The metric of the rule f1; its result is the threshold with what it reaches.</summary>
    public static Metric<ScoreBatch, RankState, Threshold> Metric { get; } = Of();

    /// <summary>The metric of another rule. All share one state.</summary>
    /// <param name="rule">The rule, such as <c>max-fpr:0.01</c>, <c>cost:10:1:0.02</c> or <c>sigma:3</c>; otherwise every result says which there are.</param>
    /// <param name="lowerIsAnomalous">Whether the batches hold negated scores, since low ones are the anomalous ones; the threshold is then that of the scores as given.</param>
    public static Metric<ScoreBatch, RankState, Threshold> Of(string rule = "f1", bool lowerIsAnomalous = false)
    {
        var parsed = RuleForm.Parse(rule);
        return new($"threshold by {rule}", Option<bool>.None, RankState.State, state => At(state, Levels.Image))
        {
            OfPixels = state => At(state, Levels.Pixel),
        };

        Fin<Threshold> At(RankState state, string level) => parsed.Bind(chosen => Threshold.Choose(chosen, state, level, lowerIsAnomalous));
    }
}
