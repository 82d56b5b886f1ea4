namespace FunctionalMetrics.Benchmarks;

/// <summary>From 1 to 100 million pixels with the same share of anomalous ones: the defects repeat every four images, the noise does not.</summary>
internal static class Growth
{
    private const int Seed = 4;
    private const int Period = 4;

    /// <summary>Images of 512 x 512 in some million pixels.</summary>
    public const int Million = Period;

    /// <summary>States held together where one is too small to be seen in a process's memory.</summary>
    public const int Copies = 20;

    public static MapStack<float> Stack(int images) => Workload.Make(images, Seed, Period);

    public static IEnumerable<Line> Measure(Inputs inputs)
    {
        var (one, ten) = (Stack(Million), Stack(10 * Million));
        var hundred = inputs.HasLarge ? Stack(95 * Million) : null;
        MapStack<float>[] stacks = hundred is null ? [one, ten] : [one, ten, hundred];
        // By turns, as the machine may be busy for a minute and not for the next.
        var times = Timing.ByTurns(
            stacks.Select(stack => (Func<double>)(() => Timing.Once(stack.Pixels, stack, maps => PixelResults.Of(maps.State()))))
        );
        var pixels = stacks[^1].Pixels;
        yield return new(
            $"time per pixel at {WholeRuns.Millions(pixels)}, relative to {WholeRuns.Millions(one.Pixels)}, equal share of anomalous pixels",
            "1.5",
            "1.2",
            Spread.Of(times[^1].Zip(times[0], (largest, least) => largest / least)),
            "times"
        )
        {
            Note = string.Join(", ", stacks.Zip(times, (stack, time) => $"{WholeRuns.Millions(stack.Pixels)} {Spread.Of(time)} ns/pixel")),
        };
        var ofMillion = HeldStates.InChild("1M", inputs) / Copies / one.Pixels;
        var ofTens = HeldStates.InChild("10M", inputs) / ten.Pixels;
        var ofLargest = hundred is null ? ofTens : HeldStates.InChild("100M", inputs) / pixels;
        yield return new("memory per pixel, the same way", "1 (linear)", "", ofLargest / ofMillion, "times")
        {
            Note = $"{Spread.Number(ofMillion)}, {Spread.Number(ofTens)}, {Spread.Number(ofLargest)} bytes/pixel",
        };
    }
}
