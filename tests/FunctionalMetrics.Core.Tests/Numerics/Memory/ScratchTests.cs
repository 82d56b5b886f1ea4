using FunctionalMetrics.Core.Numerics;

namespace FunctionalMetrics.Core.Tests;

public class ScratchTests
{
    [Fact]
    public void Room_of_every_type_has_the_length_that_was_asked_for()
    {
        foreach (var count in (int[])[0, 1, 2, 3, 7, 8, 9, 1000, 70_001])
        {
            Check(count, i => (byte)i);
            Check(count, i => (ushort)i);
            Check(count, i => (uint)i);
            Check(count, i => (double)i);
            Check(count, i => (UInt128)(ulong)i << 60);
        }
    }

    [Fact]
    public void Zeros_are_zeros_though_the_room_was_used_before_as_another_type()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            using (var used = new Scratch<byte>(4096))
                used.Span.Fill(0xFF);
            using var zeros = Scratch<UInt128>.Zeros(255);
            Assert.DoesNotContain(zeros.Span.ToArray(), value => value != 0);
        }
    }

    private static void Check<T>(int count, Func<int, T> value)
        where T : unmanaged
    {
        var (first, second) = (new Scratch<T>(count), new Scratch<T>(count));
        T[] values = [.. Enumerable.Range(0, count).Select(value)];
        values.CopyTo(first.Span);
        second.Span.Clear();
        using var grown = first.Grown(2 * count + 1);
        Assert.Equal((count, 2 * count + 1), (second.Span.Length, grown.Span.Length));
        Assert.Equal(values, grown.Span[..count].ToArray());
        second.Dispose();
    }
}
