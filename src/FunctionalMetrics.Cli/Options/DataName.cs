namespace FunctionalMetrics.Cli;

/// <summary>What a data set is called, where its user has not said it.</summary>
internal static class DataName
{
    /// <summary>
    /// The last name of a path that says which data they are: <c>bottle</c> of <c>results/bottle/anomaly_maps</c>, of <c>maps/bottle/test</c> and of
    /// <c>maps/bottle/test/{name}.tiff</c>. Where none does, the last name.
    /// </summary>
    public static string Of(string path)
    {
        var fixedPart = path.IndexOfAny(['*', '{']) is >= 0 and var end ? path[..end] : path;
        // A pattern's last name may be cut off in its middle, as in maps/kos{name}.tiff.
        var folder = fixedPart.Length == path.Length ? path : Path.GetDirectoryName(fixedPart);
        var names = Path.GetFullPath(string.IsNullOrEmpty(folder) ? "." : folder)
            .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        return names.LastOrDefault(SaysWhich) ?? names.LastOrDefault("");
    }

    /// <summary>Whether a name is more than one of a layout.</summary>
    private static bool SaysWhich(string name) =>
        name.ToUpperInvariant() is not ("MAPS" or "ANOMALY_MAPS" or "TEST" or "IMAGES" or "DATA")
        && !name.StartsWith("test_", StringComparison.OrdinalIgnoreCase);
}
