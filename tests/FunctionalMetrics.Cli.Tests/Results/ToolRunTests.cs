namespace FunctionalMetrics.Cli.Tests;

/// <summary>How the tool was called is told with its results; a password is not.</summary>
public sealed class ToolRunTests
{
    [Theory]
    [InlineData("redis://user:secret@host:6379", "redis://host:6379")]
    [InlineData("redis://:sec@ret@host:6379", "redis://host:6379")]
    [InlineData("redis://user:sec/ret@host:6379/", "redis://host:6379/")]
    [InlineData("REDIS://user:secret@host", "REDIS://host")]
    [InlineData("user:secret@host:6379", "host:6379")]
    [InlineData("redis://host:6379", "redis://host:6379")]
    public void A_name_and_a_password_before_a_host_are_left_out(string given, string shown)
    {
        var run = new ToolRun("evaluate", [KeyValuePair.Create("cluster", (string[])[given])]);
        Assert.Equal(shown, (string)run.ToJson()["options"]!["cluster"]!);
        Assert.Equal(("cluster", shown), run.Details.Last());
    }

    [Fact]
    public void Flags_texts_and_several_texts_are_told_apart()
    {
        var run = new ToolRun(
            "evaluate",
            [
                KeyValuePair.Create("quiet", (string[])[]),
                KeyValuePair.Create("normal-label", (string[])["a@b", "c/d@e"]),
                new("dir", ["x@y"]),
            ]
        );
        Assert.Equal("""{"quiet":true,"normal-label":["a@b","c/d@e"],"dir":"x@y"}""", run.ToJson()["options"]!.ToJsonString());
        Assert.Equal(
            [("fmetrics evaluate", ToolRun.Version), ("quiet", "yes"), ("normal-label", "a@b, c/d@e"), ("dir", "x@y")],
            run.Details
        );
    }
}
