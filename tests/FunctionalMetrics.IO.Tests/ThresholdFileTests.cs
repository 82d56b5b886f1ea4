using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO.Tests;

/// <summary>Threshold files hold all of a threshold, to the bit, and one that somebody changed is refused by the name of what is wrong.</summary>
public sealed class ThresholdFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("f1", false)]
    [InlineData("f1", true)]
    [InlineData("cost:10:1:0.02", false)]
    // A false alarm rate that two normal rows cannot tell: the threshold is infinite, and the file says why.
    [InlineData("max-fpr:0.1", false)]
    [InlineData("max-fpr:0.1", true)]
    // The smallest score and the largest are the same one.
    [InlineData("sigma:3", false, true)]
    public void What_is_written_is_read(string rule, bool lower, bool constant = false)
    {
        var threshold = Chosen(rule, lower, constant);
        Assert.Equal(
            rule.StartsWith("max-fpr", StringComparison.Ordinal),
            double.IsInfinity(threshold.Value) && threshold.Remark.Length > 0
        );
        var found = ThresholdFile.Read(folder.Write("t.json", ThresholdFile.Text(threshold)));
        Assert.Equal(threshold, found);
        Assert.Equal(BitConverter.DoubleToUInt64Bits(threshold.Value), BitConverter.DoubleToUInt64Bits(found.Value));
    }

    [Theory]
    [InlineData("\"level\": \"image\"", "\"level\": \"row\"", "\"level\" is 'row'; it must be image or pixel")]
    [InlineData("\"rows\": 4", "\"rows\": 5", "\"counts\" do not add up to rows and positives")]
    [InlineData("\"positives\": 2", "\"positives\": 1", "\"counts\" do not add up to rows and positives")]
    [InlineData("\"rows\": 4", "\"rows\": -4", "\"rows\" is -4; it must be a whole number from 0")]
    [InlineData("\"min\": 0.125", "\"min\": 8", "\"min\" is 8, above max, 0.75")]
    [InlineData("\"max\": 0.75", "\"max\": 1e999", "\"max\" is 1e999; it must be a finite number")]
    [InlineData("\"lower_is_anomalous\": false", "\"lower_is_anomalous\": 0", "\"lower_is_anomalous\" is 0; it must be true or false")]
    [InlineData("\"threshold\": 0.5", "\"threshold\": \"high\"", "\"threshold\" is \"high\"; it must be a number, \"inf\" or \"-inf\"")]
    [InlineData("\"tp\": 2", "\"tp\": 1.5", "\"counts.tp\" is 1.5; it must be a whole number from 0")]
    public void A_file_that_somebody_changed_is_refused(string from, string to, string message)
    {
        var text = ThresholdFile.Text(Chosen("f1", false, false));
        Assert.Contains(from, text, StringComparison.Ordinal);
        var path = folder.Write("t.json", text.Replace(from, to, StringComparison.Ordinal));
        var said = Assert.Throws<InputException>(() => ThresholdFile.Read(path)).Message;
        Assert.Contains(path, said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    private static Threshold Chosen(string rule, bool lower, bool constant)
    {
        double[] scores = constant ? [0.5, 0.5, 0.5, 0.5] : [0.125, 0.25, 0.5, 0.75];
        // The score that looks the most anomalous is a normal one where the rule is one of false alarms.
        bool[] high = rule.StartsWith("max-fpr", StringComparison.Ordinal) ? [true, false, true, false] : [false, false, true, true];
        bool[] labels = lower ? [high[3], high[2], high[1], high[0]] : high;
        var batch = ScoreBatch.Create(scores, labels).Match(made => made, _ => ScoreBatch.Empty);
        return Threshold
            .Choose(RuleForm.Parse(rule).ThrowIfFail(), RankState.Of(lower ? batch.Negated : batch), Levels.Image, lower)
            .ThrowIfFail();
    }

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
