using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Each kernel against its plain definition.</summary>
internal static class KernelCases
{
    /// <summary>Counts between and at thresholds, of narrow, wide and mixed keys in random chunks.</summary>
    public static void Counts(Choices choices)
    {
        // Now and then so many thresholds that keys are gathered by section first: uniform ones, so that they are distinct whatever the shape of the others is.
        var (most, beside) = choices.Once(60) ? (200_000, 262_144 + choices.Below(60_000)) : (5000, 0);
        var format = ScoreFormats.Any(choices);
        var spread = Enumerable.Range(-choices.Below(beside + 1), beside).Select(i => i / 1024.0);
        double[] among = [.. FuzzData.Scores(choices, FuzzData.Length(choices, 3000), format), .. spread];
        double[] scores =
        [
            .. FuzzData.Scores(choices, FuzzData.Length(choices, most), format),
            .. among.Take(choices.Below(among.Length + 1)),
        ];
        if (format == ScoreFormat.Double)
            Counts<ulong>(choices, [.. scores.Select(ScoreKey.Of)], [.. among.Select(ScoreKey.Of)], null);
        else if (choices.Once(3))
            Counts(
                choices,
                [.. scores.Select(ScoreKey.Of)],
                [.. among.Select(ScoreKey.Of)],
                key => ScoreKey.Of((float)ScoreKey.Score(key))
            );
        else
            Counts<uint>(choices, [.. scores.Select(Narrow)], [.. among.Select(Narrow)], null);
    }

    private static void Counts<TKey>(Choices choices, TKey[] keys, TKey[] among, Func<TKey, uint>? narrow)
        where TKey : unmanaged, IComparable<TKey>
    {
        TKey[] thresholds = [.. among.Distinct().Order()];
        var bag = Cut(choices, keys)
            .Aggregate(
                KeyBag.Empty,
                (bag, part) =>
                    bag.Add(
                        narrow is not null && choices.Once(2)
                            ? new Chunk<uint>(Array.ConvertAll(part, key => narrow(key)))
                            : new Chunk<TKey>(part)
                    )
            );
        Demand.SameAll(
            ThresholdCounts.Plain<TKey>(keys, thresholds).ToArray(),
            ThresholdCounts.Count<TKey>(bag, thresholds).ToArray(),
            "keys between thresholds"
        );
    }

    /// <summary>Keys split by label, from every format, and scores that are not finite refused.</summary>
    public static void Split(Choices choices)
    {
        var count = FuzzData.Length(choices, 3000);
        var format = ScoreFormats.Any(choices);
        var scores = FuzzData.Scores(choices, count, format);
        var labels = FuzzData.Labels(choices, count);
        var bits = LabelBits.Of(Array.ConvertAll(labels, label => label ? (byte)1 : (byte)0));
        Demand.Same(labels.Count(label => label), bits.Positives, "anomalous labels");
        Demand.Same(true, KeyKernels.Split(format.Values(scores), bits, out var negatives, out var positives), "finite");
        foreach (var (label, chunk) in new[] { (false, negatives), (true, positives) })
        {
            double[] rows = [.. scores.Where((_, i) => labels[i] == label)];
            if (format == ScoreFormat.Double)
                Demand.SameAll([.. rows.Select(ScoreKey.Of)], Keys<ulong>(chunk), $"keys of rows labelled {label}");
            else
                Demand.SameAll([.. rows.Select(Narrow)], Keys<uint>(chunk), $"keys of rows labelled {label}");
        }
        if (count == 0 || format < ScoreFormat.Half)
            return;
        scores[choices.Below(count)] = choices.Once(2) ? double.NaN : double.NegativeInfinity;
        Demand.Same(false, KeyKernels.Split(format.Values(scores), bits, out _, out _), "finite");
    }

    /// <summary>Regions of a mask that stands at any offset between other labels.</summary>
    public static void Regions(Choices choices)
    {
        var (height, width) = (1 + choices.Below(choices.Once(4) ? 200 : 30), 1 + choices.Below(choices.Once(4) ? 300 : 70));
        // Whole words have ends of their own.
        width = choices.Once(4) ? (width + 63) / 64 * 64 : width;
        if (height * width > 12_000)
            height = 1;
        var mask = FuzzData.Mask(choices, height, width);
        var offset = choices.Below(200);
        byte[] bytes = [.. Ones(offset), .. mask.Select(label => label ? (byte)1 : (byte)0), .. Ones(choices.Below(70))];
        var labels = RegionLabels.Of(LabelBits.Of(bytes), offset, height, width);
        var found = new int[mask.Length];
        for (var i = 0; i < labels.Runs.Length; i++)
            found.AsSpan(labels.Runs[i].Start..labels.Runs[i].End).Fill(labels.Region[i] + 1);
        var expected = FloodFill.Label(mask, height, width);
        Demand.SameAll(expected, found, $"regions of {height} x {width} pixels");
        Demand.Same(expected.Max(), labels.Count, "regions");

        static IEnumerable<byte> Ones(int count) => Enumerable.Repeat((byte)1, count);
    }

    /// <summary>Sorted keys, alone and with what they carry.</summary>
    public static void Sorting(Choices choices)
    {
        ulong[] wide =
        [
            .. FuzzData
                .Scores(choices, FuzzData.Length(choices, choices.Once(8) ? 100_000 : 5000), ScoreFormats.Any(choices))
                .Select(ScoreKey.Of),
        ];
        Sorted(wide);
        Sorted(Array.ConvertAll(wide, key => (uint)(key >> 32)));
    }

    private static void Sorted<TKey>(TKey[] keys)
        where TKey : unmanaged
    {
        TKey[] expected = [.. keys.Order()];
        TKey[] alone = [.. keys];
        RadixSort.Sort(alone);
        Demand.SameAll(expected, alone, "sorted keys");
        int[] places = [.. Enumerable.Range(0, keys.Length)];
        TKey[] carrying = [.. keys];
        RadixSort.Sort(carrying, places);
        Demand.SameAll(expected, carrying, "sorted keys that carry");
        Demand.SameAll(carrying, [.. places.Select(place => keys[place])], "the key of what was carried");
        Demand.SameAll([.. Enumerable.Range(0, keys.Length)], [.. places.Order()], "what was carried");
        using var parts = new SortedPartition<TKey>(KeyBag.Empty.Add(new Chunk<TKey>(keys)));
        Demand.SameAll(expected, [.. Enumerable.Range(0, parts.Count).SelectMany(part => parts[part].ToArray())], "keys sorted by parts");
    }

    private static TKey[] Keys<TKey>(Chunk chunk)
        where TKey : unmanaged
    {
        var keys = new TKey[chunk.Count];
        chunk.CopyTo<TKey>(keys);
        return keys;
    }

    /// <summary>Consecutive parts of arbitrary lengths; unlike <see cref="Choices.Cut"/> it is linear, for many keys.</summary>
    private static IEnumerable<TKey[]> Cut<TKey>(Choices choices, TKey[] keys)
    {
        var longest = 1 + choices.Below(Math.Max(1, keys.Length));
        for (int at = 0, length; at < keys.Length; at += length)
            yield return keys[at..(at + (length = Math.Min(keys.Length - at, 1 + choices.Below(longest))))];
    }

    private static uint Narrow(double score) => ScoreKey.Of((float)score);
}
