using FunctionalMetrics.Core.Numerics;
using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Region labelling against a flood fill that shares nothing with it.</summary>
public class RegionLabelsTests
{
    [Fact]
    public void Labels_of_noise_are_those_of_the_flood_fill()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var choices = new Choices(seed);
            var (height, width) =
                seed % 10 == 0 ? (1, 1 + choices.Below(200))
                : seed % 10 == 1 ? (1 + choices.Below(200), 1)
                : (1 + choices.Below(24), 1 + choices.Below(70));
            var percent = 20 + choices.Below(61);
            Check(height, width, (_, _) => choices.Below(100) < percent);
        }
    }

    [Fact]
    public void Empty_rows_part_regions_at_every_width()
    {
        for (var width = 1; width <= 200; width++)
        {
            var choices = new Choices(width);
            bool[] empty = [.. Enumerable.Range(0, 12).Select(_ => choices.Once(2))];
            Check(12, width, (r, c) => !empty[r] && (c == width - 1 || choices.Below(100) < 20));
        }
    }

    [Fact]
    public void Labels_of_patterns_are_those_of_the_flood_fill()
    {
        foreach (var (height, width) in ((int, int)[])[(1, 1), (2, 2), (7, 9), (16, 64), (15, 65), (33, 31), (9, 192), (11, 127)])
        {
            Check(height, width, (_, _) => true);
            Check(height, width, (_, _) => false);
            Check(height, width, (r, c) => (r + c) % 2 == 0);
            Check(height, width, (r, c) => r % 2 == 0 && c % 2 == 0);
            Check(height, width, (r, c) => c % 2 == 0 || r == height - 1);
            Check(height, width, (r, c) => c % 2 == 0 || r == 0);
            Check(height, width, (r, c) => r % 2 == 0 || c == (r / 2 % 2 == 0 ? width - 1 : 0));
            Check(height, width, (r, c) => Math.Min(Math.Min(r, c), Math.Min(height - 1 - r, width - 1 - c)) % 2 == 0);
            Check(height, width, (r, c) => c == width - 1 || (c == 0 && r % 3 == 0));
            Check(height, width, (r, c) => r % 2 == 0 && (c == width - 1 || c == 3));
            Check(height, width, (r, c) => r % 3 == 0 ? c == width / 2 : r % 3 == 2 && c > width - 3);
            Check(height, width, Spiral(height, width));
        }
    }

    /// <summary>The mask stands at an odd offset between other labels that must not leak in.</summary>
    private static void Check(int height, int width, Func<int, int, bool> anomalous)
    {
        const int Offset = 77;
        bool[] mask = [.. Enumerable.Range(0, height * width).Select(i => anomalous(i / width, i % width))];
        byte[] bytes =
        [
            .. Enumerable.Repeat((byte)1, Offset),
            .. mask.Select(label => label ? (byte)1 : (byte)0),
            .. Enumerable.Repeat((byte)1, Offset),
        ];
        var labels = RegionLabels.Of(LabelBits.Of(bytes), Offset, height, width);
        var found = new int[mask.Length];
        for (var i = 0; i < labels.Runs.Length; i++)
            found.AsSpan(labels.Runs[i].Start..labels.Runs[i].End).Fill(labels.Region[i] + 1);
        var expected = FloodFill.Label(mask, height, width);
        Assert.Equal(expected, found);
        Assert.Equal(expected.Max(), labels.Count);
    }

    private static Func<int, int, bool> Spiral(int height, int width)
    {
        var path = new bool[height, width];
        var (r, c, dr, dc, turns) = (0, 0, 0, 1, 0);
        path[0, 0] = true;
        while (turns < 2)
        {
            var (nextR, nextC) = (r + dr, c + dc);
            var free = Inside(nextR, nextC) && !path[nextR, nextC] && !(Inside(nextR + dr, nextC + dc) && path[nextR + dr, nextC + dc]);
            if (!free)
                (dr, dc, turns) = (dc, -dr, turns + 1);
            else
                (r, c, turns, path[nextR, nextC]) = (nextR, nextC, 0, true);
        }
        return (row, column) => path[row, column];

        bool Inside(int row, int column) => row >= 0 && row < height && column >= 0 && column < width;
    }
}
