using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>The smallest and the largest of one key or more.</summary>
internal static class KeyExtrema
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (TKey Min, TKey Max) Of<TKey>(ReadOnlySpan<TKey> keys)
        where TKey : unmanaged
    {
        var comparer = Comparer<TKey>.Default;
        var (min, max) = (keys[0], keys[0]);
        var i = 0;
        if (keys.Length >= Vector256<TKey>.Count)
        {
            ref var first = ref MemoryMarshal.GetReference(keys);
            var (low, high) = (Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first));
            for (; i + Vector256<TKey>.Count <= keys.Length; i += Vector256<TKey>.Count)
            {
                var vector = Vector256.LoadUnsafe(ref first, (nuint)i);
                (low, high) = (Vector256.Min(low, vector), Vector256.Max(high, vector));
            }
            for (var lane = 0; lane < Vector256<TKey>.Count; lane++)
            {
                min = comparer.Compare(low[lane], min) < 0 ? low[lane] : min;
                max = comparer.Compare(high[lane], max) > 0 ? high[lane] : max;
            }
        }
        for (; i < keys.Length; i++)
        {
            min = comparer.Compare(keys[i], min) < 0 ? keys[i] : min;
            max = comparer.Compare(keys[i], max) > 0 ? keys[i] : max;
        }
        return (min, max);
    }
}
