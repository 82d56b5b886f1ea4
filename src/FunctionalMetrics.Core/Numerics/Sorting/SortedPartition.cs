using System.Numerics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// All keys of a bag in order, part by part: each is sorted when it is asked for and used while it is still in a cache, so that sorted keys
/// need not go through memory once more.
/// </summary>
internal sealed unsafe class SortedPartition<TKey> : IDisposable
    where TKey : unmanaged
{
    private readonly RadixPartition<TKey> parts;
    private readonly Scratch<TKey> keys;
    private readonly Scratch<TKey> room;

    public SortedPartition(KeyBag bag)
    {
        keys = new(checked((int)bag.Keys));
        var (lowest, highest) = (ulong.MaxValue, 0ul);
        foreach (var chunk in bag.Chunks)
            Each(
                chunk,
                (keys, length) =>
                {
                    var (least, most) = KeyExtrema.Of(new ReadOnlySpan<TKey>(keys, (int)length));
                    (lowest, highest) = (Math.Min(lowest, ScoreKey.Bits(least)), Math.Max(highest, ScoreKey.Bits(most)));
                }
            );
        parts = new((int)bag.Keys, lowest, highest > lowest ? BitOperations.Log2(highest - lowest) + 1 : 0);
        foreach (var chunk in bag.Chunks)
            Each(chunk, parts.CountIn);
        parts.Close();
        fixed (TKey* split = keys.Span)
        {
            var to = new KeyPointer<TKey>(split, null);
            foreach (var chunk in bag.Chunks)
                Each(chunk, (keys, length) => parts.Split(new(keys, null), length, to));
        }
        room = new(parts.Parts.Max(part => part.Length));
    }

    private delegate void Work(TKey* keys, nint length);

    /// <summary>How many parts there are; the keys of each lie above those of all before it.</summary>
    public int Count => parts.Parts.Count;

    /// <summary>The keys of a part in ascending order, good until the next call. Each part may be asked for once.</summary>
    public ReadOnlySpan<TKey> this[int index]
    {
        get
        {
            var part = parts.Parts[index];
            var unsorted = keys.Span.Slice(part.Start, part.Length);
            fixed (TKey* here = unsorted)
            fixed (TKey* there = room.Span)
            {
                var sorted = RadixSort.SortDigits(new KeyPointer<TKey>(here, null), new(there, null), part.Length, part.Lowest, part.Bits);
                return sorted.Keys == here ? unsorted : room.Span[..part.Length];
            }
        }
    }

    public void Dispose()
    {
        parts.Dispose();
        keys.Dispose();
        room.Dispose();
    }

    private void Each(Chunk chunk, Work work)
    {
        using var widened = new Scratch<TKey>(chunk is Chunk<TKey> ? 0 : chunk.Count);
        if (chunk is not Chunk<TKey>)
            chunk.CopyTo(widened.Span);
        fixed (TKey* first = chunk is Chunk<TKey> same ? same.Keys : widened.Span)
            work(first, chunk.Count);
    }
}
