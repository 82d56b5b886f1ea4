using FunctionalMetrics.Core;
using LanguageExt;
using MathNet.Numerics.Distributions;

namespace FunctionalMetrics.Statistics.Tests;

/// <summary>Data whose true numbers are known: scores of both classes are normal, or sums of normal parts that an image, a region and a pixel add.</summary>
internal static class Simulated
{
    /// <summary>The variance of what an image adds to all of its pixels, a region to all of its own, and each pixel; a detector of its own adds as much again.</summary>
    private const double OfImage = 0.25,
        OfRegion = 0.25,
        OfPixel = 0.5;

    private const int Side = 6;

    /// <summary>Of an anomalous image's 36 pixels, anomalous ones on average: a region of 1 to 3 by 1 to 3, and half the time one of 1 to 2 by 1 to 2.</summary>
    private const double Anomalous = 4 + 1.5 * 1.5 / 2;

    /// <summary>What rows are drawn from that <see cref="Rows"/> gives.</summary>
    public static Binormal OfRows(double area, int normal, int anomalous) =>
        new(Normal.InvCDF(0, 1, area) * Math.Sqrt(2), 1, 1, (double)anomalous / (normal + anomalous));

    /// <summary>What pixels are drawn from that <see cref="Images"/> gives.</summary>
    public static Binormal OfPixels(double area, int normal, int anomalous)
    {
        var (least, most) = (2 * (OfImage + OfPixel), 2 * (OfImage + OfPixel + OfRegion));
        return new(
            Normal.InvCDF(0, 1, area) * Math.Sqrt(least + most),
            Math.Sqrt(least),
            Math.Sqrt(most),
            anomalous * Anomalous / ((normal + anomalous) * Side * Side)
        );
    }

    /// <summary>Rows of both classes that two models scored: both see the same with noise of their own, which may be exchanged.</summary>
    public static (bool[] Labels, double[] A, double[] B) Rows(Random random, Binormal drawn, int normal, int anomalous)
    {
        bool[] labels = [.. Enumerable.Range(0, normal + anomalous).Select(i => i >= normal)];
        double[] seen = [.. labels.Select(label => (label ? drawn.Apart : 0) + Noise(random, 0.5))];
        return (labels, Own(), Own());

        double[] Own() => [.. seen.Select(x => x + Noise(random, 0.5))];
    }

    /// <summary>Images that two models mapped, in the same way; an image's own score is a row of <see cref="Rows"/>.</summary>
    public static (ImageState A, ImageState B) Images(Random random, Binormal pixels, Binormal rows, int normal, int anomalous)
    {
        var scores = Rows(random, rows, normal, anomalous);
        var (a, b) = (ImageState.Empty, ImageState.Empty);
        for (var i = 0; i < scores.Labels.Length; i++)
        {
            var regions = new int[Side * Side];
            if (scores.Labels[i])
            {
                Region(0, 1 + random.Next(3), 1 + random.Next(3), 1);
                if (random.Next(2) == 0)
                    Region(4 * Side + 4, 1 + random.Next(2), 1 + random.Next(2), 2);
            }
            var seen = Added(new double[regions.Length], pixels.Apart);
            a = ImageState.Merge(a, Map(Added(seen, 0), scores.A[i]));
            b = ImageState.Merge(b, Map(Added(seen, 0), scores.B[i]));

            void Region(int first, int height, int width, int number)
            {
                for (var row = 0; row < height; row++)
                    regions.AsSpan(first + row * Side, width).Fill(number);
            }

            double[] Added(double[] to, double apart)
            {
                double[] shift = [0, apart + Noise(random, OfRegion), apart + Noise(random, OfRegion)];
                var whole = Noise(random, OfImage);
                return [.. to.Select((x, pixel) => x + whole + shift[regions[pixel]] + Noise(random, OfPixel))];
            }

            ImageState Map(double[] map, double score) =>
                ImageState.Of(
                    MapBatch
                        .Create(map, Array.ConvertAll(regions, region => region > 0), new MapShape(1, Side, Side))
                        .Bind(batch => batch.WithImages([new(FormattableString.Invariant($"{i:000}.png"), default, score)]))
                        .Match(batch => batch, faults => throw new InvalidOperationException(string.Join("; ", faults)))
                );
        }
        return (a, b);
    }

    private static double Noise(Random random, double variance) =>
        Math.Sqrt(variance) * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

/// <summary>Normal scores of both classes, and what their numbers truly are: of as many rows as one likes.</summary>
/// <param name="Apart">How far the means lie apart.</param>
/// <param name="OfNormal">The standard deviation of normal scores.</param>
/// <param name="OfAnomalous">That of anomalous ones.</param>
/// <param name="Prevalence">The share of anomalous rows.</param>
internal sealed record Binormal(double Apart, double OfNormal, double OfAnomalous, double Prevalence)
{
    private const double Step = 0.001;

    /// <summary>The true number of a key.</summary>
    public double True(string key) =>
        key switch
        {
            "auroc" => Normal.CDF(0, 1, Apart / Math.Sqrt(OfNormal * OfNormal + OfAnomalous * OfAnomalous)),
            "average_precision" => Sum((before, at) => (at.Tpr - before.Tpr) * (Precision(before) + Precision(at)) / 2),
            "optimal_f1" => Rates().Max(at => 2 * at.Tpr * Prevalence / (at.Tpr * Prevalence + at.Fpr * (1 - Prevalence) + Prevalence)),
            // All sizes of regions are found alike, so that the overlap is the rate of anomalous pixels.
            "aupro" => Sum((before, at) => at.Fpr > 0.3 ? 0 : (at.Fpr - before.Fpr) * (at.Tpr + before.Tpr) / 2) / 0.3,
            _ => throw new ArgumentOutOfRangeException(nameof(key), key, "no such number"),
        };

    private double Precision((double Fpr, double Tpr) at) =>
        at.Tpr * Prevalence is var found && found == 0 ? 1 : found / (found + at.Fpr * (1 - Prevalence));

    private double Sum(Func<(double Fpr, double Tpr), (double Fpr, double Tpr), double> part) => Rates().Zip(Rates().Skip(1), part).Sum();

    private IEnumerable<(double Fpr, double Tpr)> Rates()
    {
        for (var t = Apart + 9 * OfAnomalous; t > -9 * OfNormal; t -= Step)
            yield return (Normal.CDF(0, 1, -t / OfNormal), Normal.CDF(0, 1, (Apart - t) / OfAnomalous));
    }
}
