namespace FunctionalMetrics.IO.Tests;

/// <summary>Maps that all go from exactly 0 to 1, or to 255, were perhaps normalised one by one.</summary>
public sealed class SpanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private (string, long)[] Notes(params float[][] maps)
    {
        var (count, width) = (maps.Length, maps[0].Length);
        var stack = folder.Write("m.npy", Make.Npy("<f4", $"({count}, 1, {width})", [.. maps.SelectMany(map => map)]));
        byte[] labels = [.. Enumerable.Range(0, count * width).Select(at => (byte)(at % width == 1 ? 1 : 0))];
        return MapDataset.Open(stack, folder.Write("k.npy", Make.Npy("|u1", $"({count}, 1, {width})", labels))).Notes();
    }

    [Fact]
    public void It_is_said_where_all_do_and_there_are_two_or_more()
    {
        Assert.Equal([("spans_0_to_1", 2L)], Notes([0, 0.5f, 1], [1, 0, 0.25f]));
        Assert.Equal([("spans_0_to_255", 3L)], Notes([0, 255, 1], [255, 0, 0.25f], [0, 0, 255]));
        Assert.Empty(Notes([0, 0.5f, 1]));
        Assert.Empty(Notes([0, 0.5f, 1], [0, 0.5f, 0.99f]));
        Assert.Empty(Notes([0, 0.5f, 1], [0, 255, 1]));
        Assert.Empty(Notes([0, 0.5f, 1], [0.01f, 0.5f, 1]));
        Assert.Empty(Notes([0, 0.5f, 1], [-1, 0, 1]));
        Assert.Empty(Notes([0, 0.5f, 255], [0.5f, 3, 255]));
    }

    [Fact]
    public void Files_of_a_folder_are_seen_as_those_of_a_stack()
    {
        folder.Write("m/a.png", Make.Png(2, 1, 0, 255));
        folder.Write("m/b.png", Make.Png(2, 1, 255, 0));
        folder.Write("k/a.png", Make.Png(2, 1, 0, 255));
        folder.Write("k/b.png", Make.Png(2, 1, 0, 255));
        Assert.Equal([("spans_0_to_255", 2L)], MapDataset.Open(folder.File("m"), folder.File("k")).Notes());
        folder.Write("m/b.png", Make.Png(2, 1, 254, 0));
        Assert.Empty(MapDataset.Open(folder.File("m"), folder.File("k")).Notes());
    }

    /// <summary>Pixels that are left out say nothing of how a map was made, but neither do they hide it.</summary>
    [Fact]
    public void What_is_left_out_does_not_count()
    {
        var maps = folder.Write("m.npy", Make.Npy("<f4", "(2, 1, 3)", 0f, 1, 7, 1, 0, -7));
        var masks = folder.Write("k.npy", Make.Npy<byte>("|u1", "(2, 1, 3)", 0, 1, 255, 1, 0, 255));
        Assert.Equal([("ignored_pixels", 2L), ("spans_0_to_1", 2)], MapDataset.Open(maps, masks, new() { IgnoreValue = 255 }).Notes());
    }
}
