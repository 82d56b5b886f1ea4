using System.Numerics;
using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Where each row stands among the rows of the other class, doubled so that ties are whole: for an anomalous row #{s- &lt; s} + #{s- &lt;= s}, for a normal one
/// #{s+ &gt; s} + #{s+ &gt;= s}. They are 2 N V10 and 2 P V01, and the sum of either is 2 P N times the area.
/// </summary>
internal sealed record Placement(long[] Anomalous, long[] Normal)
{
    public BigInteger Pairs => Sum(Anomalous);

    public static Placement Of(ulong[] anomalous, ulong[] normal)
    {
        return new(Among(anomalous, normal), [.. Among(normal, anomalous).Select(below => 2 * anomalous.LongLength - below)]);

        static long[] Among(ulong[] keys, ulong[] others)
        {
            ulong[] sorted = [.. others];
            RadixSort.Sort<ulong>(sorted);
            return Array.ConvertAll(keys, key => (long)Reaching(sorted, key, true) + Reaching(sorted, key, false));
        }
    }

    /// <summary>The keys of a bag, one for each row.</summary>
    public static ulong[] Expanded(KeyBag bag)
    {
        var distinct = DistinctKeys<ulong>.Of(bag);
        if (distinct.Counts.Length == 0)
            return distinct.Keys;
        var keys = new ulong[bag.Count];
        var at = 0;
        for (var i = 0; i < distinct.Keys.Length; at += (int)distinct.CountAt(i++))
            keys.AsSpan(at, (int)distinct.CountAt(i)).Fill(distinct.Keys[i]);
        return keys;
    }

    public static BigInteger Dot(long[] a, long[] b)
    {
        // Below 2^33 each, for as many rows as an array holds.
        var sum = UInt128.Zero;
        for (var i = 0; i < a.Length; i++)
            sum += Math.BigMul((ulong)a[i], (ulong)b[i]);
        return sum;
    }

    private static BigInteger Sum(long[] places)
    {
        var sum = Int128.Zero;
        foreach (var place in places)
            sum += place;
        return sum;
    }

    /// <summary>How many ascending keys are below a key, or not above it.</summary>
    private static int Reaching(ulong[] ascending, ulong key, bool orEqual)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) / 2);
            if (ascending[middle] < key || (orEqual && ascending[middle] == key))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
