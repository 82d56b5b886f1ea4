using System.Collections.Immutable;

namespace FunctionalMetrics.Core.Tests;

/// <summary>A labelled score, before it is in any batch.</summary>
internal sealed record Row(double Score, bool Label);

/// <summary>A map with its mask, before it is in any batch.</summary>
internal sealed record Image(int Height, int Width, ImmutableArray<double> Scores, ImmutableArray<bool> Mask)
{
    public Image Map(Func<double, bool, double> score) => this with { Scores = [.. Scores.Zip(Mask, score)] };

    public override string ToString() =>
        string.Concat(
            Enumerable
                .Range(0, Height)
                .Select(r =>
                    $"\n    {string.Join(" ", Enumerable.Range(r * Width, Width).Select(i => $"{Scores[i]:R}{(Mask[i] ? "#" : "")}"))}"
                )
        );
}

/// <summary>Data for every metric: rows for those of rows, images for those of maps.</summary>
internal sealed record Sample(ImmutableArray<Row> Rows, ImmutableArray<Image> Images)
{
    public static Sample Empty { get; } = new([], []);

    public Sample Duplicated => new([.. Rows, .. Rows], [.. Images, .. Images]);

    public Sample Flipped =>
        new(
            [.. Rows.Select(row => row with { Label = !row.Label })],
            [.. Images.Select(image => image with { Mask = [.. image.Mask.Select(y => !y)] })]
        );

    public IEnumerable<double> Scores => Rows.Select(row => row.Score).Concat(Images.SelectMany(image => image.Scores));

    public Sample Map(Func<double, double> change) =>
        new(
            [.. Rows.Select(row => row with { Score = change(row.Score) })],
            [.. Images.Select(image => image.Map((score, _) => change(score)))]
        );

    public override string ToString() =>
        $"rows [{string.Join(", ", Rows.Select(row => $"{row.Score:R}{(row.Label ? "#" : "")}"))}], images [{string.Join(";", Images)}]";
}
