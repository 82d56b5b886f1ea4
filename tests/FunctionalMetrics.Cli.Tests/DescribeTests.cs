namespace FunctionalMetrics.Cli.Tests;

public sealed class DescribeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Scores_have_a_range_and_log_moments()
    {
        var scores = Fmetrics.Json("describe", "--scores", folder.Write("s.csv", "score\n1\n2.718281828459045\n"))["scores"]!;
        Assert.Equal((2, 1, 2.718281828459045), ((int)scores["n"]!, (double)scores["min"]!, (double)scores["max"]!));
        Assert.Equal(0.5, (double)scores["log_mean"]!, 1e-15);
        Assert.Equal(Math.Sqrt(0.5), (double)scores["log_std"]!, 1e-15);
    }

    [Theory]
    [InlineData("score\n1\n", "log_std", "2 scores or more")]
    [InlineData("score\n0\n1\n", "log_mean", "1 of 2 are not")]
    [InlineData("score\n", "min", "no score")]
    public void What_is_undefined_is_null_and_says_why(string text, string name, string reason)
    {
        var scores = Fmetrics.Json("describe", "--scores", folder.Write("s.csv", text))["scores"]!;
        Assert.Null(scores[name]);
        Assert.Contains(reason, (string)scores["undefined"]![name]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_give_arrays_of_one_value_for_each_position()
    {
        var maps = Npy.Write(folder.File("m.npy"), "<f4", [2, 1, 3], [1, 2, 4, 1, 8, 4]);
        var json = Fmetrics.Json("describe", "--maps", maps, "--out", folder.File("moments"));
        Assert.Equal("""{"maps":{"n":2,"height":1,"width":3,"min":1,"max":8}}""", json.ToJsonString());
        var (header, mean) = Npy.Read(folder.File("moments/log_mean.npy"));
        Assert.Contains("'descr': '<f8', 'fortran_order': False, 'shape': (1, 3)", header, StringComparison.Ordinal);
        Assert.Equal([0, Math.Log(4), Math.Log(4)], mean.Select(value => value), (a, b) => Math.Abs(a - b) < 1e-15);
        var (_, deviation) = Npy.Read(folder.File("moments/log_std.npy"));
        Assert.Equal([0, Math.Log(4) / Math.Sqrt(2), 0], deviation.Select(value => value), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void A_folder_of_maps_is_described_as_a_whole()
    {
        var maps = Fmetrics.Json("describe", "--maps", Path.Combine(Fmetrics.Brick, "anomaly_maps"))["maps"]!;
        Assert.Equal((32, 128, 128), ((int)maps["n"]!, (int)maps["height"]!, (int)maps["width"]!));
    }

    [Fact]
    public void Moments_that_are_undefined_are_not_written()
    {
        var maps = Npy.Write(folder.File("m.npy"), "<f4", [2, 1, 2], [1, 2, 0, 3]);
        Fmetrics
            .Run("describe", "--maps", maps, "--out", folder.File("moments"), "--json", folder.File("o.json"))
            .IsRefusal("1 of 4 are not");
        Assert.Equal(["m.npy"], folder.Names);
    }

    [Fact]
    public void One_map_has_a_mean_and_says_that_it_has_no_deviation()
    {
        var maps = Npy.Write(folder.File("m.npy"), "<f4", [1, 1, 2], [1, 2]);
        var outcome = Fmetrics.Run("describe", "--maps", maps, "--out", folder.File("moments"), "--json", "-");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("2 maps or more", outcome.Error, StringComparison.Ordinal);
        Assert.Equal([0, Math.Log(2)], Npy.Read(folder.File("moments/log_mean.npy")).Values);
        Assert.False(File.Exists(folder.File("moments/log_std.npy")));
    }

    [SkippableFact]
    public void Standard_output_that_cannot_be_written_is_one_line_and_exit_code_2()
    {
        Skip.IfNot(File.Exists("/dev/full"), "there is no /dev/full on this system");
        using var shell = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(
                "sh",
                ["-c", $"dotnet '{Fmetrics.Dll}' describe --scores '{folder.Write("s.csv", "score\n1\n")}' --json - > /dev/full"]
            )
            {
                RedirectStandardError = true,
                // The current folder is that of whatever test is calling the tool, and may be gone.
                WorkingDirectory = folder.Path,
            }
        )!;
        var error = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(2, shell.ExitCode);
        Assert.StartsWith("fmetrics: standard output cannot be written", error, StringComparison.Ordinal);
    }
}
