using System.Text.Json;
using LanguageExt;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Numbers that are asked for by name against values that scikit-learn was asked for too.</summary>
public class PointGoldenTests
{
    public static TheoryData<string> Cases => GoldenFile.Names("ranked.json");

    [Theory, MemberData(nameof(Cases))]
    public void Rows(string name)
    {
        var golden = GoldenFile.Case("ranked.json", name);
        var rows = golden.Numbers("scores").Zip(golden.GetProperty("labels").Labels(), (score, label) => new Row(score, label));
        var state = RankState.Of(Batching.Rows([.. rows], golden.IsNarrow()));
        var points = golden.GetProperty("points").EnumerateObject().ToArray();
        Assert.True(points.Length > 40);
        var settings = new EvaluationSettings
        {
            Asked = AskedNumber.ParseAll(string.Join(',', points.Select(point => point.Name))).ThrowIfFail(),
        };
        foreach (var (point, found) in points.Zip(LevelNumbers.Of(state, settings).Asked))
        {
            Assert.Equal(point.Name, found.Name);
            Golden.Agrees(point.Value.Number("value"), found.Value.Map(value => value.Lower), $"{point.Name} of {name}");
            if (!point.Value.TryGetProperty("threshold", out var threshold))
                continue;
            Same.Bits(
                threshold.ValueKind == JsonValueKind.String ? double.PositiveInfinity : threshold.GetDouble(),
                found.Threshold.IfNone(double.NaN),
                $"threshold of {point.Name} of {name}"
            );
            var counts = found.Counts.IfNone(default(ConfusionMatrix));
            Assert.Equal(
                (point.Value.GetProperty("tp").GetInt64(), point.Value.GetProperty("fp").GetInt64()),
                (counts.TruePositives, counts.FalsePositives)
            );
        }
    }
}
