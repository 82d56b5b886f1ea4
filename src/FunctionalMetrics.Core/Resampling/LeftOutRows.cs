using System.Collections.Concurrent;
using System.Collections.Immutable;
using FunctionalMetrics.Core.Numerics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Core;

/// <summary>
/// Every replicate without one row, from one sweep. Above the row nothing changes but how many rows its class has, and below it each count of its class is
/// one less. So a reduction finds without it what it finds above, at the next threshold, and below that: the first and the last are found once for all
/// rows, which takes n steps where a sweep without each row takes n squared. A threshold goes with the only anomalous row that has it.
/// </summary>
internal sealed class LeftOutRows : ILeftOutRows
{
    private readonly ImmutableArray<(ulong Key, bool IsAnomalous)> rows;
    private readonly (KeyBag Normal, KeyBag Anomalous) bags;
    private readonly Counts counts;

    /// <summary>The counts below an anomalous row, below a normal one, and at a threshold that a normal one has.</summary>
    private readonly Counts fewerAnomalous;
    private readonly Counts fewerNormal;
    private readonly Counts fewerTied;

    /// <summary>Where rows are left out, from the highest scores down, and which of these places each row has.</summary>
    private readonly Place[] places;
    private readonly int[] placeOf;

    private readonly Lazy<ulong[]> ascending;

    // Every row asks for the same few thresholds.
    private readonly ConcurrentDictionary<double, (long, long)> reaching = [];

    private LeftOutRows(ImmutableArray<(ulong Key, bool IsAnomalous)> rows)
    {
        this.rows = rows;
        bags = (Bag(false), Bag(true));
        ascending = new(() => [.. rows.Select(row => row.Key).Order()]);
        var sweep = ThresholdSweep.Of(bags.Normal, bags.Anomalous);
        counts = new([.. sweep.Thresholds], [.. sweep.TruePositives], [.. sweep.FalsePositivesAbove], [.. sweep.FalsePositives]);
        fewerAnomalous = counts with { Found = Less(counts.Found) };
        fewerTied = counts with { At = Less(counts.At) };
        fewerNormal = fewerTied with { Above = Less(counts.Above) };
        var descending = System.Array.ConvertAll(counts.Thresholds, threshold => -threshold);
        Place[] each = [.. rows.Select(row => PlaceOf(descending, row))];
        places = [.. each.Distinct().Order()];
        placeOf = System.Array.ConvertAll(each, place => System.Array.BinarySearch(places, place));

        KeyBag Bag(bool isAnomalous) =>
            KeyBag.Empty.Add(new Chunk<ulong>([.. rows.Where(row => row.IsAnomalous == isAnomalous).Select(row => row.Key)]));

        static long[] Less(long[] counts) => System.Array.ConvertAll(counts, count => count - 1);
    }

    /// <summary>Those of rows by their keys and classes.</summary>
    public static LeftOutRows Of(ImmutableArray<(ulong Key, bool IsAnomalous)> rows) => new(rows);

    /// <summary>What reductions find without each row.</summary>
    public LeftOutSums Sums(ImmutableArray<IReduction> reductions)
    {
        var found = new ILeftOut[reductions.Length];
        SharedWork.Each(found.Length, Environment.ProcessorCount, i => found[i] = reductions[i].Without(this));
        return new(this, reductions.Index().ToImmutableDictionary(one => one.Item, one => found[one.Index]));
    }

    /// <summary>How many rows of each class there are without one.</summary>
    public (long Positives, long Negatives) Without(int row) => Less((bags.Anomalous.Count, bags.Normal.Count), rows[row].IsAnomalous);

    /// <summary>How many rows of each class reach a threshold without one.</summary>
    public (long Positives, long Negatives) AtLeast(double threshold, int without)
    {
        var all = reaching.GetOrAdd(threshold, at => (KeyBag.CountAtLeast(bags.Anomalous, at), KeyBag.CountAtLeast(bags.Normal, at)));
        return ScoreKey.Score(rows[without].Key) >= threshold ? Less(all, rows[without].IsAnomalous) : all;
    }

    /// <summary>The smallest and the largest score without a row.</summary>
    public ExtremaState ExtremaWithout(int row)
    {
        var (keys, own) = (ascending.Value, rows[row].Key);
        return keys.Length == 1
            ? ExtremaState.Empty
            : ExtremaState.Between(own == keys[0] ? keys[1] : keys[0], own == keys[^1] ? keys[^2] : keys[^1]);
    }

    /// <summary>The place of a row among <see cref="Each"/>.</summary>
    public int PlaceOf(int row) => placeOf[row];

    /// <inheritdoc/>
    public TSum[] Each<TSum>(TSum nothing, Func<ThresholdSweep, TSum> of, Func<TSum, TSum, TSum> merge)
    {
        var (all, last) = (counts.Found.Length, counts.Found.Length - 1);
        var (anomalous, normal) = (new Part<TSum>(this, true, nothing, of, merge), new Part<TSum>(this, false, nothing, of, merge));
        var (found, next) = (new TSum[places.Length], 0);
        for (var k = 0; k <= all; k++)
        {
            for (; next < places.Length && places[next].Threshold == k; next++)
                found[next] = places[next].Kind switch
                {
                    _ when k == all => normal.Above,
                    Kind.Between => normal.Without(k, fewerNormal),
                    Kind.Tied => normal.Without(k, fewerTied),
                    _ when counts.Found[k] - counts.Before(k).TruePositives > 1 => anomalous.Without(k, fewerAnomalous),
                    _ when k == last => anomalous.Above,
                    _ => anomalous.Without(k + 1, fewerAnomalous),
                };
            if (k < last)
                anomalous.Pass(k);
            // Where all normal rows are above, none is left out below.
            if (k < all && counts.At[k] < bags.Normal.Count)
                normal.Pass(k);
        }
        return found;
    }

    private static (long, long) Less((long Positives, long Negatives) all, bool isAnomalous) =>
        isAnomalous ? (all.Positives - 1, all.Negatives) : (all.Positives, all.Negatives - 1);

    private static Place PlaceOf(double[] descending, (ulong Key, bool IsAnomalous) row)
    {
        var found = System.Array.BinarySearch(descending, -ScoreKey.Score(row.Key));
        return found < 0 ? new(~found, Kind.Between) : new(found, row.IsAnomalous ? Kind.Anomalous : Kind.Tied);
    }

    private enum Kind
    {
        /// <summary>A normal row between a threshold and the one above, or below all.</summary>
        Between,

        /// <summary>A normal row at a threshold.</summary>
        Tied,

        /// <summary>An anomalous row.</summary>
        Anomalous,
    }

    private readonly record struct Place(int Threshold, Kind Kind) : IComparable<Place>
    {
        public int CompareTo(Place other) => (Threshold, Kind).CompareTo((other.Threshold, other.Kind));
    }

    /// <summary>The columns of a sweep.</summary>
    private sealed record Counts(double[] Thresholds, long[] Found, long[] Above, long[] At)
    {
        public SweepCounts Before(int k) => k == 0 ? default : new(Found[k - 1], At[k - 1], 0);

        public SweepColumns Step(int k) =>
            new(new(Thresholds, k, 1), new(Found, k, 1), new(Above, k, 1), new(At, k, 1), ArraySegment<UInt128>.Empty);
    }

    /// <summary>What is found above a threshold and below each where a row of one class is missing.</summary>
    private sealed class Part<TSum>
    {
        private readonly LeftOutRows rows;
        private readonly (long Positives, long Negatives) left;
        private readonly Func<ThresholdSweep, TSum> of;
        private readonly Func<TSum, TSum, TSum> merge;

        /// <summary>What is found from each threshold down where the row is above it.</summary>
        private readonly TSum[] below;

        /// <summary>How many thresholds were passed.</summary>
        private int passed;

        public Part(LeftOutRows rows, bool isAnomalous, TSum nothing, Func<ThresholdSweep, TSum> of, Func<TSum, TSum, TSum> merge)
        {
            (this.rows, this.of, this.merge, Above) = (rows, of, merge, nothing);
            left = Less((rows.bags.Anomalous.Count, rows.bags.Normal.Count), isAnomalous);
            var fewer = isAnomalous ? rows.fewerAnomalous : rows.fewerNormal;
            below = new TSum[fewer.Found.Length];
            // As far up as a row can be above.
            for (var k = below.Length - 1; k > 0 && fewer.Above[k] >= 0; k--)
            {
                var here = Found(k, fewer, fewer.Before(k));
                below[k] = k == below.Length - 1 ? here : merge(here, below[k + 1]);
            }
        }

        /// <summary>What is found above the thresholds that were not passed.</summary>
        public TSum Above { get; private set; }

        public void Pass(int k) => (Above, passed) = (merge(Above, Found(k, rows.counts, rows.counts.Before(k))), k + 1);

        /// <summary>What is found where the next threshold that is left has fewer rows, and all below it too.</summary>
        public TSum Without(int next, Counts fewer) =>
            merge(Above, Found(next, fewer, rows.counts.Before(passed))) is var sum && next + 1 < below.Length
                ? merge(sum, below[next + 1])
                : sum;

        private TSum Found(int k, Counts counts, SweepCounts before) => of(new(counts.Step(k), before, left.Positives, left.Negatives));
    }
}

/// <summary>What some reductions find without each row.</summary>
internal sealed class LeftOutSums(LeftOutRows rows, ImmutableDictionary<IReduction, ILeftOut> sums)
{
    public ExactRanking Without(int row, Option<Ranking> twin) => new Ranked(rows, sums, row, rows.Without(row), twin);

    private sealed record Ranked(
        LeftOutRows All,
        ImmutableDictionary<IReduction, ILeftOut> Sums,
        int Row,
        (long Positives, long Negatives) Left,
        Option<Ranking> Swapped
    ) : ExactRanking(Left.Positives, Left.Negatives, None)
    {
        public override ExtremaState Extrema => All.ExtremaWithout(Row);

        public override Option<Ranking> Twin => Swapped;

        public override TSum Of<TSum>(Reduction<TSum> reduction) => ((LeftOut<TSum>)Sums[reduction]).Each[All.PlaceOf(Row)];

        public override (ConfusionMatrix Worst, ConfusionMatrix Best) At(double threshold)
        {
            var (tp, fp) = All.AtLeast(threshold, Row);
            var counts = new ConfusionMatrix(tp, fp, Positives - tp, Negatives - fp);
            return (counts, counts);
        }
    }
}
