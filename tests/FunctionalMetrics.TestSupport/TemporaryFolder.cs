namespace FunctionalMetrics.TestSupport;

/// <summary>A folder of a test's own, gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("fmetrics-").FullName;

    /// <summary>The names of the files and folders in it, sorted.</summary>
    public string[] Names => [.. Directory.EnumerateFileSystemEntries(Path).Select(entry => System.IO.Path.GetFileName(entry)!).Order()];

    /// <summary>The path of a file in it, which need not be there.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file of text, with the folders on the way, and gives its path.</summary>
    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(Reached(name), text);
        return File(name);
    }

    /// <summary>Writes a file of bytes, with the folders on the way, and gives its path.</summary>
    public string Write(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(Reached(name), content);
        return File(name);
    }

    /// <summary>Deletes it with all that is in it.</summary>
    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string Reached(string name)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        return File(name);
    }
}
