namespace FunctionalMetrics.Cli.Tests;

/// <summary>No output is written over what an evaluation reads, however the path is written.</summary>
public sealed class OverwriteTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public OverwriteTests()
    {
        SmallSet.Write(folder, "set", ..);
        folder.Write("s.csv", "score,label\n0.1,0\n0.9,1\n");
        folder.Write("l.csv", "file,label\ncut/000,1\ncut/001,1\ncut/002,0\ngood/000,0\ngood/001,0\nhole/000,0\n");
        Npy.Write(folder.File("m.npy"), "<f4", [2, 1, 2], [0.1f, 0.2f, 0.3f, 0.4f]);
        Npy.Write(folder.File("k.npy"), "|u1", [2, 1, 2], [0, 0, 0, 1]);
        Directory.CreateDirectory(folder.File("other"));
        File.CreateSymbolicLink(folder.File("link.csv"), "s.csv");
        File.CreateSymbolicLink(folder.File("other/here"), "..");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--scores s.csv --json s.csv", "--json 's.csv' would write over --scores 's.csv'")]
    [InlineData("--scores s.csv --json other/../s.csv", "--json 'other/../s.csv' would write over --scores 's.csv'")]
    [InlineData("--scores s.csv --report link.csv", "--report 'link.csv' would write over --scores 's.csv'")]
    [InlineData("--scores link.csv --state s.csv", "--state 's.csv' would write over --scores 'link.csv'")]
    [InlineData("--scores s.csv --json other/here/s.csv", "--json 'other/here/s.csv' would write over --scores 's.csv'")]
    [InlineData("--maps m.npy --masks k.npy --report k.npy", "--report 'k.npy' would write over --masks 'k.npy'")]
    [InlineData("--maps m.npy --masks k.npy --json ./m.npy", "--json './m.npy' would write over --maps 'm.npy'")]
    [InlineData(
        "set --unmasked normal --json set/anomaly_maps/cut/000.npy",
        "--json 'set/anomaly_maps/cut/000.npy' would write over a file of DIR 'set'"
    )]
    [InlineData(
        "set --unmasked normal --state other/here/set/ground_truth/cut/000_mask.npy",
        "--state 'other/here/set/ground_truth/cut/000_mask.npy' would write over a file of DIR 'set'"
    )]
    [InlineData(
        "--maps set/anomaly_maps/{name}.npy --masks set/ground_truth/{name}_mask.npy --json set/anomaly_maps/new.npy",
        "--json 'set/anomaly_maps/new.npy' would write over a file of --maps 'set/anomaly_maps/{name}.npy'"
    )]
    // what is no image would be refused by the next run
    [InlineData(
        "set --unmasked normal --json set/anomaly_maps/numbers.json",
        "--json 'set/anomaly_maps/numbers.json' would write over a file of DIR 'set'"
    )]
    [InlineData(
        "--maps set/anomaly_maps --masks set/ground_truth --state set/ground_truth/cut/a.fms",
        "--state 'set/ground_truth/cut/a.fms' would write over a file of --masks 'set/ground_truth'"
    )]
    [InlineData("set --image-labels l.csv --json l.csv", "--json 'l.csv' would write over --image-labels 'l.csv'")]
    public void An_output_over_an_input_is_refused_before_anything_is_read(string arguments, string sentence)
    {
        var before = Contents();
        Fmetrics.RunIn(folder.Path, ["evaluate", .. arguments.Split(' ')]).IsRefusal(sentence + "; give it another name");
        Assert.Equal(before, Contents());
    }

    [Fact]
    public void Every_command_spares_what_it_reads()
    {
        Assert.Equal(0, Fmetrics.RunIn(folder.Path, "evaluate", "--scores", "s.csv", "--state", "s.fms", "--json", "s.json").ExitCode);
        Fmetrics.RunIn(folder.Path, "show", "s.fms", "--json", "s.fms").IsRefusal("--json 's.fms' would write over FILE 's.fms'");
        Assert.Equal(0, Fmetrics.RunIn(folder.Path, "evaluate", "--scores", "s.csv", "--lower-is-anomalous", "--state", "t.fms").ExitCode);
        Fmetrics
            .RunIn(folder.Path, "merge", "s.fms", "other/here/t.fms", "--out", "t.fms")
            .IsRefusal("--out 't.fms' would write over FILES 'other/here/t.fms'");
        Fmetrics.RunIn(folder.Path, "table", "s.json", "--out", "s.json").IsRefusal("--out 's.json' would write over FILES 's.json'");
        Fmetrics
            .RunIn(folder.Path, "describe", "--maps", "set/anomaly_maps", "--out", "set/anomaly_maps")
            .IsRefusal("would write over a file of --maps 'set/anomaly_maps'");
        Fmetrics
            .RunIn(folder.Path, "evaluate", "--scores", "{category}.csv", "--table", "s.csv")
            .IsRefusal("--table 's.csv' would write over --scores 'link.csv'");
    }

    [Fact]
    public void Beside_the_inputs_there_is_room()
    {
        var run = Fmetrics.RunIn(
            folder.Path,
            ["evaluate", "set", .. SmallSet.Rules, "--report", "set/report.html", "--json", "set/anomaly_maps.json", "--state", "m.fms"]
        );
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private string Contents() =>
        string.Join(
            '\n',
            Directory
                .EnumerateFiles(
                    folder.Path,
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
                )
                .Order(StringComparer.Ordinal)
                .Select(file => file + Convert.ToHexString(File.ReadAllBytes(file)))
        );
}
