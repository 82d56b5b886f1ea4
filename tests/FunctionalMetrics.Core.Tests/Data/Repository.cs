namespace FunctionalMetrics.Core.Tests;

/// <summary>Where the sources stand, for the tests that read them.</summary>
internal static class Repository
{
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root(), .. parts]);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "FunctionalMetrics.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"no FunctionalMetrics.sln above {AppContext.BaseDirectory}");
    }
}
