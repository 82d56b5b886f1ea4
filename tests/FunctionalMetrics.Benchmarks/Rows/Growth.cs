namespace FunctionalMetrics.Benchmarks;

/// <summary>From 1 to 100 million pixels with the same share of anomalous ones: the defects repeat every four images, the noise does not.</summary>
internal static class Growth
{
    private const int Seed = 4;
    private const int Period = 4;

    /// <summary>Images of 512 x 512 in some million pixels.</summary>
    private const int Million = 4;

    /// <summary>States held together where one is too small to be seen in a process's memory.</summary>
    public const int Copies = 20;

    /// <summary>The stacks by name, in ascending order.</summary>
    public static IReadOnlyDictionary<string, Func<MapStack<float>>> Stacks { get; } =
        new OrderedDictionary<string, Func<MapStack<float>>>
        {
            ["1M"] = () => Stack(Million),
            ["10M"] = () => Stack(10 * Million),
            ["100M"] = () => Stack(95 * Million),
        };

    public static IEnumerable<Line> Measure(Inputs inputs)
    {
        string[] names = [.. Stacks.Keys.Take(inputs.HasLarge ? 3 : 2)];
        // A process for each, since one that holds much leaves its memory to those after it.
        var runs = Timing.ByTurns(names.Select(name => (Func<WholeRuns.Timed>)(() => WholeRuns.InChild(name, inputs))), 3);
        var (pixels, times) = (
            runs.Select(run => run[0].Pixels).ToArray(),
            runs.Select(run => run.Select(one => one.Nanoseconds).ToArray()).ToArray()
        );
        var (least, most) = (WholeRuns.Millions(pixels[0]), WholeRuns.Millions(pixels[^1]));
        yield return new(
            $"time per pixel at {most}, relative to {least}, equal share of anomalous pixels",
            "1.5",
            "1.2",
            Spread.Of(times[^1].Zip(times[0], (large, small) => large / small)),
            "times"
        )
        {
            Note = string.Join(", ", pixels.Zip(times, (count, time) => $"{WholeRuns.Millions(count)} {Spread.Of(time)} ns/pixel")),
        };
        double[] bytes = [.. names.Zip(pixels, (name, count) => HeldStates.InChild(name, inputs) / count)];
        bytes[0] /= Copies;
        yield return new("memory per pixel, the same way", "1 (linear)", "", bytes[^1] / bytes[0], "times")
        {
            Note = $"{string.Join(", ", bytes.Select(Spread.Number))} bytes/pixel",
        };
    }

    private static MapStack<float> Stack(int images) => Workload.Make(images, Seed, Period);
}
