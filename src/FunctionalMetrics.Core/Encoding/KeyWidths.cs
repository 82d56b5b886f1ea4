using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Which numbers float32 holds. Encoded they stand as 32-bit keys, whatever width they were computed in, and all others as 64-bit keys; so
/// the bytes do not depend on the width.
/// </summary>
internal static class KeyWidths
{
    /// <summary>The keys of numbers that float32 holds, and those of the others.</summary>
    public static (KeyBag Narrow, KeyBag Wide) Split(KeyBag bag)
    {
        var (narrow, wide) = (KeyBag.Empty, KeyBag.Empty);
        foreach (var chunk in bag.Chunks)
            if (chunk is Chunk<ulong> mixed)
                (narrow, wide) = (narrow.Add(Narrow(mixed)), wide.Add(Wide(mixed)));
            else
                narrow = narrow.Add(chunk);
        return (narrow, wide);
    }

    public static bool IsNarrow(ulong key)
    {
        var score = ScoreKey.Score(key);
        return (float)score == score;
    }

    public static bool AreNarrow(DistinctKeys<ulong> distinct) => Array.TrueForAll(distinct.Keys, IsNarrow);

    public static DistinctKeys<uint> Narrow(DistinctKeys<ulong> distinct) => new(Array.ConvertAll(distinct.Keys, Narrow), distinct.Counts);

    private static uint Narrow(ulong key) => ScoreKey.Of((float)ScoreKey.Score(key));

    private static Chunk Narrow(Chunk<ulong> mixed) =>
        new Chunk<uint>([.. mixed.Keys.Where(IsNarrow).Select(Narrow)], [], Counts(mixed, true));

    private static Chunk Wide(Chunk<ulong> mixed) =>
        new Chunk<ulong>([.. mixed.Keys.Where(key => !IsNarrow(key))], [], Counts(mixed, false));

    private static long[] Counts(Chunk<ulong> mixed, bool narrow) =>
        [.. mixed.Counts.Where((_, index) => IsNarrow(mixed.Keys[index]) == narrow)];
}
