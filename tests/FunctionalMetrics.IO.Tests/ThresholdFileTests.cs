using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO.Tests;

public sealed class ThresholdFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Half of a character of two: the parser lets it pass, and whoever asks for the text does not.</summary>
    [Theory]
    [InlineData("rule")]
    [InlineData("level")]
    [InlineData("threshold_bits")]
    [InlineData("data_hash")]
    public void A_text_that_is_none_is_an_input_error(string member)
    {
        var rows = RankState.Of(
            ScoreBatch.Create([0.1, 0.4, 0.35, 0.8], [false, false, true, true]).Match(batch => batch, _ => ScoreBatch.Empty)
        );
        var json = ThresholdFile.Json(ThresholdByRule.Of("f1").Compute(rows).ThrowIfFail());
        json[member] = "HALF";
        var path = folder.Write("t.json", json.ToJsonString().Replace("HALF", "\\ud800", StringComparison.Ordinal));
        Assert.Contains("is damaged or not a threshold file: ", ThresholdFile.TryRead(path).Sentence(), StringComparison.Ordinal);
    }
}
