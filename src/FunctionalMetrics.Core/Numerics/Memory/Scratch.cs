using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Scratch memory for some values, rented from the shared pool and given back at the end of the scope; its content means nothing at first.
/// Values of every type come from one pool, so that what one step leaves serves the next: to touch fresh memory takes longer than most of
/// them.
/// </summary>
internal readonly struct Scratch<T> : IDisposable
    where T : unmanaged
{
    private readonly ulong[] words;
    private readonly int count;

    public Scratch(int count)
    {
        words = LargePages.Advise(ArrayPool<ulong>.Shared.Rent(WordsOf(count)));
        this.count = count;
    }

    public Span<T> Span => MemoryMarshal.Cast<ulong, T>(words.AsSpan(0, WordsOf(count)))[..count];

    public static Scratch<T> Zeros(int count)
    {
        var zeros = new Scratch<T>(count);
        zeros.Span.Clear();
        return zeros;
    }

    /// <summary>More room that begins with the same values; this one is given back.</summary>
    public Scratch<T> Grown(int larger)
    {
        var grown = new Scratch<T>(larger);
        Span.CopyTo(grown.Span);
        Dispose();
        return grown;
    }

    public void Dispose() => ArrayPool<ulong>.Shared.Return(words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WordsOf(int count) => checked((int)(((long)count * Unsafe.SizeOf<T>() + sizeof(ulong) - 1) / sizeof(ulong)));
}
