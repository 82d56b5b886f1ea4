namespace FunctionalMetrics.IO.Tests;

public sealed class AtomicFilesTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Action<Stream> Content(string text) => stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text));

    private string[] Left => [.. Directory.EnumerateFileSystemEntries(folder.Root).Select(path => Path.GetFileName(path)!).Order()];

    [Fact]
    public void All_files_are_there_and_nothing_else()
    {
        var old = folder.Text("b.txt", "old");
        AtomicFiles
            .Write((folder.At("a.txt"), Content("A")), (old, Content("B")), (Path.Combine(folder.Root, "new/c.txt"), Content("C")))
            .Good();
        Assert.Equal(["a.txt", "b.txt", "new"], Left);
        Assert.Equal("AB", File.ReadAllText(folder.At("a.txt")) + File.ReadAllText(old));
        Assert.Equal("c.txt", Path.GetFileName(Assert.Single(Directory.EnumerateFileSystemEntries(folder.At("new/.")))));
    }

    [Fact]
    public void A_content_that_throws_leaves_everything_as_it_was()
    {
        var old = folder.Text("b.txt", "old");
        Assert.Throws<OperationCanceledException>(() =>
            AtomicFiles.Write(
                (old, Content("new")),
                (Path.Combine(folder.Root, "x/y/a.txt"), Content("A")),
                (folder.At("c.txt"), _ => throw new OperationCanceledException())
            )
        );
        Assert.Equal(["b.txt"], Left);
        Assert.Equal("old", File.ReadAllText(old));
    }

    [Fact]
    public void A_failure_to_write_is_an_error_that_names_the_file()
    {
        Directory.CreateDirectory(folder.At("d/x"));
        var sentence = AtomicFiles.Write((folder.At("a.txt"), Content("A")), (Path.Combine(folder.Root, "d"), Content("D"))).Sentence();
        Assert.StartsWith(Path.Combine(folder.Root, "d") + ": cannot be written", sentence);
        Assert.Equal(["d"], Left);
        var below = Path.Combine(folder.Text("f.txt", "F"), "g.txt");
        Assert.StartsWith(below + ": cannot be written", AtomicFiles.Write((below, Content("G"))).Sentence());
        Assert.Equal(["d", "f.txt"], Left);
    }

    [Fact]
    public void A_rename_that_fails_takes_the_earlier_ones_back()
    {
        var old = folder.Text("b.txt", "old");
        var blocked = Path.Combine(folder.Root, "c.txt");
        var sentence = AtomicFiles
            .Write(
                (folder.At("a.txt"), Content("A")),
                (old, Content("new")),
                // the target becomes a folder only after its content was written
                (
                    blocked,
                    stream =>
                    {
                        Content("C")(stream);
                        Directory.CreateDirectory(blocked);
                    }
                )
            )
            .Sentence();
        Assert.StartsWith(blocked + ": cannot be written", sentence);
        Assert.Equal(["b.txt", "c.txt"], Left);
        Assert.Equal("old", File.ReadAllText(old));
    }

    [SkippableFact]
    public void A_link_is_written_where_it_points_and_devices_directly()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need rights on Windows");
        var target = folder.Text("target.txt", "old");
        var link = folder.At("link.txt");
        File.CreateSymbolicLink(link, target);
        AtomicFiles.Write((link, Content("new")), ("/dev/null", Content("gone"))).Good();
        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal(target, File.ResolveLinkTarget(link, true)!.FullName);
        Assert.Equal(["link.txt", "target.txt"], Left);
    }

    [Fact]
    public void Writing_nothing_is_fine() => AtomicFiles.Write().Good();
}
