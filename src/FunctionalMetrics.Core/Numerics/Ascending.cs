using System.Numerics;

namespace FunctionalMetrics.Core.Numerics;

/// <summary>Looks values up among ascending ones.</summary>
internal static class Ascending
{
    /// <summary>How many of the ascending values are at most the limit.</summary>
    public static int UpTo<T>(ReadOnlySpan<T> values, T limit)
        where T : IComparisonOperators<T, T, bool>
    {
        var (low, high) = (0, values.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (values[middle] <= limit)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
