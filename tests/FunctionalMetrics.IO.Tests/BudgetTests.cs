using System.IO.Compression;
using LanguageExt;

namespace FunctionalMetrics.IO.Tests;

/// <summary>
/// A file that is refused costs no more than its size gives reason for. With <c>FMETRICS_MUTANTS=1000000</c> as many mutants of each format are
/// tried, else a few; a failure names the seed.
/// </summary>
public sealed class BudgetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("FMETRICS_MUTANTS"), out var count) ? count : 400;

    /// <summary>A footer that Parquet.Net reads for ever, pages that claim to unpack to 256 MB, one of them behind a column of fewer values than its pages claim, and a TIFF that claims 9600 tiles and has none.</summary>
    [Theory]
    [InlineData("hang-min.parquet")]
    [InlineData("snappy-claim.parquet")]
    [InlineData("snappy-behind.parquet")]
    [InlineData("tiles-count.tiff")]
    public void What_hung_or_took_gigabytes_is_refused(string name) =>
        Assert.All(Read(Places.Fixture("hostile/" + name), name), outcome => Assert.True(outcome.IsFail));

    /// <summary>The seeds of mutants that once took too much: a row group that claims 16 million rows.</summary>
    [Theory]
    [InlineData("small.parquet", 4017)]
    public void A_mutant_that_took_too_much_is_refused(string name, int seed) => Try(Corpus.Small.Single(file => file.Name == name), seed);

    /// <summary>An array whose archive and header both claim 512 MB, which bytes that are no longer than that are could hold.</summary>
    [Fact, Trait("Category", "Slow")]
    public void An_array_that_claims_more_than_its_archive_holds_is_refused_before_there_is_room_for_it()
    {
        const int Claimed = 1 << 29;
        var noise = new byte[Claimed / 1000];
        new Random(1).NextBytes(noise);
        var header = Make.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 8192, 16384), }", []);
        var archive = Make.Npz(CompressionLevel.Fastest, ("a.npy", [.. header, .. noise]));
        BitConverter.GetBytes(Claimed + header.Length).CopyTo(archive, archive.AsSpan().LastIndexOf("PK\x01\x02"u8) + 24);
        var path = folder.Write("a.npz", archive);
        Assert.Contains("does not hold them", Read(path, "the archive")[1].Sentence(), StringComparison.Ordinal);
    }

    /// <summary>To open a pipe waits for whoever writes to it.</summary>
    [SkippableTheory]
    [InlineData("a.csv")]
    [InlineData("a.npy")]
    [InlineData("a.tiff")]
    public void A_pipe_is_refused_without_waiting(string name)
    {
        Skip.If(OperatingSystem.IsWindows(), "pipes have no path there");
        var path = folder.File(name);
        using (var made = System.Diagnostics.Process.Start("mkfifo", [path]))
            made.WaitForExit();
        var link = folder.File("link" + name);
        File.CreateSymbolicLink(link, path);
        foreach (var file in new[] { path, link })
            Assert.All(Read(file, name), outcome => Assert.Contains("pipe or device", outcome.Sentence(), StringComparison.Ordinal));
    }

    [Theory, Trait("Category", "Slow")]
    [InlineData(".parquet")]
    [InlineData(".tiff")]
    [InlineData(".png")]
    [InlineData(".bmp")]
    [InlineData(".npy")]
    [InlineData(".npz")]
    [InlineData(".csv")]
    public void A_mutant_is_read_or_refused_within_its_budgets(string extension)
    {
        var files = Corpus.Files.Where(file => Path.GetExtension(file.Name) == extension).ToArray();
        for (var seed = 0; seed < Count; seed++)
            Try(files[seed % files.Length], seed);
    }

    private void Try((string Name, byte[] Bytes) file, int seed)
    {
        var (name, good) = file;
        var extension = Path.GetExtension(name);
        var what = $"the mutant {seed} of {name}";
        Assert.All(
            Read(folder.Write($"{seed % 8}{extension}", Mutants.Of(good, seed)), what),
            outcome => Assert.True(outcome.IsValueOrInputError(), what)
        );
    }

    private static List<Fin<int>> Read(string path, string what)
    {
        return Budget.Within(
            path,
            what,
            () =>
                Path.GetExtension(path) switch
                {
                    ".parquet" or ".csv" => [Rows()],
                    ".npz" => [Rows(), Images()],
                    _ => (List<Fin<int>>)[Images()],
                }
        );

        Fin<int> Rows() => ScoreFile.TryReadLabelled(path).Map(_ => 0);

        Fin<int> Images() =>
            Reading.Try(
                path,
                () =>
                {
                    using var images = ImageReader.Open(path);
                    return images.Next(Math.Min(images.Shape.Count, images.BlockImages)).Length;
                }
            );
    }
}
