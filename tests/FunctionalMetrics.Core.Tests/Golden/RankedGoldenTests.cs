using System.Globalization;
using System.Text.Json;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The metrics of rows against scikit-learn's values.</summary>
public class RankedGoldenTests
{
    public static TheoryData<string> Cases => GoldenFile.Names("ranked.json");

    [Theory, MemberData(nameof(Cases))]
    public void Rows(string name)
    {
        var golden = GoldenFile.Case("ranked.json", name);
        var batch = Batching.Rows(
            [.. golden.Numbers("scores").Zip(golden.GetProperty("labels").Labels(), (score, label) => new Row(score, label))],
            golden.IsNarrow()
        );
        var state = RankState.Of(batch);
        Ranked(golden, state);
        var roc = Auroc.Metric.Compute(state);
        var limits = golden.GetProperty("partial_auc");
        Assert.Equal(roc.IsFail, limits.ValueKind == JsonValueKind.Null);
        foreach (var limit in roc.IsFail ? [] : limits.EnumerateObject().ToArray())
            Golden.Agrees(
                limit.Value.GetDouble(),
                roc.Bind(curve => curve.PartialArea(double.Parse(limit.Name, CultureInfo.InvariantCulture))),
                $"area to {limit.Name}"
            );
        Assert.Equal(roc.IsFail, golden.IsNull("roc"));
        if (golden.GetProperty("roc") is { ValueKind: JsonValueKind.Object } points)
            Golden.Points((points.Numbers("fpr"), points.Numbers("tpr"), points.Numbers("thresholds")), roc.ThrowIfFail().Points);
        Assert.Equal(batch.Positives == 0, golden.IsNull("pr"));
        if (golden.GetProperty("pr") is { ValueKind: JsonValueKind.Object } pr)
            Golden.Points(
                (pr.Numbers("recall"), pr.Numbers("precision"), pr.Numbers("thresholds")),
                Aupr.Metric.Compute(state).ThrowIfFail().Points
            );
        var range = MinMax.Metric.Run([batch.Scores]);
        Golden.Agrees(golden.Number("min"), range.Map(x => x.Min), "min");
        Golden.Agrees(golden.Number("max"), range.Map(x => x.Max), "max");
        if (OptimalF1.Metric.Compute(state).Case is OptimalF1Result best)
            Assert.Equal(new ConfusionMatrix(Count("tp"), Count("fp"), Count("fn"), Count("tn")), best.Counts);

        long Count(string key) => golden.GetProperty(key).GetInt64();
    }

    /// <summary>What rows and pixels have in common.</summary>
    internal static void Ranked(JsonElement golden, RankState state)
    {
        Golden.Agrees(golden.Number("auroc"), Auroc.Metric.Compute(state).Map(roc => roc.Area), "AUROC");
        Golden.Agrees(golden.Number("aupr"), Aupr.Metric.Compute(state).Map(curve => curve.Area), "AUPR");
        Golden.Agrees(golden.Number("average_precision"), AveragePrecision.Metric.Compute(state).Map(result => result.Value), "AP");
        Golden.Agrees(golden.Number("optimal_f1"), OptimalF1.Metric.Compute(state).Map(best => best.F1), "F1");
        var adaptive = AdaptiveThreshold.Metric.Compute(state).ThrowIfFail();
        Assert.Equal(golden.IsNull("optimal_threshold"), adaptive.IsDefault);
        Same.Bits(golden.Number("optimal_threshold") ?? AdaptiveThreshold.DefaultValue, adaptive.Threshold, "adaptive threshold");
        if (!adaptive.IsDefault)
            Same.Bits(adaptive.Threshold, OptimalF1.Metric.Compute(state).ThrowIfFail().Threshold, "threshold of the optimal F1");
    }
}
