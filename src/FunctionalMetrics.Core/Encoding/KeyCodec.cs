using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core;

/// <summary>
/// Bags of scores and of regions as bytes; <see cref="KeyBlocks"/> draws what keys look like.
/// <code>
///  bag     := keys (narrow: numbers that float32 holds), keys (wide: all others)
///  regions := group (narrow: regions of such numbers only), group (wide: regions with another number in them)
///  group   := varint R, varint n, varint e: how many regions, distinct keys and rows beyond those in all; R times keys
/// </code>
/// The regions of a group stand in ascending order of size, those of one size in the order of their ascending scores, compared one by one.
/// </summary>
internal static class KeyCodec
{
    private const string Misplaced = "a number that float32 holds stands among the wide ones";

    public static void WriteBag(PayloadWriter to, KeyBag bag)
    {
        var (narrow, wide) = KeyWidths.Split(bag);
        KeyBlocks.Write(to, DistinctKeys<uint>.Of(narrow));
        KeyBlocks.Write(to, DistinctKeys<ulong>.Of(wide));
    }

    public static KeyBag ReadBag(ref PayloadReader from) => KeyBag.Empty.Add(ReadKeys<uint>(ref from)).Add(ReadKeys<ulong>(ref from));

    public static void WriteRegions(PayloadWriter to, KeyBag regions)
    {
        var narrow = RegionComparison.Sorted(regions).ToLookup(KeyWidths.AreNarrow);
        WriteGroup(to, [.. narrow[true].Select(KeyWidths.Narrow)]);
        WriteGroup<ulong>(to, [.. narrow[false]]);
    }

    public static (KeyBag Keys, long Count) ReadRegions(ref PayloadReader from)
    {
        var (narrow, wide) = (ReadGroup<uint>(ref from), ReadGroup<ulong>(ref from));
        return (KeyBag.Empty.Add(narrow).Add(wide), narrow.Groups.Length + wide.Groups.Length);
    }

    private static Chunk ReadKeys<TKey>(ref PayloadReader from)
        where TKey : unmanaged
    {
        // The announcement is read twice: here for the memory, and again as the head of the keys.
        var head = from;
        var into = KeyTarget<TKey>.For(ref from, head.Varint(), head.Varint());
        var narrow = KeyBlocks.Read(ref from, into);
        from.Require(narrow == 0 || typeof(TKey) == typeof(uint), Misplaced);
        return into.ToChunk([]);
    }

    private static void WriteGroup<TKey>(PayloadWriter to, DistinctKeys<TKey>[] regions)
        where TKey : unmanaged
    {
        var keys = regions.Sum(region => (long)region.Keys.Length);
        to.Varint(regions.Length);
        to.Varint(keys);
        to.Varint(regions.Sum(region => region.Rows) - keys);
        foreach (var region in regions)
            KeyBlocks.Write(to, region);
    }

    private static Chunk ReadGroup<TKey>(ref PayloadReader from)
        where TKey : unmanaged, IComparable<TKey>
    {
        var (regions, keys, extra) = (from.Varint(), from.Varint(), from.Varint());
        from.Require(regions <= keys, "there are more regions than keys");
        var into = KeyTarget<TKey>.For(ref from, keys, extra);
        var groups = new int[from.Ok ? regions : 0];
        var (start, before) = (0, (Start: 0, Rows: 0L));
        for (var i = 0; i < groups.Length && from.Ok; i++)
        {
            var (keysLeft, rowsLeft) = (into.KeysLeft, into.KeysLeft + into.ExtraLeft);
            var narrow = KeyBlocks.Read(ref from, into);
            var rows = rowsLeft - into.KeysLeft - into.ExtraLeft;
            groups[i] = into.Filled - start;
            from.Require(rows > 0, "a region has no pixels");
            from.Require(narrow < keysLeft - into.KeysLeft || typeof(TKey) == typeof(uint), Misplaced);
            from.Require(
                before.Rows < rows
                    || (
                        before.Rows == rows
                        && RegionComparison.Compare(
                            Keys(before.Start, start),
                            Counts(before.Start, start),
                            Keys(start, into.Filled),
                            Counts(start, into.Filled)
                        ) <= 0
                    ),
                "the regions are not in order"
            );
            (before, start) = ((start, rows), into.Filled);
        }
        from.Require(into.KeysLeft == 0 && into.ExtraLeft == 0, "there are fewer rows than were announced");
        return into.ToChunk(groups);

        ReadOnlySpan<TKey> Keys(int first, int end) => into.Keys[first..end];

        ReadOnlySpan<long> Counts(int first, int end) => into.Counts.IsEmpty ? [] : into.Counts[first..end];
    }
}
