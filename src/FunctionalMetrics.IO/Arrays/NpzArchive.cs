using System.IO.Compression;

namespace FunctionalMetrics.IO;

/// <summary>An .npz archive and, perhaps, the name of one of its arrays: <c>FILE.npz</c> or <c>FILE.npz:name</c>.</summary>
internal readonly record struct NpzPath(string File, string? Array)
{
    private const string Separator = ".npz:";

    /// <summary>Splits behind ".npz", so that a drive letter's colon stays with its file; a file that is really called so wins.</summary>
    public static NpzPath Parse(string path) =>
        path.IndexOf(Separator, StringComparison.OrdinalIgnoreCase) is >= 0 and var at && !System.IO.File.Exists(path)
            ? new(path[..(at + Separator.Length - 1)], path[(at + Separator.Length)..])
            : new(path, null);
}

/// <summary>Finds an array in an .npz archive, stored or compressed.</summary>
internal static class NpzArchive
{
    // deflate cannot do better, so an entry that claims more does not hold what it says
    private const long MostCompression = 1032;

    // what is larger is looked at before there is room for it
    private const long Plain = 64 << 20;
    private const long UsualCompression = 16;

    public static NpyReader Open(NpzPath path, bool asScores)
    {
        var file = Reading.Open(path.File);
        try
        {
            var archive = Reading.Decode(path.File, ".npz", () => new ZipArchive(file, ZipArchiveMode.Read));
            var entry = Find(Reading.Decode(path.File, ".npz", () => archive.Entries), path);
            var name = $"{path.File}:{NameOf(entry)}";
            if (entry.Length / MostCompression > entry.CompressedLength)
                throw new InputException(name, $"is damaged: it claims {entry.Length} bytes in {entry.CompressedLength} compressed ones");
            if (entry.Length > Plain + UsualCompression * entry.CompressedLength)
                RequireLength(entry, name);
            var content = Reading.Decode(name, ".npz", entry.Open);
            return NpyReader.Open(name, new CheckedStream(content, name, entry.Crc32), entry.Length, file, asScores);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Unpacks an entry without keeping it, and fails where it is not as long as it claims.</summary>
    private static void RequireLength(ZipArchiveEntry entry, string name)
    {
        var (length, part) = (0L, new byte[1 << 16]);
        using var content = Reading.Decode(name, ".npz", entry.Open);
        for (var read = 1; read > 0 && length <= entry.Length; length += read)
            read = Reading.Decode(name, ".npz", () => content.Read(part));
        if (length != entry.Length)
            throw new InputException(name, $"is damaged: it claims {entry.Length} bytes and does not hold them");
    }

    private static ZipArchiveEntry Find(IReadOnlyCollection<ZipArchiveEntry> entries, NpzPath path)
    {
        var arrays = entries.Where(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal)).ToList();
        if (arrays.GroupBy(NameOf).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InputException(path.File, $"holds more than one array '{twice.Key}'");
        var names = arrays.Count == 0 ? "no arrays" : $"the arrays {string.Join(", ", arrays.Select(NameOf))}";
        if (path.Array is { } wanted)
            return arrays.FirstOrDefault(entry => NameOf(entry) == wanted)
                ?? throw new InputException(path.File, $"has no array '{wanted}'; it holds {names}");
        return arrays.Count switch
        {
            1 => arrays[0],
            0 => throw new InputException(path.File, "holds no arrays"),
            _ => throw new InputException(path.File, $"holds {names}; name one of them as {path.File}:{NameOf(arrays[0])}"),
        };
    }

    private static string NameOf(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : entry.FullName;
}
