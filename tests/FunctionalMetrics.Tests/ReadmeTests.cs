namespace FunctionalMetrics.Tests;

public sealed class ReadmeTests
{
    [Fact, Trait("Category", "Slow")]
    public void The_csharp_of_the_readme_goes_from_a_folder_of_maps_to_a_chart()
    {
        var notebooks = Repository.Notebooks.Replace('\\', '/');
        var code = Readme.Code("FunctionalMetrics.Tests", "csharp").Replace("notebooks/", $"{notebooks}/");
        using var folder = new TemporaryFolder();
        var run = Outcome.Of(DotnetCommand.OfCode(folder, code, "FunctionalMetrics", "FunctionalMetrics.IO"));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal("AUPRO 0.7473518760072866", run.Output.TrimEnd());
        Assert.Contains("PRO up to FPR 0.3, area 0.7474", File.ReadAllText(folder.File("pro.html")));
    }
}
