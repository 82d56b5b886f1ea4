using FunctionalMetrics.IO;

namespace FunctionalMetrics.Cli;

/// <summary>A file, folder or pattern as it was named, with the option that names it.</summary>
internal sealed record NamedFile(string Option, string Path)
{
    private const string Archive = ".npz:";

    /// <summary>A longer chain of links is a circle.</summary>
    private const int MostLinks = 40;

    /// <summary>Whether it names one file.</summary>
    public bool IsFile => !MapDataset.IsFolder(Path);

    /// <summary>Whether an input is this file, or a folder or pattern of images below which it lies, being an image by its extension.</summary>
    public bool IsReadAs(NamedFile input)
    {
        var own = Real(Path);
        if (!input.IsFile)
            return IsImage(own) && own.StartsWith(Real(Folder(input.Path)).TrimEnd('/') + "/", StringComparison.Ordinal);
        var array = input.Path.LastIndexOf(Archive, StringComparison.OrdinalIgnoreCase);
        return own == Real(array < 0 ? input.Path : input.Path[..(array + Archive.Length - 1)]);
    }

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
