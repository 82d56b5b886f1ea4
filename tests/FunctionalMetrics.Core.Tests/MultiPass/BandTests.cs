using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

public class BandTests
{
    /// <summary>Against all ways to cut a few bins: no fewer bands would do, and with as many none has a smaller largest one.</summary>
    [Fact]
    public void Bands_are_as_few_as_can_be_and_then_as_even_as_can_be()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var choices = new Choices(seed);
            long[] positives = [.. Enumerable.Range(0, 1 + choices.Below(9)).Select(_ => (long)choices.Below(30))];
            ulong[] single = [.. positives.Select((_, i) => choices.Below(4) == 0 ? ScoreKey.Of(i + 0.5) : BinTable.Many)];
            int[] bins = [.. positives.Select((_, i) => 600 + 3 * i)];
            var table = new BinTable(10, bins, [.. positives.Select(x => 2 * x)], positives, single, [], 1, 2);
            int[] open = [.. Enumerable.Range(0, positives.Length).Where(i => positives[i] > 0 && single[i] == BinTable.Many).Reverse()];
            var least = Band.Least(table);
            foreach (var most in (long[])[least, least + 5, 2 * least, 1000])
            {
                var bands = Band.Cut(table, most);
                Assert.Equal(open, bands.SelectMany(band => band.Indexes));
                Assert.All(bands, band => Assert.Equal(band.Indexes.Sum(i => positives[i]), band.Positives));
                var ways = Ways([.. open.Select(i => positives[i])]).Where(way => way.All(rows => rows <= most)).ToList();
                var fewest = ways.Min(way => way.Length);
                Assert.Equal(fewest, bands.Length);
                Assert.Equal(
                    ways.Where(way => way.Length == fewest).Min(way => way.DefaultIfEmpty().Max()),
                    bands.Select(band => band.Positives).DefaultIfEmpty().Max()
                );
            }
        }
    }

    /// <summary>All ways to cut a row of numbers, as the sums of the pieces.</summary>
    private static IEnumerable<long[]> Ways(long[] rows)
    {
        if (rows.Length == 0)
            yield return [];
        for (var first = 1; first <= rows.Length; first++)
            foreach (var rest in Ways(rows[first..]))
                yield return [rows[..first].Sum(), .. rest];
    }
}
