using System.Xml.Linq;

namespace FunctionalMetrics.Notebooks.Tests;

/// <summary>The repository around the tests.</summary>
internal static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static string Notebooks { get; } = Path("notebooks");

    /// <summary>The version of all packages of this house.</summary>
    public static string Version { get; } = (string)XDocument.Load(Path("Directory.Build.props")).Descendants("Version").Single();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Above(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "FunctionalMetrics.sln")) ? folder : Above(System.IO.Path.GetDirectoryName(folder)!);
}
