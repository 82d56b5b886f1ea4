namespace FunctionalMetrics.Core.Tests;

/// <summary>tests/golden/partial_auroc.json: R's pROC 1.18.0 of its data set aSAH, many of whose scores are tied.</summary>
public class PartialAurocGoldenTests
{
    [Fact]
    public void Partial_areas_are_those_of_pROC()
    {
        var compared = 0;
        foreach (var golden in GoldenFile.Cases("partial_auroc.json"))
        {
            var labels = golden.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32() == 1);
            var ranks = golden.GetProperty("ranks").EnumerateArray().Select(rank => rank.GetDouble());
            var batch = Batching.Rows(ranks.Zip(labels, (rank, label) => new Row(rank, label)).ToList());
            foreach (var limit in golden.GetProperty("partial").EnumerateObject())
            {
                var metric = PartialAuroc.UpTo(double.Parse(limit.Name, System.Globalization.CultureInfo.InvariantCulture));
                var found = metric.Run([batch]).ThrowIfFail();
                // pROC's numbers have 15 digits.
                Assert.Equal(limit.Value.GetProperty("area").GetDouble(), found.Area, 1e-14);
                Assert.Equal(limit.Value.GetProperty("mcclish").GetDouble(), found.McClish, 1e-14);
                compared++;
            }
        }
        Assert.Equal(9, compared);
    }
}
