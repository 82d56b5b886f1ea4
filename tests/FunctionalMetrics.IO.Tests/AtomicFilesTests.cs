namespace FunctionalMetrics.IO.Tests;

public sealed class AtomicFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Action<Stream> Content(string text) => stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text));

    [Fact]
    public void All_files_are_there_and_nothing_else()
    {
        var old = folder.Write("b.txt", "old");
        AtomicFiles.Write((folder.File("a.txt"), Content("A")), (old, Content("B")), (folder.File("new/c.txt"), Content("C"))).Good();
        Assert.Equal(["a.txt", "b.txt", "new"], folder.Names);
        Assert.Equal("AB", File.ReadAllText(folder.File("a.txt")) + File.ReadAllText(old));
        Assert.Equal("c.txt", Path.GetFileName(Assert.Single(Directory.EnumerateFileSystemEntries(folder.File("new/.")))));
    }

    [Fact]
    public void A_content_that_throws_leaves_everything_as_it_was()
    {
        var old = folder.Write("b.txt", "old");
        Assert.Throws<OperationCanceledException>(() =>
            AtomicFiles.Write(
                (old, Content("new")),
                (folder.File("x/y/a.txt"), Content("A")),
                (folder.File("c.txt"), _ => throw new OperationCanceledException())
            )
        );
        Assert.Equal(["b.txt"], folder.Names);
        Assert.Equal("old", File.ReadAllText(old));
    }

    [Fact]
    public void A_failure_to_write_is_an_error_that_names_the_file()
    {
        Directory.CreateDirectory(folder.File("d/x"));
        var sentence = AtomicFiles.Write((folder.File("a.txt"), Content("A")), (folder.File("d"), Content("D"))).Sentence();
        Assert.StartsWith(folder.File("d") + ": cannot be written", sentence);
        Assert.Equal(["d"], folder.Names);
        var below = Path.Combine(folder.Write("f.txt", "F"), "g.txt");
        Assert.StartsWith(below + ": cannot be written", AtomicFiles.Write((below, Content("G"))).Sentence());
        Assert.Equal(["d", "f.txt"], folder.Names);
    }

    [Fact]
    public void A_rename_that_fails_takes_the_earlier_ones_back()
    {
        var old = folder.Write("b.txt", "old");
        var blocked = folder.File("c.txt");
        var sentence = AtomicFiles
            .Write(
                (folder.File("a.txt"), Content("A")),
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
        Assert.Equal(["b.txt", "c.txt"], folder.Names);
        Assert.Equal("old", File.ReadAllText(old));
    }

    [SkippableFact]
    public void A_link_is_written_where_it_points_and_devices_directly()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need rights on Windows");
        var target = folder.Write("target.txt", "old");
        var link = folder.File("link.txt");
        File.CreateSymbolicLink(link, target);
        AtomicFiles.Write((link, Content("new")), ("/dev/null", Content("gone"))).Good();
        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal(target, File.ResolveLinkTarget(link, true)!.FullName);
        Assert.Equal(["link.txt", "target.txt"], folder.Names);
    }

    [Fact]
    public void What_is_written_over_keeps_who_may_read_it()
    {
        if (OperatingSystem.IsWindows())
            return;
        var old = folder.Write("secret.json", "old");
        File.SetUnixFileMode(old, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AtomicFiles.Write((old, Content("new"))).Good();
        Assert.Equal("new", File.ReadAllText(old));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(old));
    }

    /// <summary>Names end at 255 bytes on most file systems.</summary>
    [Theory]
    [InlineData(218, 'n')]
    [InlineData(255, 'n')]
    [InlineData(85, '\u4e2d')]
    public void A_name_that_the_system_takes_is_written(int length, char letter)
    {
        var path = folder.File(new string(letter, length));
        AtomicFiles.Write((path, Content("A"))).Good();
        AtomicFiles.Write((path, Content("B"))).Good();
        Assert.Equal("B", File.ReadAllText(path));
        Assert.Equal([Path.GetFileName(path)], folder.Names);
    }

    [Fact]
    public void What_a_killed_process_left_is_cleared_away_a_day_later()
    {
        var now = DateTimeOffset.UtcNow;
        foreach (var (made, kind) in new[] { (now.AddDays(-2), "tmp"), (now.AddDays(-2), "bak") })
            folder.Write(Name(made, kind), "half");
        // What is replaced at this moment may have been written long ago.
        string[] kept =
        [
            folder.Write(Name(now, "tmp"), "half"),
            folder.Write(Name(now.AddSeconds(1), "bak"), "replaced"),
            folder.Write(".fmetrics.mine.bak", ""),
        ];
        foreach (var path in kept)
            File.SetLastWriteTimeUtc(path, now.UtcDateTime.AddDays(-9));
        AtomicFiles.Write((folder.File("a.txt"), Content("A"))).Good();
        Assert.Equal([.. kept.Append("a.txt").Select(path => Path.GetFileName(path)!).Order()], folder.Names);

        static string Name(DateTimeOffset made, string kind) => $".fmetrics.{Guid.CreateVersion7(made):N}.{kind}";
    }

    [Fact]
    public void Writing_nothing_is_fine() => AtomicFiles.Write().Good();
}
