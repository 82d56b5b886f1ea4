using FunctionalMetrics.IO;

namespace FunctionalMetrics.Cli;

/// <summary>A file, folder or pattern as it was named, with the option that names it.</summary>
internal sealed record NamedFile(string Option, string Path)
{
    private const string Archive = ".npz:";

    /// <summary>How a folder of maps and masks is named, and where in it they lie.</summary>
    private const string Root = "DIR";
    private static readonly string[] Levels = ["anomaly_maps", "ground_truth"];

    /// <summary>A longer chain of links is a circle.</summary>
    private const int MostLinks = 40;

    /// <summary>Whether it names one file.</summary>
    public bool IsFile => !MapDataset.IsFolder(Path);

    /// <summary>Whether an input is this file, or a folder or pattern of images below which it lies, being an image by its extension.</summary>
    public bool IsReadAs(NamedFile input)
    {
        var own = Real(Path);
        if (!input.IsFile)
            return IsBelow(own, Folder(input.Path)) && (IsImage(own) || IsInWay(own, input));
        var array = input.Path.LastIndexOf(Archive, StringComparison.OrdinalIgnoreCase);
        return IsSame(own, Real(array < 0 ? input.Path : input.Path[..(array + Archive.Length - 1)]));
    }

    /// <summary>Whether the next run would come upon it: in a folder of images no other file may lie, but for hidden ones.</summary>
    private static bool IsInWay(string own, NamedFile input) =>
        !System.IO.Path.GetFileName(own).StartsWith('.')
        && input.Path.IndexOfAny(['*', '{']) < 0
        && (input.Option != Root || Levels.Any(level => IsBelow(own, System.IO.Path.Combine(input.Path, level))));

    private static bool IsBelow(string own, string folder)
    {
        var real = Real(folder).TrimEnd('/') + "/";
        return own.StartsWith(real, StringComparison.Ordinal)
            || (own.StartsWith(real, StringComparison.OrdinalIgnoreCase) && IsSame(own[..(real.Length - 1)], real[..^1]));
    }

    /// <summary>
    /// Whether two whole paths are one. Those that differ in case alone are, where the system finds one and its folder lists no such name.
    /// </summary>
    private static bool IsSame(string own, string other) =>
        own == other
        || (
            string.Equals(own, other, StringComparison.OrdinalIgnoreCase)
            && System.IO.Path.Exists(own)
            && System.IO.Path.Exists(other)
            && !(IsListed(own) && IsListed(other))
        );

    /// <summary>Whether each level of a path is written as its folder lists it.</summary>
    private static bool IsListed(string path) =>
        System.IO.Path.GetDirectoryName(path) is not { } folder
        || (
            Directory.EnumerateFileSystemEntries(folder).Any(entry => System.IO.Path.GetFileName(entry) == System.IO.Path.GetFileName(path))
            && IsListed(folder)
        );

    private static bool IsImage(string path) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() is ".tiff" or ".tif" or ".png" or ".bmp" or ".npy" or ".npz";

    /// <summary>The levels of a pattern before the first that varies.</summary>
    private static string Folder(string path) =>
        path.IndexOfAny(['*', '{']) is >= 0 and var varies ? path[..(path.LastIndexOf('/', varies) + 1)] + "." : path;

    /// <summary>The whole path, links at any level followed.</summary>
    private static string Real(string path, int links = 0)
    {
        var whole = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (links == MostLinks || System.IO.Path.GetDirectoryName(whole) is not { } folder)
            return whole;
        var (inside, name) = (Real(folder, links), System.IO.Path.GetFileName(whole));
        var here = System.IO.Path.Combine(inside, name);
        return new FileInfo(here).LinkTarget is { } target ? Real(System.IO.Path.Combine(inside, target), links + 1) : here;
    }
}
