using FunctionalMetrics.Core;

namespace FunctionalMetrics.Benchmarks;

/// <summary>Memory of states beyond the input, and of states kept at every batch.</summary>
internal static class HeldStates
{
    private const int Batches = 1000;

    /// <summary>States by name: what is given is loaded first, and what it returns makes the state.</summary>
    private static readonly Dictionary<string, Func<Inputs, Func<object>>> States = new()
    {
        ["small"] = inputs => Of(inputs.Small),
        ["large"] = inputs => Of(inputs.Large),
        ["small-computed"] = inputs => Computed(inputs.Small),
        ["large-computed"] = inputs => Computed(inputs.Large),
        ["last"] = inputs => With(inputs.Small, stack => Strips(stack).Last()),
        ["every"] = inputs => With(inputs.Small, stack => Strips(stack).ToArray()),
        ["1M"] = _ => With(Growth.Stacks["1M"](), stack => Enumerable.Range(0, Growth.Copies).Select(_ => stack.State()).ToArray()),
        ["10M"] = _ => Of(Growth.Stacks["10M"]()),
        ["100M"] = _ => Of(Growth.Stacks["100M"]()),
    };

    /// <summary>States of so few bytes that the memory they were made with would hide them.</summary>
    private static readonly Dictionary<string, Func<Inputs, Func<object>>> Small = new()
    {
        ["small-8-bit"] = inputs => Of(TiedMaps.Bytes(inputs.Small)),
        ["large-8-bit"] = inputs => Of(TiedMaps.Bytes(inputs.Large)),
        ["small-float16"] = inputs => Of(TiedMaps.Halves(inputs.Small)),
        ["large-float16"] = inputs => Of(TiedMaps.Halves(inputs.Large)),
    };

    /// <summary>The bytes of a state by its name, as this process holds it.</summary>
    public static long Bytes(string name, Inputs inputs) =>
        Small.TryGetValue(name, out var small) ? Memory.Reachable(small(inputs)) : Memory.Of(States[name](inputs));

    /// <summary>The same, as a child process holds it.</summary>
    public static double InChild(string name, Inputs inputs) => Child.Number(["bytes", name, .. inputs.Arguments]);

    public static IEnumerable<Line> Distinct(Inputs inputs)
    {
        yield return Distinct(inputs, "small", inputs.Small.Pixels);
        if (inputs.HasLarge)
            yield return Distinct(inputs, "large", inputs.Large.Pixels);
    }

    public static IEnumerable<Line> Every(Inputs inputs)
    {
        var small = inputs.Small;
        var pixels = (double)Batches * StripRows(small) * small.Width;
        yield return new(
            $"update alone, an immutable state kept at every one of {Batches:N0} batches",
            "3",
            "",
            Timing.Of(pixels, () => GC.KeepAlive(Strips(small).ToArray())),
            "ns/pixel"
        )
        {
            Note = $"keeping only the last {Timing.Of(pixels, () => GC.KeepAlive(Strips(small).Last()))}",
        };
        var (every, last) = (InChild("every", inputs), InChild("last", inputs));
        yield return new("memory of all those states, relative to keeping only the last", "1.2", "", every / last, "times")
        {
            Note = $"{Spread.Number(every / pixels)} and {Spread.Number(last / pixels)} bytes/pixel",
        };
    }

    private static Line Distinct(Inputs inputs, string name, int pixels) =>
        new($"state memory beyond the input, {WholeRuns.Millions(pixels)}", "4.5", "4.1", InChild(name, inputs) / pixels, "bytes/pixel")
        {
            Note = $"with everything computed {Spread.Number(InChild($"{name}-computed", inputs) / pixels)}",
        };

    /// <summary>The states after each of many batches of some rows of pixels.</summary>
    private static IEnumerable<RegionState> Strips(MapStack<float> stack)
    {
        var (state, rows) = (RegionState.Empty, StripRows(stack));
        for (var batch = 0; batch < Batches; batch++)
            yield return state = Aupro.Metric.Update(state, stack.Batch(batch * rows * stack.Width, rows));
    }

    private static int StripRows<T>(MapStack<T> stack)
        where T : unmanaged => Math.Max(1, stack.Count * stack.Height / Batches);

    private static Func<object> Of<T>(MapStack<T> stack)
        where T : unmanaged => () => stack.State();

    private static Func<object> With(MapStack<float> stack, Func<MapStack<float>, object> make) => () => make(stack);

    private static Func<object> Computed(MapStack<float> stack) =>
        () =>
        {
            var state = stack.State();
            GC.KeepAlive(PixelResults.Of(state));
            return state;
        };
}
