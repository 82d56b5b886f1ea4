using System.Numerics;
using System.Runtime.InteropServices;

namespace FunctionalMetrics.Benchmarks;

/// <summary>What no exact metric can beat for long: a sort, a copy and a sum of the scores, each on one thread.</summary>
internal static class Limits
{
    public static IReadOnlyList<Peer> Of<T>(T[] scores)
        where T : unmanaged, INumber<T>
    {
        var copy = new T[scores.Length];
        return
        [
            new("Array.Sort", Timing.Of(scores.Length, () => (T[])scores.Clone(), Array.Sort, 3)),
            new("a copy", Timing.Of(scores.Length, () => scores.CopyTo(copy, 0))),
            new("a sum", Timing.Of(scores.Length, () => GC.KeepAlive(Sum(scores)))),
        ];
    }

    private static object Sum<T>(T[] scores)
        where T : unmanaged, INumber<T>
    {
        var (a, b, c, d) = (Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero);
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(scores);
        for (var i = 0; i + 4 <= vectors.Length; i += 4)
            (a, b, c, d) = (a + vectors[i], b + vectors[i + 1], c + vectors[i + 2], d + vectors[i + 3]);
        return Vector.Sum(a + b + c + d);
    }
}
