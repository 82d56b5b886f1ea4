using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// How many of many keys lie between and at few ascending distinct thresholds: the heart of every metric. Many keys are counted on all
/// processors: counts are integers, so that the result is the same.
/// </summary>
internal static class ThresholdCounts
{
    private const int Block = 512;

    private const int Few = 512;

    /// <summary>A binary search takes no more steps.</summary>
    private const int MostStepsOfSearch = 32;

    /// <summary>How many keys one piece of work has at most.</summary>
    private const int Piece = 1 << 16;

    /// <summary>The plain definition, which the fast way must equal.</summary>
    public static GapCounts Plain<TKey>(ReadOnlySpan<TKey> keys, ReadOnlySpan<TKey> thresholds)
        where TKey : unmanaged, IComparable<TKey>
    {
        var counts = new GapCounts(new long[GapCounts.Slots(thresholds.Length)]);
        foreach (var key in keys)
            if (thresholds.BinarySearch(key) is var found && found >= 0)
                counts.At(found)++;
            else
                counts.Between(~found)++;
        return counts;
    }

    public static GapCounts Count<TKey>(KeyBag keys, ReadOnlySpan<TKey> thresholds)
        where TKey : unmanaged, IComparable<TKey>
    {
        var counts = new GapCounts(new long[GapCounts.Slots(thresholds.Length)]);
        Count(keys, thresholds, counts);
        return counts;
    }

    /// <summary>Adds to the counts, on at most as many threads as there are processors.</summary>
    public static void Count<TKey>(KeyBag keys, ReadOnlySpan<TKey> thresholds, GapCounts counts)
        where TKey : unmanaged, IComparable<TKey> => Count(keys, thresholds, counts, Environment.ProcessorCount);

    /// <summary>The same on a given number of threads at most.</summary>
    public static unsafe void Count<TKey>(KeyBag keys, ReadOnlySpan<TKey> thresholds, GapCounts counts, int threads)
        where TKey : unmanaged, IComparable<TKey>
    {
        if (thresholds.Length == 0)
        {
            counts.Above += keys.Count;
            return;
        }
        var pieces = new List<(Chunk Chunk, int Start)>();
        foreach (var chunk in keys.Chunks)
            if (chunk.IsCounted)
                CountEach(chunk, thresholds, counts);
            else
                for (var start = 0; start < chunk.Count; start += Piece)
                    pieces.Add((chunk, start));
        if (pieces.Count == 0)
            return;
        if (keys.Count <= Few)
        {
            foreach (var (chunk, _) in pieces)
                CountEach(chunk, thresholds, counts);
            return;
        }
        using var index = new ThresholdIndex<TKey>(thresholds, threads);
        var workers = new Worker<TKey>?[Math.Clamp(pieces.Count / 2, 1, threads)];
        var next = 0;
        SharedWork.Each(
            workers.Length,
            threads,
            i =>
            {
                if (Volatile.Read(ref next) < pieces.Count)
                    (workers[i] = new(index, keys.Count / workers.Length)).Work(pieces, ref next);
            }
        );
        fixed (long* first = &counts.Between(0))
        {
            var (all, count) = ((nint)first, thresholds.Length);
            SharedWork.Each(
                workers.Length,
                threads,
                i =>
                {
                    var range = SharedWork.Share(count, i, workers.Length);
                    foreach (var worker in workers)
                        worker?.AddTo(new GapCounts(new((long*)all, GapCounts.Slots(count))).Part(range), range.Start.Value);
                }
            );
        }
        foreach (var worker in workers)
            worker?.Dispose();
    }

    /// <summary>Is given the counts of one of several chunks, which are forgotten afterwards.</summary>
    public delegate void Seen(int chunk, GapCounts counts);

    /// <summary>
    /// Counts several chunks at the same thresholds, at least one, each by itself: some at a time on as many threads, which share what finds the
    /// thresholds.
    /// </summary>
    public static void Each<TKey>(IReadOnlyList<Chunk> chunks, TKey[] thresholds, Seen seen)
        where TKey : unmanaged, IComparable<TKey>
    {
        var threads = Environment.ProcessorCount;
        using var index = new ThresholdIndex<TKey>(thresholds, threads);
        SharedWork.Each(
            chunks.Count,
            threads,
            i =>
            {
                using var slots = Scratch<long>.Zeros(GapCounts.Slots(thresholds.Length));
                var counts = new GapCounts(slots.Span);
                var (chunk, next) = (chunks[i], 0);
                if (chunk.Count > 0 && chunk.IsCounted)
                    CountEach<TKey>(chunk, thresholds, counts);
                else if (chunk.Count > 0)
                {
                    using var worker = new Worker<TKey>(index, chunk.Count);
                    worker.Work([.. Enumerable.Range(0, (chunk.Count - 1) / Piece + 1).Select(piece => (chunk, piece * Piece))], ref next);
                    worker.AddTo(counts, 0);
                }
                seen(i, counts);
            }
        );
    }

    /// <summary>Counts that go on: the thresholds, at least one, stay, and keys come piece by piece, on some threads that each have a number.</summary>
    public sealed class Accumulator<TKey> : IDisposable
        where TKey : unmanaged, IComparable<TKey>
    {
        private readonly ThresholdIndex<TKey> index;
        private readonly Worker<TKey>?[] workers;
        private readonly long keys;

        /// <param name="thresholds">The thresholds.</param>
        /// <param name="keys">About how many keys there will be: the more, the more room is taken for them.</param>
        /// <param name="threads">How many threads add them.</param>
        public Accumulator(ReadOnlySpan<TKey> thresholds, long keys, int threads)
        {
            index = new ThresholdIndex<TKey>(thresholds, Environment.ProcessorCount);
            (workers, this.keys) = (new Worker<TKey>[threads], keys / threads);
        }

        public void Add(ReadOnlySpan<TKey> keys, int thread) => (workers[thread] ??= new(index, this.keys)).Work(keys);

        /// <summary>Adds what was counted to the counts of some thresholds, of which the first is given; no key must be added afterwards.</summary>
        public void AddTo(GapCounts counts, int first)
        {
            foreach (var worker in workers)
            {
                worker?.Finish();
                worker?.AddTo(counts, first);
            }
        }

        public void Dispose()
        {
            foreach (var worker in workers)
                worker?.Dispose();
            index.Dispose();
        }
    }

    /// <summary>
    /// Keys that are few, or stand for many rows each: the plain definition is fast enough. Where they ascend and thresholds are not many more, both are gone through once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CountEach<TKey>(Chunk chunk, ReadOnlySpan<TKey> thresholds, GapCounts counts)
        where TKey : unmanaged, IComparable<TKey>
    {
        using var rented = new Scratch<TKey>(chunk.Count);
        var keys = rented.Span;
        chunk.CopyTo(keys);
        var ascend = QuantizedKeys.Are(chunk) && thresholds.Length / keys.Length < MostStepsOfSearch;
        for (int i = 0, at = 0; i < keys.Length; i++)
        {
            var key = keys[i];
            if (!ascend)
                at = thresholds.BinarySearch(key) is var found && found >= 0 ? found : ~found;
            while (at < thresholds.Length && thresholds[at].CompareTo(key) < 0)
                at++;
            var equal = at < thresholds.Length && thresholds[at].CompareTo(key) == 0;
            (equal ? ref counts.At(at) : ref counts.Between(at)) += chunk.Counts.Length > 0 ? chunk.Counts[i] : 1;
        }
    }

    /// <summary>Places pieces until none is left, and counts them in 32 bits of its own for as long as those cannot overflow.</summary>
    private sealed unsafe class Worker<TKey>(ThresholdIndex<TKey> index, long keys) : IDisposable
        where TKey : unmanaged, IComparable<TKey>
    {
        private readonly Scratch<uint> recent = Scratch<uint>.Zeros(index.Counters);
        private readonly SectionBuffers<TKey>? sections = index.Sections > 1 ? new(index, keys) : null;
        private long[] before = [];
        private long pending;
        private bool finished;

        public void Work(List<(Chunk Chunk, int Start)> pieces, ref int next)
        {
            fixed (uint* counters = recent.Span)
            {
                for (int piece; (piece = Interlocked.Increment(ref next) - 1) < pieces.Count; )
                {
                    var (chunk, start) = pieces[piece];
                    var length = Math.Min(Piece, chunk.Count - start);
                    if (pending + length > uint.MaxValue)
                        Flush(counters);
                    pending += length;
                    if (chunk is Chunk<TKey> same)
                        Place(same.Keys.AsSpan(start, length), counters);
                    else
                        PlaceWidened(((Chunk<uint>)chunk).Keys.AsSpan(start, length), counters);
                }
                sections?.Finish(counters);
            }
        }

        public void Work(ReadOnlySpan<TKey> keys)
        {
            fixed (uint* counters = recent.Span)
            {
                if (pending + keys.Length > uint.MaxValue)
                    Flush(counters);
                pending += keys.Length;
                Place(keys, counters);
            }
        }

        public void Finish()
        {
            if (!finished)
                fixed (uint* counters = recent.Span)
                    sections?.Finish(counters);
            finished = true;
        }

        public void AddTo(GapCounts counts, int first)
        {
            index.AddTo(counts, first, recent.Span);
            if (before.Length > 0)
                counts.Add<long>(before, first);
        }

        public void Dispose()
        {
            recent.Dispose();
            sections?.Dispose();
        }

        private void Flush(uint* counters)
        {
            sections?.Finish(counters);
            if (before.Length == 0)
                before = new long[GapCounts.Slots(index.Thresholds)];
            index.AddTo(new(before), 0, recent.Span);
            recent.Span.Clear();
            pending = 0;
        }

        private void Place(ReadOnlySpan<TKey> keys, uint* counters)
        {
            fixed (TKey* first = keys)
                if (sections is null)
                    index.Place(0, first, keys.Length, counters);
                else
                    sections.Place(first, keys.Length, counters);
        }

        private void PlaceWidened(ReadOnlySpan<uint> keys, uint* counters)
        {
            Span<TKey> wide = stackalloc TKey[Block];
            for (var at = 0; at < keys.Length; at += Block)
            {
                var block = keys.Slice(at, Math.Min(Block, keys.Length - at));
                for (var i = 0; i < block.Length; i++)
                    wide[i] = ScoreKey.Key<TKey>(ScoreKey.Widen(block[i]));
                Place(wide[..block.Length], counters);
            }
        }
    }
}
