using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// The area under the PIMO curve of each image between two shared rates: its anomalous pixels are counted between and at the normal scores whose rates lie
/// there, and each adds the part of [ln lo, ln hi] in which it is found. A pixel of a score that no normal pixel has is found from ln x on; where normal
/// pixels have the same score, the curve rises in a straight line over the logarithms from the rate above it to the one at it. Logarithms have 60
/// fraction bits and are added as such, so that the order of pixels does not count.
/// </summary>
internal sealed class PimoArea
{
    private readonly ulong[] thresholds;
    private readonly uint[] narrow;

    // In units of 2^-60, for a pixel of each slot of GapCounts.
    private readonly Int128[] found;
    private readonly Int128 width;

    private PimoArea(ulong[] thresholds, Int128[] found, Int128 width)
    {
        (this.thresholds, this.found, this.width) = (thresholds, found, width);
        narrow = Array.TrueForAll(thresholds, KeyWidths.IsNarrow)
            ? Array.ConvertAll(thresholds, key => ScoreKey.Of((float)ScoreKey.Score(key)))
            : [];
    }

    /// <summary>The areas between two rates, 0 &lt; lo &lt; hi &lt;= 1; the rates reach hi.</summary>
    public static PimoArea Between(SharedRates rates, double lo, double hi)
    {
        var (low, high) = (FixedLog.Of(lo), FixedLog.Of(hi));
        var first = rates.Keys.Length - 1;
        while (first > 0 && rates.Rate(rates.Weights[first]) < hi)
            first--;
        var last = first;
        while (last < rates.Keys.Length && rates.Rate(rates.Weights[last]) > lo)
            last++;
        var thresholds = rates.Keys[first..last].ToArray();
        var found = new Int128[GapCounts.Slots(thresholds.Length)];
        for (var i = 0; i < thresholds.Length; i++)
        {
            var at = FixedLog.Of(rates.Rate(rates.Weights[first + i]));
            found[GapCounts.Slot(i, false)] = high - Int128.Clamp(at, low, high);
            found[GapCounts.Slot(i, true)] =
                rates.Above(first + i + 1) is var above && above == 0
                    ? found[GapCounts.Slot(i, false)]
                    : Rising(FixedLog.Of(rates.Rate(above)), at, low, high);
        }
        found[^1] = high - low;
        return new(thresholds, found, high - low);
    }

    /// <summary>The area of an image with an anomalous pixel, divided by ln(hi / lo): a number in [0, 1].</summary>
    public double Of(KeyBag anomalous)
    {
        var counts =
            anomalous.IsWide || narrow.Length < thresholds.Length
                ? ThresholdCounts.Count<ulong>(anomalous, thresholds)
                : ThresholdCounts.Count<uint>(anomalous, narrow);
        var sum = Int128.Zero;
        for (var i = 0; i <= thresholds.Length; i++)
        {
            sum += counts.Between(i) * found[GapCounts.Slot(i, false)];
            if (i < thresholds.Length)
                sum += counts.At(i) * found[GapCounts.Slot(i, true)];
        }
        return Ratio.Round(sum, anomalous.Count * width);
    }

    /// <summary>The same of an image whose anomalous pixels are sorted: those alone are looked at that reach the lowest threshold.</summary>
    /// <param name="anomalous">The pixels.</param>
    /// <param name="rows">How many they are.</param>
    public double Of(DistinctKeys<ulong> anomalous, long rows)
    {
        var (sum, gap) = (Int128.Zero, thresholds.Length);
        for (var i = anomalous.Keys.Length - 1; i >= 0; i--)
        {
            var key = anomalous.Keys[i];
            while (gap > 0 && thresholds[gap - 1] > key)
                gap--;
            var isTied = gap > 0 && thresholds[gap - 1] == key;
            if (gap == 0 && found[GapCounts.Slot(0, false)] == 0)
                break;
            sum += anomalous.CountAt(i) * found[isTied ? GapCounts.Slot(gap - 1, true) : GapCounts.Slot(gap, false)];
        }
        return Ratio.Round(sum, rows * width);
    }

    /// <summary>The part between the bounds of what lies under a line that rises from 0 to 1 between two logarithms, and stays there.</summary>
    private static Int128 Rising(Int128 from, Int128 to, Int128 low, Int128 high)
    {
        var (start, end) = (Int128.Clamp(from, low, high), Int128.Clamp(to, low, high));
        if (start == end)
            return high - end;
        var middle = ((double)(start - from) + (double)(end - from)) / 2 / (double)(to - from);
        return high - end + (Int128)((double)(end - start) * middle);
    }
}
