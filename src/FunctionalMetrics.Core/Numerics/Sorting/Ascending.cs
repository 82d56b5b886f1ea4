using System.Runtime.CompilerServices;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>What is quick where values ascend.</summary>
internal static class Ascending
{
    /// <summary>How many of the ascending values are at most the limit.</summary>
    public static int UpTo<T>(ReadOnlySpan<T> values, T limit)
        where T : IComparable<T>
    {
        var (low, high) = (0, values.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (values[middle].CompareTo(limit) <= 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>The distinct values, at the beginning of room for all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReadOnlySpan<T> Distinct<T>(ReadOnlySpan<T> values, Span<T> room)
        where T : IComparable<T>
    {
        var count = 0;
        foreach (var value in values)
            if (count == 0 || room[count - 1].CompareTo(value) != 0)
                room[count++] = value;
        return room[..count];
    }
}
