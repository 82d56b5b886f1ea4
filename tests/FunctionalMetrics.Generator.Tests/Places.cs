using FunctionalMetrics.Generator.Reading;

namespace FunctionalMetrics.Generator.Tests;

/// <summary>Where the tests find things: the assemblies beside them, and the repository around them.</summary>
internal static class Places
{
    public static string Core => Beside("FunctionalMetrics.Core.dll");

    public static string Good => Beside("FunctionalMetrics.Generator.Fixtures.Good.dll");

    public static string Bad => Beside("FunctionalMetrics.Generator.Fixtures.Bad.dll");

    public static string Repository { get; } = Above(AppContext.BaseDirectory);

    public static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    public static Reading.Reading Read(string assembly) => CoreReader.Read(assembly, References);

    public static string[] References => Directory.GetFiles(AppContext.BaseDirectory, "*.dll");

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "FunctionalMetrics.sln")) ? folder : Above(Path.GetDirectoryName(folder)!);
}
