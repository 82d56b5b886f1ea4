using System.Buffers;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>Room for some values from the shared pool, given back at the end of the scope; its content means nothing at first.</summary>
internal readonly struct Rented<T> : IDisposable
    where T : unmanaged
{
    private readonly T[] array;
    private readonly int count;

    public Rented(int count)
    {
        array = LargePages.Advise(ArrayPool<T>.Shared.Rent(count));
        this.count = count;
    }

    public Span<T> Span => array.AsSpan(0, count);

    public static Rented<T> Zeros(int count)
    {
        var zeros = new Rented<T>(count);
        zeros.Span.Clear();
        return zeros;
    }

    /// <summary>More room that begins with the same values; this one is given back.</summary>
    public Rented<T> Grown(int larger)
    {
        var grown = new Rented<T>(larger);
        Span.CopyTo(grown.Span);
        Dispose();
        return grown;
    }

    public void Dispose() => ArrayPool<T>.Shared.Return(array);
}
