using FunctionalMetrics.Laws;
using LanguageExt;

namespace FunctionalMetrics.Core.Tests;

/// <summary>From samples to batches: in as few as possible, or cut, ordered and represented in arbitrary ways.</summary>
internal static class Batching
{
    /// <summary>The kinds of batch that samples can be made into; a metric of another kind is in no law list.</summary>
    public static IReadOnlyList<Type> Kinds { get; } =
    [typeof(ScoreBatch), typeof(Scores), typeof(MapBatch), typeof(Maps), typeof(DefectBatch), typeof(EvaluationBatch)];

    /// <summary>One batch; for maps one of each shape.</summary>
    public static IReadOnlyList<TBatch> Whole<TBatch>(Sample sample) => Make<TBatch>(sample, null);

    /// <summary>Batches of arbitrary sizes, some empty, in arbitrary order and width.</summary>
    public static IReadOnlyList<TBatch> Cut<TBatch>(Sample sample, Choices choices) => Make<TBatch>(sample, choices);

    public static ScoreBatch Rows(IReadOnlyList<Row> rows, bool narrow = false)
    {
        bool[] labels = [.. rows.Select(row => row.Label)];
        return (
            narrow
                ? ScoreBatch.Create(rows.Select(row => (float)row.Score).ToArray(), labels)
                : ScoreBatch.Create(rows.Select(row => row.Score).ToArray(), labels)
        ).Valid();
    }

    public static MapBatch Images(IReadOnlyList<Image> images, bool narrow = false)
    {
        var shape = Shape(images);
        bool[] mask = [.. images.SelectMany(image => image.Mask)];
        return (
            narrow
                ? MapBatch.Create(Narrow(images), mask, shape)
                : MapBatch.Create(images.SelectMany(image => image.Scores).ToArray(), mask, shape)
        )
            .Valid()
            .WithImages(images.Select(Named))
            .Valid();
    }

    /// <summary>
    /// Two overlapping defects in each image that has anomalous pixels: all of them, of which half saturate, and every other one, of which two do.
    /// </summary>
    public static DefectBatch Defects(IReadOnlyList<Image> images, bool narrow = false)
    {
        var shape = Shape(images);
        var defects = images.SelectMany((image, index) => DefectsOf(image).Select(part => Of(image, part.Mask, part.Saturation, index)));
        return (
            narrow
                ? DefectBatch.Create(new(Narrow(images), shape), defects)
                : DefectBatch.Create(new(images.SelectMany(image => image.Scores).ToArray(), shape), defects)
        ).Valid();

        static Defect Of(Image image, bool[] mask, SaturationThreshold saturation, int index) =>
            Defect.Create(new(mask, new(1, image.Height, image.Width)), saturation, index).Valid();
    }

    /// <summary>The masks of these defects and what saturates them.</summary>
    public static IEnumerable<(bool[] Mask, SaturationThreshold Saturation)> DefectsOf(Image image)
    {
        var area = image.Mask.Count(y => y);
        if (area == 0)
            yield break;
        yield return ([.. image.Mask], area == 1 ? SaturationThreshold.All : SaturationThreshold.Share(0.5));
        if (image.Mask.Where((y, i) => y && i % 2 == 0).Any())
            yield return ([.. image.Mask.Select((y, i) => y && i % 2 == 0)], SaturationThreshold.Pixels(2));
    }

    /// <summary>A name that follows from the pixels, so that any cut gives the same; some images have none, some have one name.</summary>
    private static ImageFacts Named(Image image) => new(image.Width % 5 == 0 ? default : $"{image.Mask.Count(label => label) % 4}.png");

    /// <summary>What was created, or a failure of the test that says what was wrong.</summary>
    public static T Valid<T>(this Validation<Fault, T> made) =>
        made.Match(batch => batch, faults => throw new InvalidOperationException(string.Join("; ", faults)));

    private static IReadOnlyList<TBatch> Make<TBatch>(Sample sample, Choices? choices)
    {
        object batches =
            typeof(TBatch) == typeof(ScoreBatch)
                ? Parts(sample.Rows, choices).Select(part => Rows(part, IsNarrow(part.Select(row => row.Score), choices)))
            : typeof(TBatch) == typeof(Scores) ? Parts(sample.Rows, choices).Select(part => ScoresOf(part, choices))
            : typeof(TBatch) == typeof(MapBatch) ? Stacks(sample, choices).Select(stack => Images(stack, IsNarrow(stack, choices)))
            : typeof(TBatch) == typeof(Maps) ? Stacks(sample, choices).Select(stack => MapsOf(stack, choices))
            : typeof(TBatch) == typeof(DefectBatch) ? Stacks(sample, choices).Select(stack => Defects(stack, IsNarrow(stack, choices)))
            : typeof(TBatch) == typeof(EvaluationBatch)
                ? Make<MapBatch>(sample, choices).Select(maps => new EvaluationBatch(maps.Images, maps))
            : throw new NotSupportedException($"no samples make a {typeof(TBatch)}");
        return [.. (IEnumerable<TBatch>)batches];
    }

    private static Scores ScoresOf(IReadOnlyList<Row> rows, Choices? choices)
    {
        double[] scores = [.. rows.Select(row => row.Score)];
        return (IsNarrow(scores, choices) ? Scores.Create(Array.ConvertAll(scores, s => (float)s)) : Scores.Create(scores)).Valid();
    }

    private static Maps MapsOf(IReadOnlyList<Image> images, Choices? choices) =>
        (
            IsNarrow(images, choices)
                ? Maps.Create(Narrow(images), Shape(images))
                : Maps.Create(images.SelectMany(image => image.Scores).ToArray(), Shape(images))
        ).Valid();

    private static float[] Narrow(IReadOnlyList<Image> images) =>
        [.. images.SelectMany(image => image.Scores).Select(score => (float)score)];

    private static MapShape Shape(IReadOnlyList<Image> images) =>
        images.Count == 0 ? new(0, 3, 2) : new(images.Count, images[0].Height, images[0].Width);

    private static IReadOnlyList<IReadOnlyList<T>> Parts<T>(IReadOnlyList<T> items, Choices? choices) =>
        choices is null ? [items] : choices.Cut(choices.Shuffle(items));

    /// <summary>Parts in which all images have one shape.</summary>
    private static IEnumerable<IReadOnlyList<Image>> Stacks(Sample sample, Choices? choices) =>
        Parts(sample.Images, choices)
            .SelectMany(part =>
                part.Count == 0
                    ? [part]
                    : part.GroupBy(image => (image.Height, image.Width)).Select(IReadOnlyList<Image> (stack) => [.. stack])
            );

    private static bool IsNarrow(IReadOnlyList<Image> images, Choices? choices) =>
        IsNarrow(images.SelectMany(image => image.Scores), choices);

    /// <summary>Float32 for some of the parts that it represents without loss.</summary>
    private static bool IsNarrow(IEnumerable<double> scores, Choices? choices) =>
        choices is not null && choices.Once(2) && scores.All(score => (float)score == score);
}
