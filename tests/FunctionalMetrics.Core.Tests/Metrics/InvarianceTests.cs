using FunctionalMetrics.Laws;
using LanguageExt.Common;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Laws 4 and 5 of METRICS.md: what a change of the data leaves unchanged, bit for bit.</summary>
public class InvarianceTests
{
    public static TheoryData<string> Ranking => MetricCatalog.Ranking;

    [Trait("Category", "Slow")]
    [Theory, MemberData(nameof(Ranking))]
    public void A_strictly_increasing_transform_moves_the_thresholds_and_nothing_else(string name) =>
        ForAll.Samples(
            (sample, seed) =>
            {
                var metric = MetricCatalog.Named(name);
                if (metric.Result(sample) is Error or AdaptiveThresholdResult { IsDefault: true } or RatesAtThresholdResult or Threshold)
                    return;
                var transform = Increasing.On(sample, new Choices(seed));
                var (before, after) = (metric.Answer(sample).Entries, metric.Answer(sample.Map(transform.Apply)).Entries);
                Assert.Equal(before.Count, after.Count);
                foreach (var (old, now) in before.Zip(after).Where(pair => !IsRange(pair.Item1)))
                    if (old.IsThreshold && double.IsFinite(old.Number))
                        Same.Bits(transform.Apply(old.Number), now.Number, $"{old.Path}[{old.Index}]");
                    else
                        Assert.Equal(old, now);
            }
        );

    [Trait("Category", "Slow")]
    [Theory, MemberData(nameof(Ranking))]
    public void Duplicating_every_row_or_image_leaves_every_number_but_the_counts(string name) =>
        ForAll.Samples(
            (sample, _) =>
            {
                var metric = MetricCatalog.Named(name);
                // The highest n rows are others among twice as many; of thresholds ThresholdRuleTests tell.
                if (metric.Result(sample) is Error or Threshold || metric.Declared == "precision at n")
                    return;
                Assert.Equal(Numbers(metric.Answer(sample)), Numbers(metric.Answer(sample.Duplicated)));
            }
        );

    [Fact]
    public void Duplicating_every_score_or_map_leaves_the_mean_of_the_logarithms() =>
        ForAll.Samples(
            (sample, _) =>
            {
                foreach (var metric in MetricCatalog.All.Where(metric => metric.State == typeof(LogMomentState)))
                    if (metric.Result(sample) is not Error)
                        Assert.Equal(Means(metric.Answer(sample)), Means(metric.Answer(sample.Duplicated)));
            }
        );

    [Fact]
    public void Changing_every_label_and_every_sign_are_the_same_to_AUROC() =>
        ForAll.Samples(
            (sample, _) =>
            {
                foreach (var metric in MetricCatalog.All.Where(metric => metric.Declared == "AUROC"))
                    if (metric.Result(sample) is RocCurve roc && metric.Result(sample.Flipped) is RocCurve flipped)
                    {
                        Same.Bits(flipped.Area, ((RocCurve)metric.Result(sample.Map(score => -score))).Area);
                        Same.WithinUlp(1, roc.Area + flipped.Area, "the sum");
                    }
            }
        );

    [Fact]
    public void Constant_scores_have_an_AUROC_of_one_half() =>
        ForAll.Samples(
            (sample, seed) =>
            {
                foreach (var metric in MetricCatalog.All.Where(metric => metric.Declared == "AUROC"))
                    if (metric.Result(sample.Map(_ => seed)) is RocCurve roc)
                        Same.Bits(0.5, roc.Area);
            }
        );

    private static bool IsRange(Fingerprint.Entry entry) => entry.Path.Contains("Range");

    private static IEnumerable<Fingerprint.Entry> Numbers(Fingerprint print) => print.Entries.Where(entry => entry.Text is null);

    private static IEnumerable<Fingerprint.Entry> Means(Fingerprint print) => print.Entries.Where(entry => entry.Path.EndsWith("Mean"));
}
