using FunctionalMetrics.Core;
using LanguageExt;

namespace FunctionalMetrics.Tests;

/// <summary>Small data that look like a detector's: normal scores around 3, anomalous ones around 5.</summary>
internal static class Samples
{
    public static RankState Ranks(int normal, int anomalous, int seed = 1) => RankState.Of(Rows(normal, anomalous, seed));

    public static ScoreBatch Rows(int normal, int anomalous, int seed = 1)
    {
        var random = new Random(seed);
        bool[] labels = [.. Enumerable.Repeat(false, normal), .. Enumerable.Repeat(true, anomalous)];
        return Batch([.. labels.Select(label => Score(random, label))], labels);
    }

    public static RankState Constant(double score) => RankState.Of(Batch([score, score, score], [true, false, false]));

    public static ScoreBatch Batch(double[] scores, bool[] labels) => Value(ScoreBatch.Create(scores, labels));

    public static RankState Images => Ranks(120, 30);

    public static ReportPage Page =>
        new("brick", "4 images", [ReportLevel.OfImages(Images), ReportLevel.OfPixels(RegionState.Of(Maps(regions: true)))]);

    /// <summary>Four maps of 24 x 24 pixels, with three regions of different size or none.</summary>
    public static MapBatch Maps(bool regions)
    {
        var random = new Random(1);
        var (scores, masks) = (new float[4, 24, 24], new bool[4, 24, 24]);
        for (var image = 0; image < 4; image++)
        for (var row = 0; row < 24; row++)
        for (var column = 0; column < 24; column++)
        {
            var label = regions && image < 3 && row < 3 + 5 * image && column is >= 4 and < 10;
            masks[image, row, column] = label;
            scores[image, row, column] = MathF.Round((float)Score(random, label), 2);
        }
        return Value(MapBatch.Create(scores, masks));
    }

    /// <summary>Images of 20 x 20 pixels with names that begin so; of the last beginning they are normal, and the others have two regions.</summary>
    public static ImageState Folders(int count, params string[] beginnings)
    {
        var random = new Random(3);
        var (scores, masks) = (new float[count, 20, 20], new bool[count, 20, 20]);
        for (var image = 0; image < count; image++)
        for (var row = 0; row < 20; row++)
        for (var column = 0; column < 20; column++)
        {
            var label =
                image % beginnings.Length < beginnings.Length - 1 && row is >= 3 and < 6 && column % 9 < 1 + image % 5 && column < 15;
            masks[image, row, column] = label;
            scores[image, row, column] = MathF.Round((float)(Score(random, false) + (label ? random.NextDouble() * 2 : 0)), 2);
        }
        return ImageState.Of(
            Value(
                Value(MapBatch.Create(scores, masks))
                    .WithImages(Enumerable.Range(0, count).Select(i => new ImageFacts($"{beginnings[i % beginnings.Length]}{i:D2}")))
            )
        );
    }

    /// <summary>A map of 24 x 24 pixels with two defects that overlap.</summary>
    public static DefectBatch Defects()
    {
        var random = new Random(1);
        var (scores, blot, line) = (new float[24, 24], new bool[24, 24], new bool[24, 24]);
        for (var row = 0; row < 24; row++)
        for (var column = 0; column < 24; column++)
        {
            (blot[row, column], line[row, column]) = (row < 8 && column is >= 4 and < 10, column == 6);
            scores[row, column] = (float)Score(random, blot[row, column] || line[row, column]);
        }
        return Value(
            DefectBatch.Create(
                scores,
                [Value(Defect.Create(blot, SaturationThreshold.Share(0.5))), Value(Defect.Create(line, SaturationThreshold.Pixels(10)))]
            )
        );
    }

    /// <summary>A normal map of so many pixels that small false positive rates are there, with the highest score of all maps.</summary>
    public static MapBatch LargeNormalMap =>
        Value(
            MapBatch.Create(
                (float[])[.. Enumerable.Range(0, 100_000).Select(i => i == 0 ? 9f : 2f)],
                new bool[100_000],
                new MapShape(1, 400, 250)
            )
        );

    public static T Value<T>(Fin<T> value) => value.ThrowIfFail();

    public static T Value<T>(Validation<Fault, T> value) => value.IfFail(faults => throw new InvalidOperationException($"{faults}"));

    private static double Score(Random random, bool label) =>
        (label ? 4 : 2) + random.NextDouble() + random.NextDouble() * random.NextDouble() * 3;
}
