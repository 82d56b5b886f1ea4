using System.Collections.Immutable;

namespace FunctionalMetrics.IO;

/// <summary>
/// The image files below a folder, by name: the path below the folder with '/', without a leading test level and without its extension.
/// Files and folders whose name begins with a dot, Thumbs.db and desktop.ini are passed over; any other file that is no image is an error.
/// </summary>
/// <param name="Root">The folder that names are relative to.</param>
/// <param name="Files">The files' paths by name, names in ordinal order.</param>
internal sealed record ImageFolder(string Root, ImmutableSortedDictionary<string, string> Files)
{
    public const string MapsLevel = "anomaly_maps";
    public const string MasksLevel = "ground_truth";
    private const string MaskSuffix = "_mask";
    private const string TestLevel = "test/";
    private const int NamedInErrors = 6;

    public static ImageFolder Maps(string root)
    {
        var maps = Read(Level(root, MapsLevel), "maps", name => name);
        var levels = maps
            .Files.Values.Select(file => Path.GetRelativePath(maps.Root, file).Split(Path.DirectorySeparatorChar)[0])
            .Distinct()
            .ToList();
        if (levels.Count > 1 && levels.Find(IsTest) is { } test)
            throw new InputException(
                maps.Root,
                $"holds the levels {string.Join(", ", levels.Take(NamedInErrors))}, of which only one is judged; point at {Path.Combine(maps.Root, test)}"
            );
        return maps;

        static bool IsTest(string level) => level == "test" || level.StartsWith("test_", StringComparison.Ordinal);
    }

    /// <summary>As <see cref="Maps"/>, and without the suffix _mask in names.</summary>
    public static ImageFolder Masks(string root) =>
        Read(
            Level(root, MasksLevel),
            "masks",
            name => name.EndsWith(MaskSuffix, StringComparison.Ordinal) ? name[..^MaskSuffix.Length] : name
        );

    /// <summary>What a folder holds, for errors: its first few entries.</summary>
    public static string Contents(string folder)
    {
        var entries = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        return entries.Count == 0
            ? "nothing"
            : string.Join(", ", entries.Take(NamedInErrors)) + (entries.Count > NamedInErrors ? ", ..." : "");
    }

    public static void Require(string folder)
    {
        if (File.Exists(folder))
            throw new InputException(folder, "is a file; a folder is needed here");
        if (!Directory.Exists(folder))
            throw new InputException(folder, "does not exist");
    }

    // a data set's own folder may be named instead of the one inside it; images that lie in the folder itself show that it is meant
    private static string Level(string root, string level)
    {
        Require(root);
        var inside = Path.Combine(root, level);
        return Directory.Exists(inside) && !Directory.EnumerateFiles(root).Any(file => !PassedOver(file) && ImageReader.Reads(file))
            ? inside
            : root;
    }

    private static ImageFolder Read(string root, string what, Func<string, string> shorten)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var file in Walk(root))
        {
            if (!ImageReader.Reads(file))
                throw new InputException(file, $"has an extension that is not read here; {ImageReader.Extensions} are");
            var name = shorten(Name(root, file));
            if (!files.TryAdd(name, file))
                throw new InputException(file, $"has the same name, {name}, as {files[name]}; one of the two must go");
        }
        return files.Count == 0
            ? throw new InputException(root, $"has no {what} in it: looked for {ImageReader.Extensions} files, found {Contents(root)}")
            : new(root, files.ToImmutable());
    }

    private static string Name(string root, string file)
    {
        var name = Path.ChangeExtension(Path.GetRelativePath(root, file), null).Replace(Path.DirectorySeparatorChar, '/');
        return name.StartsWith(TestLevel, StringComparison.Ordinal) ? name[TestLevel.Length..] : name;
    }

    private static IEnumerable<string> Walk(string folder) =>
        Directory
            .EnumerateFiles(folder)
            .Where(file => !PassedOver(file))
            .Order(StringComparer.Ordinal)
            .Concat(
                Directory.EnumerateDirectories(folder).Where(inner => !PassedOver(inner)).Order(StringComparer.Ordinal).SelectMany(Walk)
            );

    private static bool PassedOver(string path) =>
        Path.GetFileName(path) is var name
        && (
            name.StartsWith('.')
            || name.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase)
            || name.Equals("desktop.ini", StringComparison.OrdinalIgnoreCase)
        );
}
