namespace FunctionalMetrics.IO.Tests;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
public sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fmetrics-io-");

    public string Root => folder.FullName;

    /// <summary>The path of a file in it; folders on the way are made.</summary>
    public string At(string relative)
    {
        var path = Path.Combine(Root, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    public string Bytes(string relative, byte[] content)
    {
        File.WriteAllBytes(At(relative), content);
        return At(relative);
    }

    public string Text(string relative, string content)
    {
        File.WriteAllText(At(relative), content);
        return At(relative);
    }

    public void Dispose() => folder.Delete(true);
}
