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
            var textures = Repository.Path("..", "shared", "data", "textures");
            return Directory.Exists(textures) ? textures : null;
        }
    }
}
