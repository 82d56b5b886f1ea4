namespace FunctionalMetrics.Cli.Tests;

/// <summary>What the report of an evaluation is called.</summary>
public sealed class TitleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("results/bottle", "bottle")]
    [InlineData("results/bottle/", "bottle")]
    [InlineData("results/bottle/anomaly_maps", "bottle")]
    [InlineData("maps/bottle/test", "bottle")]
    [InlineData("maps/can/test_public", "can")]
    [InlineData("maps/box/test/{name}.tiff", "box")]
    [InlineData("maps/candle/Data/Images/{name}.tiff", "candle")]
    [InlineData("patchcore/kos{name}.tiff", "patchcore")]
    [InlineData("patchcore/*/{name}.tiff", "patchcore")]
    [InlineData("results/scores.csv", "scores.csv")]
    [InlineData("/maps", "maps")]
    [InlineData("/", "")]
    public void Data_are_called_by_the_last_name_that_says_which_they_are(string path, string name) =>
        Assert.Equal(name, DataName.Of(path));

    [Theory]
    [InlineData(".")]
    [InlineData("{name}.tiff")]
    [InlineData("maps")]
    public void Where_a_path_says_nothing_the_folder_it_lies_in_does(string path) =>
        Assert.Equal(Path.GetFileName(Directory.GetCurrentDirectory()), DataName.Of(path));

    [Fact]
    public void A_report_has_the_title_it_is_given_in_its_head_and_above_its_numbers()
    {
        var (page, state) = (folder.File("page.html"), folder.File("brick.fms"));
        string[] options = ["--report", page, "--quiet"];
        Run("Anomaly detection on brick", ["evaluate", Fmetrics.Brick, "--state", state, .. options]);
        Run("PatchCore &lt;1.2&gt; on brick", ["evaluate", Fmetrics.Brick, "--title", "PatchCore <1.2> on brick", .. options]);
        Run("night shift", ["show", state, "--title", "night shift", .. options]);

        void Run(string title, string[] arguments)
        {
            var run = Fmetrics.Run(arguments);
            Assert.True(run.ExitCode == 0, run.Error);
            var text = File.ReadAllText(page);
            Assert.Contains($"<title>{title}</title>", text, StringComparison.Ordinal);
            Assert.Contains($"<h1>{title}</h1>", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_title_without_a_report_is_refused()
    {
        Fmetrics.Run("evaluate", Fmetrics.Brick, "--title", "x").IsRefusal("--title has no effect without --report");
        Fmetrics.Run("show", folder.File("none.fms"), "--title", "x").IsRefusal("--title has no effect without --report");
    }
}
