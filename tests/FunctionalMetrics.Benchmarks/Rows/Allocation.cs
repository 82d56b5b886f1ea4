namespace FunctionalMetrics.Benchmarks;

/// <summary>
/// What update and compute allocate once everything is warm, and the collections of generation 2 that updates cause, beside those that
/// arrays of the chunks' size cause alone.
/// </summary>
internal static class Allocation
{
    public static IEnumerable<Line> Measure(Inputs inputs)
    {
        var small = inputs.Small;
        GC.KeepAlive(PixelResults.Of(small.State()));
        Timing.Settle();
        var (collections, allocated) = (GC.CollectionCount(2), GC.GetTotalAllocatedBytes(true));
        var state = small.State();
        var updates = GC.GetTotalAllocatedBytes(true) - allocated;
        var ofUpdates = GC.CollectionCount(2) - collections;
        yield return new("bytes allocated by update, in steady state", "4 (the keys)", "", (double)updates / small.Pixels, "bytes/pixel")
        {
            Note = FormattableString.Invariant($"{updates / 1e6:0.0} MB in {small.Count} updates"),
        };
        allocated = GC.GetTotalAllocatedBytes(true);
        GC.KeepAlive(PixelResults.Of(state));
        var compute = GC.GetTotalAllocatedBytes(true) - allocated;
        yield return new(
            "bytes allocated by compute for each anomalous pixel",
            "results",
            "",
            (double)compute / state.Rank.Positives,
            "bytes"
        )
        {
            Note = FormattableString.Invariant($"{compute / (double)small.Pixels:0.000} bytes/pixel"),
        };
        GC.KeepAlive(state);
        state = null;
        Timing.Settle();
        collections = GC.CollectionCount(2);
        GC.KeepAlive(Storage(small));
        var ofStorage = GC.CollectionCount(2) - collections;
        yield return new("generation-2 collections caused by update beyond chunk storage", "0", "", ofUpdates - ofStorage, "")
        {
            Note = $"{ofUpdates} in {small.Count} updates; {ofStorage} by arrays of the chunks' size alone",
        };
    }

    /// <summary>Arrays as large as the chunks of each image, all kept.</summary>
    private static uint[][] Storage(MapStack<float> stack) =>
        [.. Enumerable.Range(0, stack.Count).Select(_ => GC.AllocateUninitializedArray<uint>(stack.ImagePixels))];
}
