namespace FunctionalMetrics.Core.Tests;

/// <summary>
/// Each bound against every weak ordering of small bins: none leaves it, and one reaches it. Rows of one class are alike, so an ordering of
/// a bin is a sequence of ties, each so many anomalous and so many normal rows.
/// </summary>
public class WeakOrderingTests
{
    private const int Bits = 8;

    /// <summary>The rows of each bin, the highest first: anomalous, normal.</summary>
    public static TheoryData<int[]> Bins =>
        [
            [1, 1],
            [2, 1],
            [1, 2],
            [2, 2],
            [3, 2],
            [2, 3],
            [3, 3],
            [4, 1],
            [1, 0, 2, 1],
            [0, 1, 2, 2],
            [0, 2, 3, 1],
            [1, 1, 1, 1],
            [2, 1, 1, 2],
            [1, 2, 2, 1],
            [2, 2, 2, 1],
            [3, 0, 1, 2],
            [0, 3, 3, 0],
            [1, 1, 0, 2, 1, 1],
            [2, 1, 1, 0, 1, 2],
        ];

    [Theory, MemberData(nameof(Bins)), Trait("Category", "Slow")]
    public void No_ordering_of_the_rows_leaves_a_bound_and_one_reaches_it(int[] bins)
    {
        var seen = new Dictionary<string, (double Min, double Max, Interval Bounds)>();
        foreach (var rows in Orderings(bins))
        {
            var (oracle, state) = (new RankOracle(rows), RankState.Of(Batching.Rows(rows)));
            var bounded = BoundedRankState.Of(state, Bits).Sweeps;
            foreach (var settings in AskedTests.Thresholds)
                AskedTests.Holds(LevelNumbers.Of(state, settings), LevelNumbers.Of(BoundedRankState.Of(state, Bits), settings));
            if (oracle.Negatives > 0)
                See("AUROC", oracle.Auroc, OrderedPairs.Share.Of(bounded));
            See("AUPR", oracle.Aupr, PrecisionSums.Trapezoids.Of(bounded));
            See("AP", oracle.AveragePrecision, PrecisionSums.Steps.Of(bounded));
            See("F1", oracle.Thresholds.Max(oracle.F1), LargestF1.F1.Of(bounded));
            var threshold = LargestF1.Threshold(bounded);
            Assert.True(threshold.Contains(oracle.BestThreshold), $"{oracle.BestThreshold} is not in {threshold}");

            void See(string name, Fraction value, Interval bounds)
            {
                Assert.True(
                    Fraction.Exactly(bounds.Lower) <= value || value.Rounded() == bounds.Lower,
                    $"{name} {value} is below {bounds}"
                );
                Assert.True(
                    Fraction.Exactly(bounds.Upper) >= value || value.Rounded() == bounds.Upper,
                    $"{name} {value} is above {bounds}"
                );
                // Where a bin has one score, it is a tie, which leaves less open.
                if (!IsOpen(rows, bins))
                    return;
                var (min, max, before) = seen.GetValueOrDefault(name, (1, 0, bounds));
                Assert.Equal(before, bounds);
                seen[name] = (Math.Min(min, value.Rounded()), Math.Max(max, value.Rounded()), bounds);
            }
        }
        foreach (var (name, (min, max, bounds)) in seen)
        {
            // A bin of anomalous rows only, all tied, would be one of one score; it is where the largest AP and the smallest AUPR lie.
            var (tiedAbove, tiedBelow) = (name == "AP" && HoldsOnlyAnomalous(bins), name == "AUPR" && HoldsOnlyAnomalous(bins));
            if (!tiedAbove)
                Same.Within(1e-15, bounds.Upper, max, $"the largest {name}");
            // So would the bin all tied be that has the smallest F1.
            if (!tiedBelow && name != "F1")
                Same.Within(1e-15, bounds.Lower, min, $"the smallest {name}");
        }
    }

    [Theory, MemberData(nameof(Bins)), Trait("Category", "Slow")]
    public void No_ordering_of_the_pixels_of_regions_leaves_the_bounds_of_AUPRO_and_one_reaches_them(int[] bins)
    {
        foreach (var limit in (double[])[0.1, 0.3, 0.5, 1])
        {
            var (min, max, open) = (1.0, 0.0, default(Interval?));
            foreach (var rows in Orderings(bins))
            {
                // The first anomalous pixel is a region of its own, the others are one.
                Row[] anomalous = [.. rows.Where(row => row.Label)];
                Row[] normal = [.. rows.Where(row => !row.Label)];
                Image[] images = [.. ((Row[][])[anomalous[..1], anomalous[1..], normal]).Where(part => part.Length > 0).Select(Line)];
                if (normal.Length == 0)
                    return;
                var value = new RegionOracle(images).Aupro(Fraction.Exactly(limit)).Rounded();
                var exact = images.Select(image => RegionState.Of(Batching.Images([image]))).Aggregate(RegionState.Merge);
                var bounds = AreaUnder.Normalized(limit, ofRegions: true).Of(BoundedRegionState.Of(exact, Bits).Sweeps);
                Assert.True(bounds.Lower <= value + 1e-15 && value - 1e-15 <= bounds.Upper, $"{value} is not in {bounds}");
                Assert.True(bounds.Contains(Aupro.UpTo(limit).Compute(exact).ThrowIfFail().Area));
                if (!IsOpen(rows, bins) || anomalous.Length != 1)
                    continue;
                open ??= bounds;
                Assert.Equal(open, bounds);
                (min, max) = (Math.Min(min, value), Math.Max(max, value));
            }
            if (open is { } reached)
            {
                Same.Within(1e-15, reached.Lower, min, "the smallest AUPRO");
                Same.Within(1e-15, reached.Upper, max, "the largest AUPRO");
            }
        }
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 3)]
    [InlineData(2, 1, 8)]
    [InlineData(2, 2, 26)]
    public void The_orderings_are_all_there_are(int positives, int negatives, int count) =>
        Assert.Equal(count, Ties(positives, negatives).Count());

    private static Image Line(Row[] rows) => new(1, rows.Length, [.. rows.Select(row => row.Score)], [.. rows.Select(row => row.Label)]);

    private static bool HoldsOnlyAnomalous(int[] bins) =>
        Enumerable.Range(0, bins.Length / 2).Any(bin => bins[2 * bin] > 1 && bins[2 * bin + 1] == 0);

    /// <summary>Whether each bin of two rows or more has two scores or more.</summary>
    private static bool IsOpen(IReadOnlyList<Row> rows, int[] bins)
    {
        var at = 0;
        for (var bin = 0; bin < bins.Length; bin += 2)
        {
            var inside = bins[bin] + bins[bin + 1];
            if (inside > 1 && rows.Skip(at).Take(inside).Select(row => row.Score).Distinct().Count() == 1)
                return false;
            at += inside;
        }
        return true;
    }

    /// <summary>Every weak ordering of every bin, as rows whose scores lie in it.</summary>
    private static IEnumerable<IReadOnlyList<Row>> Orderings(int[] bins)
    {
        IEnumerable<IReadOnlyList<Row>> known =
        [
            [],
        ];
        for (var bin = 0; bin < bins.Length; bin += 2)
        {
            // With 8 bits a bin is a pair of powers of two.
            var top = Math.ScaleB(1, -2 * bin);
            var ties = Ties(bins[bin], bins[bin + 1]).ToArray();
            known = known.SelectMany(rows => ties.Select(IReadOnlyList<Row> (tie) => [.. rows, .. Rows(tie, top)]));
        }
        return known;
    }

    private static IEnumerable<Row> Rows(IReadOnlyList<(int Positives, int Negatives)> ties, double top) =>
        ties.SelectMany(
            (tie, rank) =>
                Enumerable
                    .Repeat(new Row(top * (1.5 - rank / 32.0), true), tie.Positives)
                    .Concat(Enumerable.Repeat(new Row(top * (1.5 - rank / 32.0), false), tie.Negatives))
        );

    private static IEnumerable<IReadOnlyList<(int Positives, int Negatives)>> Ties(int positives, int negatives)
    {
        if (positives + negatives == 0)
            return
            [
                [],
            ];
        return from p in Enumerable.Range(0, positives + 1)
            from n in Enumerable.Range(0, negatives + 1)
            where p + n > 0
            from rest in Ties(positives - p, negatives - n)
            select (IReadOnlyList<(int, int)>)[(p, n), .. rest];
    }
}
