using System.Numerics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// x of the PIMO curves: the mean over normal images of each one's own share of pixels with s >= t, at the distinct scores of those pixels from the
/// highest down, until a rate is reached. A pixel of an image of n weighs floor(2^88 / n), as those of regions do, and rates are shares of the
/// weights' own total. Scores below are never sorted.
/// </summary>
internal sealed class SharedRates
{
    private readonly ulong[] keys;
    private readonly UInt128[] weights;

    private SharedRates(ulong[] keys, UInt128[] weights, UInt128 total, Fraction least) =>
        (this.keys, this.weights, Total, Least) = (keys, weights, total, least);

    /// <summary>The distinct scores as 64-bit keys, ascending.</summary>
    public ReadOnlySpan<ulong> Keys => keys;

    /// <summary>The weight of the pixels that reach each score.</summary>
    public ReadOnlySpan<UInt128> Weights => weights;

    /// <summary>The weight of all pixels of all normal images.</summary>
    public UInt128 Total { get; }

    /// <summary>The smallest rate above 0, exactly: that of the highest score.</summary>
    public Fraction Least { get; }

    /// <summary>The rate of a weight, rounded once.</summary>
    public double Rate(UInt128 weight) => Ratio.Round(weight, Total);

    /// <summary>The weight of the pixels with scores above so many of the <see cref="Keys"/>, or equal to the next.</summary>
    public UInt128 Above(int index) => index < weights.Length ? weights[index] : 0;

    /// <summary>The rates of some normal images, at least one, each with a pixel.</summary>
    /// <param name="images">The pixels of each.</param>
    /// <param name="upTo">The rate; from the highest score on all are there until it is reached.</param>
    public static SharedRates Of(IReadOnlyList<Chunk> images, double upTo)
    {
        var times = new int[images.Count];
        times.AsSpan().Fill(1);
        // The scores that are kept reach the rate: they were chosen by it.
        return SharedScores.Of(images, upTo).Rates(times, upTo)!;
    }

    /// <summary>The same of sums that are known.</summary>
    internal static SharedRates Of(List<ulong> descending, List<UInt128> weights, UInt128 total, Fraction least)
    {
        descending.Reverse();
        weights.Reverse();
        return new([.. descending], [.. weights], total, least);
    }
}

/// <summary>
/// The highest scores of normal images, each with its image: the rates of these images, however often each stands among them, without a look at the others.
/// </summary>
internal sealed class SharedScores
{
    /// <summary>Scores are sorted from a bin of so many leading bits on.</summary>
    private const int Bits = 16;

    private readonly long[] pixels;
    private readonly UInt128[] weightOf;
    private readonly ulong[] ascending;
    private readonly (int Image, long Rows)[] of;

    private SharedScores(long[] pixels, UInt128[] weightOf, ulong[] ascending, (int Image, long Rows)[] of) =>
        (this.pixels, this.weightOf, this.ascending, this.of) = (pixels, weightOf, ascending, of);

    /// <summary>The scores of some normal images, at least one, each with a pixel.</summary>
    /// <param name="images">The pixels of each.</param>
    /// <param name="upTo">The rate of all of them, each once; from the highest score on all are there until it is reached, and perhaps some more.</param>
    public static SharedScores Of(IReadOnlyList<Chunk> images, double upTo)
    {
        UInt128[] weightOf = [.. images.Select(image => RegionWeights.Of(image.Rows))];
        var total = images.Zip(weightOf, (image, weight) => (ulong)image.Rows * weight).Aggregate((sum, weight) => sum + weight);
        var lowest = upTo < 1 ? Lowest(images, weightOf, Share(upTo, total)) : double.NegativeInfinity;
        var found = new (ulong[] Keys, long[] Counts)[images.Count];
        SharedWork.Each(found.Length, Environment.ProcessorCount, i => found[i] = Reaching(images[i].Plain, lowest));

        var all = new ulong[found.Sum(image => image.Keys.Length)];
        var (entries, unsorted, at) = (new int[all.Length], new (int Image, long Rows)[all.Length], 0);
        for (var image = 0; image < found.Length; image++)
        for (var i = 0; i < found[image].Keys.Length; i++, at++)
            (all[at], entries[at], unsorted[at]) = (
                found[image].Keys[i],
                at,
                (image, found[image].Counts.Length > 0 ? found[image].Counts[i] : 1)
            );
        RadixSort.Sort<ulong>(all, entries);
        return new([.. images.Select(image => image.Rows)], weightOf, all, Array.ConvertAll(entries, entry => unsorted[entry]));
    }

    /// <summary>The rates of images that stand so many times each, at least one of them once; null where their scores are not kept as far as the rate.</summary>
    /// <param name="times">How often each image stands.</param>
    /// <param name="upTo">The rate.</param>
    public SharedRates? Rates(ReadOnlySpan<int> times, double upTo)
    {
        var (total, count) = (UInt128.Zero, 0L);
        for (var image = 0; image < times.Length; image++)
            (total, count) = (total + (ulong)times[image] * ((ulong)pixels[image] * weightOf[image]), count + times[image]);
        var (reached, distinct, sums, sum) = (Share(upTo, total), new List<ulong>(), new List<UInt128>(), UInt128.Zero);
        var top = new Dictionary<int, long>();
        for (var at = ascending.Length - 1; at >= 0; at--)
        {
            var (image, rows) = of[at];
            if (times[image] == 0)
                continue;
            var isTied = distinct.Count > 0 && distinct[^1] == ascending[at];
            if (!isTied && sum >= reached)
                break;
            sum += (ulong)times[image] * ((ulong)rows * weightOf[image]);
            if (isTied)
                sums[^1] = sum;
            else
            {
                distinct.Add(ascending[at]);
                sums.Add(sum);
            }
            if (distinct.Count == 1)
                top[image] = top.GetValueOrDefault(image) + times[image] * rows;
        }
        return sum < reached ? null : SharedRates.Of(distinct, sums, total, MeanShare(top, count));
    }

    /// <summary>The mean over so many images of the shares that some of them have of so many rows.</summary>
    private Fraction MeanShare(Dictionary<int, long> rows, long count) =>
        rows.GroupBy(pair => pixels[pair.Key], pair => pair.Value)
            .Select(same => new Fraction(same.Aggregate(BigInteger.Zero, (sum, found) => sum + found), (BigInteger)same.Key * count))
            .Aggregate((a, b) => new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator));

    /// <summary>The smallest weight that reaches a rate.</summary>
    private static UInt128 Share(double rate, UInt128 total)
    {
        var share = Fraction.OfDecimal(rate);
        return (UInt128)(((BigInteger)total * share.Numerator + share.Denominator - 1) / share.Denominator);
    }

    /// <summary>A score that pixels of so much weight reach, found from the counts of bins.</summary>
    private static double Lowest(IReadOnlyList<Chunk> images, UInt128[] weightOf, UInt128 weight)
    {
        var sums = new UInt128[1 << Bits];
        foreach (
            var alike in images
                .Zip(weightOf, (image, each) => (Chunk: image.Plain, Each: each))
                .GroupBy(image => image.Each, image => image.Chunk)
        )
        {
            Chunk[] chunks = [.. alike];
            var counts = new long[Environment.ProcessorCount][];
            SharedWork.Each(
                counts.Length,
                counts.Length,
                i => counts[i] = Count(chunks.AsSpan(SharedWork.Share(chunks.Length, i, counts.Length)))
            );
            foreach (var part in counts)
                for (var bin = 0; bin < sums.Length; bin++)
                    if (part[bin] != 0)
                        sums[bin] += (ulong)part[bin] * alike.Key;
        }
        var (last, sum) = (sums.Length - 1, UInt128.Zero);
        while ((sum += sums[last]) < weight && last > 0)
            last--;
        return ScoreBins.Range(last, Bits).Lowest;
    }

    private static long[] Count(ReadOnlySpan<Chunk> chunks)
    {
        var counts = new long[1 << Bits];
        foreach (var chunk in chunks)
            if (chunk is Chunk<uint> narrow)
                Count<uint>(narrow.Keys, chunk.Counts, counts);
            else
                Count<ulong>(((Chunk<ulong>)chunk).Keys, chunk.Counts, counts);
        return counts;
    }

    private static void Count<TKey>(ReadOnlySpan<TKey> keys, ReadOnlySpan<long> rows, Span<long> counts)
        where TKey : unmanaged
    {
        for (var i = 0; i < keys.Length; i++)
        {
            var bin =
                typeof(TKey) == typeof(uint) ? (int)(ScoreKey.Bits(keys[i]) >> (32 - Bits)) : ScoreBins.Of(ScoreKey.Bits(keys[i]), Bits);
            counts[bin] += rows.IsEmpty ? 1 : rows[i];
        }
    }

    /// <summary>The keys of an image that reach a score, and how many rows each stands for; none where each is one.</summary>
    private static (ulong[] Keys, long[] Counts) Reaching(Chunk image, double lowest) =>
        image is Chunk<uint> narrow
            ? Reaching<uint>(narrow.Keys, image.Counts, ScoreKey.AtLeast<uint>(lowest))
            : Reaching<ulong>(((Chunk<ulong>)image).Keys, image.Counts, ScoreKey.AtLeast<ulong>(lowest));

    private static (ulong[] Keys, long[] Counts) Reaching<TKey>(ReadOnlySpan<TKey> keys, ReadOnlySpan<long> rows, TKey least)
        where TKey : unmanaged, IComparable<TKey>
    {
        var count = 0;
        foreach (var key in keys)
            count += key.CompareTo(least) >= 0 ? 1 : 0;
        var (found, counts) = (new ulong[count], new long[rows.IsEmpty ? 0 : count]);
        for (int i = 0, at = 0; at < count; i++)
            if (keys[i].CompareTo(least) >= 0)
            {
                found[at] = ScoreKey.Widen(keys[i]);
                if (!rows.IsEmpty)
                    counts[at] = rows[i];
                at++;
            }
        return (found, counts);
    }
}
