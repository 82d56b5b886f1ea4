using FunctionalMetrics.Laws;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Random rows and images, cut into batches of arbitrary sizes and formats.</summary>
internal static class FuzzData
{
    private static readonly int[] Lengths = [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 513];

    /// <summary>A length at or next to what vectors, words and blocks hold, or any up to the bound.</summary>
    public static int Length(Choices choices, int bound) =>
        choices.Once(2) ? Math.Min(bound, Lengths[choices.Below(Lengths.Length)]) : choices.Below(bound + 1);

    public static double[] Scores(Choices choices, int count, ScoreFormat format)
    {
        var (first, second) = (ScoreShapes.All[ScoreShapes.Any(choices)], ScoreShapes.All[ScoreShapes.Any(choices)]);
        var strangers = choices.Once(2) ? 0 : choices.Below(100);
        return [.. Enumerable.Range(0, count).Select(i => format.Round((choices.Below(100) < strangers ? second : first)(i, choices)))];
    }

    /// <summary>All or none, at random, or in runs, so that words of labels are mixed or all alike.</summary>
    public static bool[] Labels(Choices choices, int count)
    {
        var percent = new[] { 0, 1, 5, 50, 95, 99, 100 }[choices.Below(7)];
        var run = choices.Once(2) ? 1 : 1 + choices.Below(200);
        var labels = new bool[count];
        for (int i = 0, left = 0; i < count; i++, left--)
        {
            if (left <= 0)
                left = 1 + choices.Below(run);
            labels[i] = i > 0 && left > 1 ? labels[i - 1] : choices.Below(100) < percent;
        }
        return labels;
    }

    public static Row[] Rows(Choices choices, int count, ScoreFormat format) =>
        [.. Scores(choices, count, format).Zip(Labels(choices, count), (score, label) => new Row(score, label))];

    /// <summary>Images of one or more shapes, each with a mask of noise, blocks, everything or nothing.</summary>
    public static Image[] Images(Choices choices, int count, int side, ScoreFormat format) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                {
                    var (height, width) = (1 + choices.Below(side), 1 + choices.Below(2 * side));
                    return new Image(height, width, [.. Scores(choices, height * width, format)], [.. Mask(choices, height, width)]);
                }),
        ];

    public static bool[] Mask(Choices choices, int height, int width)
    {
        var (percent, across, down) = (choices.Below(101), 1 + choices.Below(4), 1 + choices.Below(4));
        if (choices.Once(3))
            return Labels(choices, height * width);
        var cells = new bool[(height / down + 1) * (width / across + 1)];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = choices.Below(100) < percent;
        for (var row = choices.Once(2) ? 0 : height; row <= height / down; row++)
            if (choices.Once(2))
                cells.AsSpan(row * (width / across + 1), width / across + 1).Clear();
        return [.. Enumerable.Range(0, height * width).Select(i => cells[i / width / down * (width / across + 1) + i % width / across])];
    }

    /// <summary>The rows in batches, shuffled and cut at random.</summary>
    public static ScoreBatch[] Batches(Choices choices, Row[] rows, ScoreFormat format) =>
        [.. choices.Cut(choices.Shuffle(rows)).Select(part => Batch(part, ScoreFormats.Holding(format, choices)))];

    public static ScoreBatch Batch(IReadOnlyList<Row> rows, ScoreFormat format) =>
        ScoreBatch
            .Create(format.Values([.. rows.Select(row => row.Score)]), rows.Select(row => row.Label).ToArray())
            .IfFail(faults => throw new DifferenceException(faults.Head.Message));

    /// <summary>Each image as a batch of its own, shuffled.</summary>
    public static MapBatch[] Batches(Choices choices, Image[] images, ScoreFormat format) =>
        [.. choices.Shuffle(images).Select(image => Batch(image, ScoreFormats.Holding(format, choices)))];

    public static MapBatch Batch(Image image, ScoreFormat format) =>
        MapBatch
            .Create(format.Values([.. image.Scores]), image.Mask.ToArray(), new MapShape(1, image.Height, image.Width))
            .IfFail(faults => throw new DifferenceException(faults.Head.Message));
}
