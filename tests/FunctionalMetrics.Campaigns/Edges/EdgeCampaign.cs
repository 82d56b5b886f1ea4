using System.CommandLine;
using System.Numerics;
using FunctionalMetrics.Core;
using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;
using LanguageExt;

namespace FunctionalMetrics.Campaigns;

/// <summary>
/// States of more rows than memory holds, which counts stand for: next to 2^31, 2^32 and 2^53, one anomalous row in 10^9, and sums up to the ends of their
/// types. Every number is right, or there is an error before anything wraps.
/// </summary>
internal static class EdgeCampaign
{
    private static readonly long[] Counts =
    [
        0,
        0,
        1,
        2,
        3,
        1_000_000_000,
        int.MaxValue,
        int.MaxValue + 2L,
        uint.MaxValue,
        uint.MaxValue + 2L,
        (1L << 53) - 1,
        1L << 53,
    ];

    public static Command Command()
    {
        var (seed, count) = (Options.Seed(), Options.Count(100_000));
        var command = new Command("edges", "Compare states of up to 2^62 rows with exact arithmetic.") { seed, count };
        command.SetAction(parsed => Run(new(parsed.GetValue(seed), parsed.GetValue(count))).Print(Console.Out).IsGood ? 0 : 1);
        return command;
    }

    public static Tally Run(Effort effort) =>
        effort.Run(
            "edges",
            seed =>
            {
                var choices = new Choices(seed);
                try
                {
                    Rows(choices);
                    Sums(choices);
                    return null;
                }
                catch (Exception found)
                {
                    return $"seed {seed}: {(found is DifferenceException ? found.Message : found)}";
                }
            }
        );

    private static void Rows(Choices choices)
    {
        var rows = Enumerable
            .Range(0, 1 + choices.Below(6))
            .Select(i => (Score: i - 2.5, Normal: Any(choices), Anomalous: Any(choices)))
            .ToList();
        var state = new RankState(Bag(rows.Select(row => (row.Score, row.Normal))), Bag(rows.Select(row => (row.Score, row.Anomalous))));
        if (choices.Once(2) && state.Rows <= Envelope.MaxRows)
            state = RankState
                .Codec.Decode(RankState.Codec.Encode(state))
                .Match(same => same, faults => throw new DifferenceException(faults.Head.Message));
        // Doubled as long as it fits, and refused then.
        for (var doublings = choices.Below(14); doublings > 0; doublings--)
        {
            var fits = (Int128)state.Rows * 2 <= long.MaxValue;
            RankState twice;
            try
            {
                twice = RankState.Merge(state, state);
            }
            catch (OverflowException) when (!fits)
            {
                break;
            }
            if (!fits)
                throw new DifferenceException($"2 x {state.Rows} rows are {twice.Rows}");
            state = twice;
            rows = [.. rows.Select(row => row with { Normal = 2 * row.Normal, Anomalous = 2 * row.Anomalous })];
        }
        DifferentialCampaign.Exactly(new(rows.Where(row => row.Normal + row.Anomalous > 0)), state, choices);
    }

    /// <summary>Logarithms of the largest scores, as many as there may be, merged until their sum no longer fits.</summary>
    private static void Sums(Choices choices)
    {
        var (score, rows) = (choices.Once(2) ? double.MaxValue : double.Epsilon, Any(choices));
        var sums = LogSums.Of(new Chunk<ulong>([ScoreKey.Of(score)], [], [rows]));
        for (var (merges, right) = (1, (BigInteger)sums.Sum); merges < 32; merges++)
        {
            var fits = BigInteger.Abs(right * 2) <= (BigInteger)Int128.MaxValue && (Int128)sums.Count * 2 <= long.MaxValue;
            LogSums twice;
            try
            {
                twice = LogSums.Merge(sums, sums);
            }
            catch (OverflowException) when (!fits)
            {
                return;
            }
            if (!fits || twice.Sum != (Int128)(right *= 2))
                throw new DifferenceException($"the sum of {twice.Count} logarithms of {score} is {twice.Sum}");
            sums = twice;
        }
    }

    private static long Any(Choices choices) => Counts[choices.Below(Counts.Length)];

    private static KeyBag Bag(IEnumerable<(double Score, long Count)> rows)
    {
        var some = rows.Where(row => row.Count > 0).ToList();
        return some.Count == 0
            ? KeyBag.Empty
            : KeyBag.Empty.Add(new Chunk<ulong>([.. some.Select(row => ScoreKey.Of(row.Score))], [], [.. some.Select(row => row.Count)]));
    }
}
