using FunctionalMetrics.Core;

namespace FunctionalMetrics.Benchmarks;

/// <summary>Maps and masks of one shape, in memory as a detector leaves them: the input of every measurement at pixel level.</summary>
internal sealed record MapStack<T>(T[] Maps, byte[] Masks, int Count, int Height, int Width)
    where T : unmanaged
{
    public int Pixels => Maps.Length;

    public int ImagePixels => Height * Width;

    /// <summary>A batch of whole rows of pixels, checked as any caller's batch is.</summary>
    public MapBatch Batch(int pixel, int rows) =>
        MapBatch
            .Create(View(pixel, rows * Width), (ReadOnlySpan<byte>)Masks.AsSpan(pixel, rows * Width), new MapShape(1, rows, Width))
            .IfFail(faults => throw new InvalidDataException(faults.Head.Message));

    /// <summary>Each image as a batch of its own.</summary>
    public MapBatch Image(int index) => Batch(index * ImagePixels, Height);

    /// <summary>The state of all images, one after another.</summary>
    public RegionState State() => State(0, Count);

    /// <summary>The state of the images [from, to).</summary>
    public RegionState State(int from, int to)
    {
        var state = RegionState.Empty;
        for (var image = from; image < to; image++)
            state = Aupro.Metric.Update(state, Image(image));
        return state;
    }

    /// <summary>The same state from all processors: each takes the next image for a state of its own, and these are merged.</summary>
    public RegionState Shared() => Shared(RegionState.State);

    /// <summary>The same of another kind of state.</summary>
    public TState Shared<TState>(State<MapBatch, TState> kind)
        where TState : notnull
    {
        var (all, merging) = (kind.Empty, new Lock());
        var next = 0;
        Parallel.For(0, Environment.ProcessorCount, new() { MaxDegreeOfParallelism = Environment.ProcessorCount }, Work);
        return all;

        void Work(int thread)
        {
            var state = kind.Empty;
            for (int image; (image = Interlocked.Increment(ref next) - 1) < Count; )
                state = kind.Update(state, Image(image));
            Merge(state);
        }

        void Merge(TState state)
        {
            lock (merging)
                all = kind.Merge(all, state);
        }
    }

    /// <summary>The same masks with other maps.</summary>
    public MapStack<TOther> Select<TOther>(Func<T, TOther> score)
        where TOther : unmanaged => new(Array.ConvertAll(Maps, value => score(value)), Masks, Count, Height, Width);

    private ScoreValues View(int from, int length) =>
        Maps switch
        {
            float[] scores => (ReadOnlySpan<float>)scores.AsSpan(from, length),
            byte[] scores => (ReadOnlySpan<byte>)scores.AsSpan(from, length),
            Half[] scores => (ReadOnlySpan<Half>)scores.AsSpan(from, length),
            _ => throw new NotSupportedException($"maps of {typeof(T)}"),
        };
}
