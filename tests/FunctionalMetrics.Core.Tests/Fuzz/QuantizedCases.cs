using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Scores of 8 and 16 bits, in the forms they are kept in, against the same numbers one by one.</summary>
internal static class QuantizedCases
{
    private static readonly ScoreFormat[] Formats = [ScoreFormat.Byte, ScoreFormat.UInt16, ScoreFormat.Half];

    /// <summary>Groups of keys, however they are kept, alone and joined to others.</summary>
    public static void Packing(Choices choices)
    {
        var format = Any(choices);
        var negated = choices.Once(3);
        var (first, second) = (Groups(choices, format, negated), Groups(choices, format, negated));
        var (left, right) = (Compact(first), Compact(second));
        Same(first, left);
        if (Chunk.Alike(left, right))
            Same([.. first, .. second], Chunk.Concat(left, right));
        Same([.. first.Select(group => Array.ConvertAll(group, ScoreKey.Negate))], left.Negated);
    }

    /// <summary>Tables in a bag that joins them, counted at thresholds too.</summary>
    public static void Tables(Choices choices)
    {
        var format = Any(choices);
        var (tables, plain, all) = (KeyBag.Empty, KeyBag.Empty, new List<uint>());
        var negated = choices.Once(3);
        for (var left = choices.Below(30); left >= 0; left--)
        {
            var scores = FuzzData.Scores(choices, 1 + choices.Below(300), format);
            // Now and then another sign, so that tables which do not go together meet.
            var turn = negated != choices.Once(20);
            Chunk table = Table(format, scores);
            var keys = Array.ConvertAll(scores, score => Key(turn ? -score : score));
            tables = choices.Once(2)
                ? tables.Add(turn ? table.Negated : table)
                : KeyBag.Empty.Add(turn ? table.Negated : table).Join(tables);
            plain = plain.Add(new Chunk<uint>(keys));
            all.AddRange(keys);
        }
        Demand.Same(true, KeyBag.Equal(plain, tables), "equality");
        Demand.Same((plain.Count, KeyBag.Hash(plain)), (tables.Count, KeyBag.Hash(tables)), "rows and hash");
        uint[] thresholds = [.. FuzzData.Scores(choices, choices.Below(50), format).Select(Key).Concat(all.Take(20)).Distinct().Order()];
        Demand.SameAll(
            ThresholdCounts.Plain<uint>([.. all], thresholds).ToArray(),
            ThresholdCounts.Count<uint>(tables, thresholds).ToArray(),
            "rows between thresholds"
        );
    }

    /// <summary>Maps large enough to be counted while their batch is made, of so few scores that they are.</summary>
    public static void Maps(Choices choices)
    {
        var format = Any(choices);
        var (count, width) = (1 + choices.Below(3), 1 + choices.Below(400));
        var height = ((1 << 16) + choices.Below(1 << 14)) / width / count + 1;
        var pool = FuzzData.Scores(choices, 1 + choices.Below(3000), format);
        double[] scores = [.. Enumerable.Range(0, count * height * width).Select(_ => pool[choices.Below(pool.Length)])];
        bool[] mask = [.. Enumerable.Range(0, count).SelectMany(_ => FuzzData.Mask(choices, height, width))];
        var (quantized, plain) = (Batch(format), Batch(ScoreFormat.Single));
        if (choices.Once(3))
            (quantized, plain) = (quantized.Negated, plain.Negated);
        Demand.Same(RegionState.Of(plain), RegionState.Of(quantized), "the state");
        Demand.SameAll(plain.ImageScores, quantized.ImageScores, "image scores");
        Demand.SameAll<uint>(((Chunk<uint>)plain.Maps.Keys).Keys, ((Chunk<uint>)quantized.Maps.Keys).Keys, "keys of the maps");
        Demand.Same(ExtremaState.Of(plain.Pixels.Scores), ExtremaState.Of(quantized.Pixels.Scores), "extremes");

        MapBatch Batch(ScoreFormat kind) =>
            MapBatch
                .Create(kind.Values(scores), mask, new MapShape(count, height, width))
                .IfFail(faults => throw new DifferenceException(faults.Head.Message));
    }

    /// <summary>What keys add to rows and weight, added up by prefix; where one of them is no quantized score, all stay as they were.</summary>
    public static void Shares(Choices choices)
    {
        var format = choices.Once(5) ? ScoreFormat.Single : Any(choices);
        var negated = choices.Once(3);
        var pool = FuzzData.Scores(choices, 1 + choices.Below(choices.Once(3) ? 5000 : 50), format);
        var keys = new uint[choices.Below(10) < 7 ? 16_384 + choices.Below(20_000) : choices.Below(20_000)];
        foreach (ref var key in keys.AsSpan())
            key = Key((negated ? -1 : 1) * pool[choices.Below(pool.Length)]);
        var shares = new (long Rows, UInt128 Weight)[choices.Below(4)];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = (1 + choices.Below(1000), new UInt128((ulong)choices.Below(1 << 24), (ulong)choices.Below(1 << 30) << 30));
        int[] kinds = shares.Length == 0 ? [] : [.. keys.Select(_ => choices.Below(shares.Length))];
        uint[] sum = [.. keys];
        if (QuantizedTotals.Of(sum, kinds, shares) is not { } totals)
        {
            Demand.SameAll<uint>(keys, sum, "keys that are not quantized, too few or too far apart");
            var span = keys.Length == 0 ? 0 : (keys.Max() >> 13) - (keys.Min() >> 13);
            var quantized = Array.TrueForAll(keys, key => (key & 0x1FFF) == (key < 1u << 31 ? 0x1FFFu : 0));
            Demand.Same(false, quantized && keys.Length >= 16_384 && span < 4 * keys.Length, "added up by prefix");
            return;
        }
        var expected = keys.Select((key, i) => (Key: key, Share: shares.Length == 0 ? (1, UInt128.Zero) : shares[kinds[i]]))
            .GroupBy(one => one.Key, one => one.Share)
            .OrderBy(same => same.Key)
            .Select(same =>
                (same.Key, (same.Sum(share => share.Item1), same.Aggregate(UInt128.Zero, (weight, share) => weight + share.Item2)))
            );
        Demand.SameAll([.. expected], [.. sum.Take(totals.Length).Zip(totals)], "distinct keys and what they add");
    }

    private static ScoreFormat Any(Choices choices) => Formats[choices.Below(Formats.Length)];

    private static uint[][] Groups(Choices choices, ScoreFormat format, bool negated) =>
        [
            .. Enumerable
                .Range(0, choices.Below(6))
                .Select(_ => FuzzData.Scores(choices, 1 + choices.Below(choices.Once(3) ? 3000 : 20), format))
                .Select(scores => Array.ConvertAll(scores, score => Key(negated ? -score : score))),
        ];

    private static Chunk Compact(uint[][] groups) =>
        QuantizedKeys.Compact([.. groups.SelectMany(group => group)], Array.ConvertAll(groups, group => group.Length));

    private static void Same(uint[][] groups, Chunk chunk)
    {
        var plain = chunk.Plain;
        var keys = new uint[chunk.Count];
        chunk.CopyTo<uint>(keys);
        Demand.SameAll<uint>(keys, ((Chunk<uint>)plain).Keys, "keys in place");
        var wide = new ulong[chunk.Count];
        chunk.CopyTo<ulong>(wide);
        Demand.SameAll(Array.ConvertAll(keys, ScoreKey.Widen), wide, "wide keys");
        Demand.Same(groups.Length, plain.Groups.Length, "groups");
        var at = 0;
        for (var group = 0; group < groups.Length; group++)
        {
            uint[] rows =
            [
                .. Enumerable
                    .Range(at, plain.Groups[group])
                    .SelectMany(i => Enumerable.Repeat(keys[i], plain.Counts.Length > 0 ? (int)plain.Counts[i] : 1)),
            ];
            Demand.SameAll([.. groups[group].Order()], [.. rows.Order()], $"keys of group {group}");
            at += plain.Groups[group];
        }
    }

    private static QuantizedCounts Table(ScoreFormat format, double[] scores)
    {
        var codes = Array.ConvertAll(
            scores,
            score => format == ScoreFormat.Half ? BitConverter.HalfToUInt16Bits((Half)score) : (ushort)score
        );
        if (format == ScoreFormat.Half)
            QuantizedCodes.Of([.. codes], codes);
        int lowest = codes.Min();
        var table = new uint[codes.Max() - lowest + 1];
        foreach (var code in codes)
            table[code - lowest]++;
        return new(format == ScoreFormat.Half, lowest, table);
    }

    private static uint Key(double score) => ScoreKey.Of((float)score);
}
