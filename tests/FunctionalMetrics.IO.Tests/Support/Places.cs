namespace FunctionalMetrics.IO.Tests;

/// <summary>Where test data lies.</summary>
internal static class Places
{
    public static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", name);

    /// <summary>The textures beside the repository, or null where they are not.</summary>
    public static string? Textures
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FunctionalMetrics.sln")))
                folder = folder.Parent;
            var textures = Path.Combine(folder?.Parent?.FullName ?? "", "shared", "data", "textures");
            return Directory.Exists(textures) ? textures : null;
        }
    }
}
