using LanguageExt;
using LanguageExt.Common;
using SkiaSharp;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>The photograph of an image, for its picture.</summary>
internal sealed record Photograph(SKBitmap Pixels)
{
    private const string Name = "{name}";

    /// <summary>What a pattern of photographs must be.</summary>
    public static Fin<string> Pattern(string text) =>
        !text.Contains(Name, StringComparison.Ordinal)
            ? Error.New($"'{text}' holds no {Name}, which is what an image is called, as in 'test/{Name}.png'")
        : Path.GetDirectoryName(text)!.Contains('*', StringComparison.Ordinal)
            ? Error.New($"'{text}' holds * in a folder; it goes in the name of the file alone")
        : FinSucc(text);

    /// <summary>Reads the photograph of an image; none without a pattern.</summary>
    public static Fin<Option<Photograph>> Of(string? pattern, string image)
    {
        if (pattern is null)
            return Option<Photograph>.None;
        var path = pattern.Replace(Name, image, StringComparison.Ordinal);
        if (path.Contains('*', StringComparison.Ordinal) && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            path = !Directory.Exists(folder)
                ? path
                : Directory.EnumerateFiles(folder, Path.GetFileName(path)).Order(StringComparer.Ordinal).FirstOrDefault(path);
        if (!File.Exists(path))
            return Error.New(
                $"--photos '{pattern}': the image {image} has no photograph: there is no file '{path}'; {Name} stands for the image's name"
            );
        try
        {
            using var stream = File.OpenRead(path);
            return SKBitmap.Decode(stream) is { } pixels
                ? Some(new Photograph(pixels))
                : Error.New($"{path}: is no photograph that is read here; PNG, JPEG, BMP, GIF and WebP are");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Error.New($"{path}: cannot be read: {failure.Message}");
        }
    }
}
