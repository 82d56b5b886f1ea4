using FunctionalMetrics.Generator.Rendering;

namespace FunctionalMetrics.Generator.Tests;

/// <summary>
/// What the templates make of the fixtures, letter by letter. Generated code is read by compilers; the formatters leave it alone. After a change that
/// was meant: <c>ACCEPT_SNAPSHOTS=1 dotnet test tests/FunctionalMetrics.Generator.Tests</c>, and read the diff.
/// </summary>
public class SnapshotTests
{
    private static string Folder => Repository.Path("tests", "FunctionalMetrics.Generator.Tests", "Snapshots");

    public static TheoryData<string> Surfaces => [.. Surface.All.Select(surface => surface.Name)];

    [Theory]
    [MemberData(nameof(Surfaces))]
    public void The_fixtures_render_as_they_did(string name)
    {
        var surface = Surface.All.Single(surface => surface.Name == name);
        var model = Places.Read(Places.Good).Model;
        foreach (var (file, text) in surface.Render(model))
            Snapshot.Same(Path.Combine(Folder, file), text);
    }

    /// <summary>The one generated file that is checked in, for those who read the sources.</summary>
    [Fact]
    public void The_reference_that_users_find_is_the_one_of_the_core()
    {
        var (_, text) = Surface.All.Single(surface => surface.Name == "reference").Render(Places.Read(Places.Core).Model).Single();
        Snapshot.Same(Repository.Path("src", "FunctionalMetrics", "METRICS.md"), text);
    }

    [Fact]
    public void Rendering_twice_gives_the_same_text()
    {
        var model = Places.Read(Places.Core).Model;
        foreach (var surface in Surface.All)
            Assert.Equal(surface.Render(model), surface.Render(Places.Read(Places.Core).Model));
    }
}
