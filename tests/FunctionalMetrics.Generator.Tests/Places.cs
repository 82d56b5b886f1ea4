using FunctionalMetrics.Generator.Reading;

namespace FunctionalMetrics.Generator.Tests;

/// <summary>The assemblies beside the tests, and how they are read.</summary>
internal static class Places
{
    public static string Core => Beside("FunctionalMetrics.Core.dll");

    public static string Good => Beside("FunctionalMetrics.Generator.Fixtures.Good.dll");

    public static string Bad => Beside("FunctionalMetrics.Generator.Fixtures.Bad.dll");

    public static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    public static CoreReading Read(string assembly) => CoreReader.Read(assembly, References);

    public static string[] References => Directory.GetFiles(AppContext.BaseDirectory, "*.dll");
}
