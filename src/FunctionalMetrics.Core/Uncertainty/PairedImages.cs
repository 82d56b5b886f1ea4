using LanguageExt;

namespace FunctionalMetrics.Core;

/// <summary>
/// The same images as several models see them, matched by name: what a comparison of models on images needs. Immutable.
/// </summary>
public sealed class PairedImages
{
    /// <summary>So many missing images are named.</summary>
    private const int MostMissing = 5;

    private PairedImages(KeptImage[][] models) => Models = models;

    /// <summary>How many images there are.</summary>
    public int Count => Models[0].Length;

    /// <summary>The names, in ascending order.</summary>
    public IEnumerable<string> Names => Models[0].Select(image => image.Name!);

    /// <summary>
    /// The images of models, the first of whom says which there must be. Fails with <see cref="ImageNotMatched"/>: where an image has no name or shares it with another of the same model, is
    /// missing from a model, or is another one there: of another class, with another number of normal or of anomalous pixels, or with other regions (their boxes and sizes).
    /// </summary>
    /// <param name="models">Each model's name, which errors give, and its images; one at least.</param>
    public static Fin<PairedImages> Create(params IReadOnlyList<(string Name, ImageState Images)> models)
    {
        var all = models
            .Select(model => (model.Name, Images: model.Images.Images.OrderBy(image => image.Name, StringComparer.Ordinal).ToArray()))
            .ToList();
        return
            all.Select(OfItself)
                .Concat(all.Skip(1).SelectMany(model => Matched(all[0], model)))
                .FirstOrDefault(problem => problem is not null)
                is { } found
            ? found
            : new PairedImages([.. all.Select(model => model.Images)]);
    }

    /// <summary>The image scores of each model; fails with <see cref="ImageNotMatched"/> where an image has none.</summary>
    public Fin<PairedRows> Rows()
    {
        if (Models.SelectMany(model => model).FirstOrDefault(image => image.Score is null) is { } without)
            return new ImageNotMatched(without.Name!, "has no image score");
        return PairedRows
            .Create(
                Models[0].Select(image => image.IsAnomalous).ToArray(),
                [.. Models.Select(model => model.Select(image => image.Score!.Value).ToArray())]
            )
            .Match(Fin<PairedRows>.Succ, faults => throw new InvalidOperationException(string.Join("; ", faults)));
    }

    /// <summary>The images of each model, all in the same order.</summary>
    internal KeptImage[][] Models { get; }

    private static ImageNotMatched? OfItself((string Name, KeptImage[] Images) model) =>
        model.Images.FirstOrDefault() is { Name: null } ? new("", $"stands among those of {model.Name}; images are matched by their names")
        : model.Images.Zip(model.Images.Skip(1)).FirstOrDefault(pair => pair.Item1.Name == pair.Item2.Name).Item1 is { } twice
            ? new(twice.Name!, $"is the name of several images of {model.Name}; images are matched by their names, so each needs its own")
        : null;

    private static IEnumerable<ImageNotMatched?> Matched((string Name, KeptImage[] Images) first, (string Name, KeptImage[] Images) other)
    {
        var (here, there) = (first.Images.ToDictionary(image => image.Name!), other.Images.ToDictionary(image => image.Name!));
        yield return Missing(first, there, other.Name) ?? Missing(other, here, first.Name);
        yield return first
            .Images.Select(image => Apart(image, there[image.Name!], first.Name, other.Name))
            .FirstOrDefault(why => why is not null);
    }

    private static ImageNotMatched? Missing((string Name, KeptImage[] Images) model, Dictionary<string, KeptImage> others, string other)
    {
        string[] missing = [.. model.Images.Select(image => image.Name!).Where(name => !others.ContainsKey(name))];
        var listed = string.Join(", ", missing.Take(MostMissing).Select(name => $"'{name}'"));
        var more =
            missing.Length > 1
                ? FormattableString.Invariant($" ({missing.Length} such images: {listed}{(missing.Length > MostMissing ? ", ..." : "")})")
                : "";
        return missing is [var name, ..]
            ? new(name, $"is an image of {model.Name} and not of {other}{more}; the same images are needed of both")
            : null;
    }

    private static ImageNotMatched? Apart(KeptImage image, KeptImage other, string one, string two) =>
        image.IsAnomalous != other.IsAnomalous
            ? new(image.Name!, $"is {Class(image)} for {one} and {Class(other)} for {two}; the same labels are needed of both")
        : (image.Normal.Rows, image.Regions.Rows) != (other.Normal.Rows, other.Regions.Rows)
            ? new(image.Name!, $"has {Pixels(image)} for {one} and {Pixels(other)} for {two}; the same masks are needed of both")
        : !Regions(image).SequenceEqual(Regions(other))
            ? new(image.Name!, $"has its regions elsewhere for {one} than for {two}; the same masks are needed of both")
        : null;

    private static IEnumerable<(RegionBox Box, long Pixels)> Regions(KeptImage image) =>
        image
            .Boxes.Zip(image.RegionChunks, (box, pixels) => (Box: box, Pixels: pixels.Rows))
            .OrderBy(region => (region.Box.Top, region.Box.Left, region.Box.Bottom, region.Box.Right, region.Pixels));

    private static string Class(KeptImage image) => image.IsAnomalous ? "anomalous" : "normal";

    private static string Pixels(KeptImage image) =>
        FormattableString.Invariant($"{image.Regions.Rows} anomalous and {image.Normal.Rows} normal pixels");
}

/// <summary>Models cannot be compared image by image because an image is not the same one in all of them.</summary>
/// <param name="Name">The image's name; empty where it has none.</param>
/// <param name="Why">What is wrong with it, as the end of a sentence.</param>
public sealed record ImageNotMatched(string Name, string Why)
    : MetricError($"{(Name.Length > 0 ? $"'{Name}'" : "an image without a name")} {Why}");
