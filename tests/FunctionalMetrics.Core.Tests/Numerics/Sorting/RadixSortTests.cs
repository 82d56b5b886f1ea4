using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>The radix sort against the framework's, and its payload against the keys it belongs to.</summary>
public class RadixSortTests
{
    private static readonly int[] Lengths = [0, 1, 2, 255, 256, 257, 1000, 5000, 65_536, 300_001];

    private static readonly Func<Choices, ulong>[] Kinds =
    [
        choices => (ulong)choices.Below(int.MaxValue) << 33 ^ (ulong)choices.Below(int.MaxValue),
        choices => (ulong)choices.Below(3),
        choices => 0x8000_0000_8000_0000 + (ulong)choices.Below(300),
        choices => (ulong)choices.Below(7) << 56 | (ulong)choices.Below(7) << 24,
        _ => ulong.MaxValue,
        choices => choices.Once(1000) ? ulong.MaxValue >> choices.Below(64) : (ulong)choices.Below(int.MaxValue),
    ];

    [Fact, Trait("Category", "Slow")]
    public void Keys_come_out_in_ascending_order() =>
        Each(
            (choices, kind, length) =>
            {
                ulong[] wide = [.. Enumerable.Range(0, length).Select(_ => kind(choices))];
                var narrow = Array.ConvertAll(wide, key => (uint)key);
                Sorts(wide);
                Sorts(narrow);
            }
        );

    [Fact, Trait("Category", "Slow")]
    public void Each_payload_stays_with_its_key() =>
        Each(
            (choices, kind, length) =>
            {
                ulong[] wide = [.. Enumerable.Range(0, length).Select(_ => kind(choices))];
                Carries(wide);
                Carries(Array.ConvertAll(wide, key => (uint)key));
            }
        );

    private static void Sorts<TKey>(TKey[] keys)
        where TKey : unmanaged
    {
        TKey[] expected = [.. keys.Order()];
        RadixSort.Sort(keys);
        Assert.Equal(expected, keys);
    }

    private static void Carries<TKey>(TKey[] keys)
        where TKey : unmanaged
    {
        TKey[] original = [.. keys];
        int[] payload = [.. Enumerable.Range(0, keys.Length)];
        RadixSort.Sort(keys, payload);
        Assert.Equal(original.Order(), keys);
        Assert.Equal(keys, payload.Select(i => original[i]));
        Assert.Equal(Enumerable.Range(0, keys.Length), payload.Order());
    }

    private static void Each(Action<Choices, Func<Choices, ulong>, int> check)
    {
        foreach (var length in Lengths)
            for (var kind = 0; kind < Kinds.Length; kind++)
                check(new Choices(length + kind), Kinds[kind], length);
    }
}
