namespace FunctionalMetrics.TestSupport;

/// <summary>README.md at the top of the repository.</summary>
public static class Readme
{
    /// <summary>All of it.</summary>
    public static string Text { get; } = File.ReadAllText(Repository.Path("README.md"));
}
