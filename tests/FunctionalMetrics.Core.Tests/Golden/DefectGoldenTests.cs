using System.Globalization;
using System.Text.Json;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Saturation areas, sPRO and AU-sPRO against exact values; the first case is that of MVTec LOCO's own script.</summary>
public class DefectGoldenTests
{
    public static TheoryData<string> Cases => GoldenFile.Names("defects.json");

    [Theory, MemberData(nameof(Cases))]
    public void Maps_and_defects(string name)
    {
        var golden = GoldenFile.Case("defects.json", name);
        var batch = Batch(golden);
        Assert.Equal(golden.Numbers("areas"), batch.Defects.Map(defect => (double)defect.SaturationArea));
        var state = SaturatedRegionState.Of(batch);
        var whole = AuSpro.UpTo(1).Compute(state);
        Assert.Equal(golden.IsNull("au_spro"), whole.IsFail);
        if (whole.IsFail)
        {
            Golden.Agrees(null, whole.Map(curve => curve.Area), "AU-sPRO");
            return;
        }
        foreach (var limit in golden.GetProperty("au_spro").EnumerateObject())
            Golden.Agrees(
                limit.Value.GetDouble(),
                AuSpro.UpTo(double.Parse(limit.Name, CultureInfo.InvariantCulture)).Compute(state).Map(spro => spro.Area),
                $"AU-sPRO to {limit.Name}"
            );
        var (expected, points) = (golden.GetProperty("spro"), whole.ThrowIfFail().Points);
        var (x, y) = (expected.Numbers("fpr"), expected.Numbers("spro"));
        foreach (var (threshold, at) in expected.Numbers("thresholds").Select((threshold, at) => (threshold, at)))
        {
            // A score that changes neither rate is no point of its own.
            var point = points.Thresholds.Count(other => other >= threshold) - 1;
            Same.Within(Golden.Tolerance, x[at], points.X[point], $"fpr at {threshold}");
            Same.Within(Golden.Tolerance, y[at], points.Y[point], $"sPRO at {threshold}");
        }
    }

    private static DefectBatch Batch(JsonElement golden)
    {
        double[] scores = [.. golden.GetProperty("maps").EnumerateArray().SelectMany(GoldenFile.Numbers)];
        var shape = new MapShape(
            golden.GetProperty("maps").GetArrayLength(),
            golden.GetProperty("height").GetInt32(),
            golden.GetProperty("width").GetInt32()
        );
        var defects = golden
            .GetProperty("defects")
            .EnumerateArray()
            .Select(defect =>
                Defect
                    .Create(
                        new(defect.GetProperty("mask").Labels(), shape with { Count = 1 }),
                        defect.GetProperty("relative").GetBoolean()
                            ? SaturationThreshold.Share(defect.GetProperty("threshold").GetDouble())
                            : SaturationThreshold.Pixels(defect.GetProperty("threshold").GetInt64()),
                        defect.GetProperty("image").GetInt32()
                    )
                    .Valid()
            );
        return (
            golden.IsNarrow()
                ? DefectBatch.Create(new(Array.ConvertAll(scores, score => (float)score), shape), defects)
                : DefectBatch.Create(new(scores, shape), defects)
        ).Valid();
    }
}
