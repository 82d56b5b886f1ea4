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
        var (ofOne, ofTen) = (Time(one, 4 * Timing.Repeats), Time(ten, Timing.Repeats));
        var largest = hundred is null ? ofTen : Time(hundred, Timing.Repeats);
        var pixels = hundred?.Pixels ?? ten.Pixels;
        yield return new(
            $"time per pixel at {WholeRuns.Millions(pixels)}, relative to {WholeRuns.Millions(one.Pixels)}, equal share of anomalous pixels",
            "1.5",
            "1.2",
            largest.Median / ofOne.Median,
            "times"
        )
        {
            Note = string.Join(
                ", ",
                new[] { (one.Pixels, ofOne), (ten.Pixels, ofTen), (pixels, largest) }
                    .Distinct()
                    .Select(run => $"{WholeRuns.Millions(run.Item1)} {run.Item2} ns/pixel")
            ),
        };
        var ofMillion = HeldStates.InChild("1M", inputs) / Copies / one.Pixels;
        var ofTens = HeldStates.InChild("10M", inputs) / ten.Pixels;
        var ofLargest = hundred is null ? ofTens : HeldStates.InChild("100M", inputs) / pixels;
        yield return new("memory per pixel, the same way", "1 (linear)", "", ofLargest / ofMillion, "times")
        {
            Note = $"{Spread.Number(ofMillion)}, {Spread.Number(ofTens)}, {Spread.Number(ofLargest)} bytes/pixel",
        };
    }

    private static Spread Time(MapStack<float> stack, int repeats) =>
        Timing.Of(stack.Pixels, () => PixelResults.Of(stack.State()), repeats);
}
