namespace FunctionalMetrics.Benchmarks;

/// <summary>8-bit and float16 maps, whose scores are tied many times over.</summary>
internal static class TiedMaps
{
    public static IEnumerable<Line> Measure(Inputs inputs)
    {
        foreach (var line in Of(inputs, "small", inputs.Small))
            yield return line;
        if (inputs.HasLarge)
            foreach (var line in Of(inputs, "large", inputs.Large))
                yield return line;
    }

    /// <summary>The maps spread over the 256 values of a byte.</summary>
    public static MapStack<byte> Bytes(MapStack<float> stack)
    {
        var (least, most) = (stack.Maps.Min(), stack.Maps.Max());
        return stack.Select(score => (byte)((score - least) * (255.99f / (most - least))));
    }

    /// <summary>The maps rounded to half precision.</summary>
    public static MapStack<Half> Halves(MapStack<float> stack) => stack.Select(score => (Half)score);

    private static IEnumerable<Line> Of(Inputs inputs, string name, MapStack<float> stack) =>
        [Of(inputs, $"{name}-8-bit", "8-bit", Bytes(stack)), Of(inputs, $"{name}-float16", "float16", Halves(stack))];

    private static Line Of<T>(Inputs inputs, string name, string kind, MapStack<T> stack)
        where T : unmanaged
    {
        var time = Timing.OfPixels(stack.Pixels, () => PixelResults.Of(stack.State()));
        return new($"the same with {kind} maps, {WholeRuns.Millions(stack.Pixels)}", "3; 4 MB", "", time, "ns/pixel")
        {
            Note = FormattableString.Invariant($"state of {HeldStates.InChild(name, inputs) / 1e6:0.0} MB"),
        };
    }
}
