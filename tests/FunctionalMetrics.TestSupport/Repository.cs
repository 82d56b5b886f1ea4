using System.Xml.Linq;

namespace FunctionalMetrics.TestSupport;

/// <summary>The checkout that the tests were built in.</summary>
public static class Repository
{
    /// <summary>The folder of the solution, above the running program.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>The folder of the notebooks and the scripts beside them.</summary>
    public static string Notebooks { get; } = Path("notebooks");

    /// <summary>The example data of README and the notebooks, a folder of maps and masks.</summary>
    public static string Brick { get; } = Path("notebooks", "data", "brick");

    /// <summary>Debug or Release, as the tests were built.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The version of all packages of this house.</summary>
    public static string Version { get; } = (string)XDocument.Load(Path("Directory.Build.props")).Descendants("Version").Single();

    /// <summary>The path of something in the checkout.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>Copies projects of src into another folder's src, with the build files that stand above them, and nothing that was built.</summary>
    public static void Copy(string folder, params IEnumerable<string> projects)
    {
        foreach (var file in Directory.EnumerateFiles(Root, "Directory.*").Append(Path(".editorconfig")))
            File.Copy(file, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file)));
        foreach (var project in projects)
        foreach (var file in Directory.EnumerateFiles(Path("src", project), "*", SearchOption.AllDirectories))
        {
            var name = System.IO.Path.GetRelativePath(Path("src", project), file);
            if (name.Split(System.IO.Path.DirectorySeparatorChar)[0] is "bin" or "obj")
                continue;
            var target = System.IO.Path.Combine(folder, "src", project, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "FunctionalMetrics.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"no FunctionalMetrics.sln above {start}");
    }
}
