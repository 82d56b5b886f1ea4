namespace FunctionalMetrics.Benchmarks;

/// <summary>
/// Anomaly maps like a detector's: smooth noise with a bump on each defect, so that nearly all float32 scores are distinct, the worst case for
/// an exact curve. Six images of ten have one to four elliptic defects; some 1.4% of all pixels are anomalous. The same seed gives the same
/// bits wherever the runtime's logarithm, sine and exponential do.
/// </summary>
internal static class Workload
{
    public const int Side = 512;

    private const int Coarse = 8;
    private const int Reach = 4;

    /// <summary>
    /// Images of side x side pixels. The defects of image i are those of image i modulo the period: stacks whose lengths are multiples of
    /// one period have the same share of anomalous pixels.
    /// </summary>
    /// <param name="count">How many images.</param>
    /// <param name="seed">Gives the noise and the defects.</param>
    /// <param name="period">After how many images the same defects come again.</param>
    /// <param name="side">Their height and width.</param>
    /// <param name="first">The index of the first image, where a longer stack is made in parts.</param>
    public static MapStack<float> Make(int count, int seed, int period = int.MaxValue, int side = Side, int first = 0)
    {
        var (maps, masks) = (new float[count * side * side], new byte[count * side * side]);
        var field = new float[side * side];
        for (var image = 0; image < count; image++)
        {
            var mask = masks.AsSpan(image * side * side, side * side);
            // Written although it is zero, so that all of the input is resident before anything is measured.
            mask.Clear();
            Noise(new Normal(seed, first + image), field, side);
            Defects(new Normal(~seed, (first + image) % period), field, mask, side);
            Blur(field, maps.AsSpan(image * side * side, side * side), side);
        }
        return new(maps, masks, count, side, side);
    }

    /// <summary>A coarse grid of normal numbers, interpolated, and a little of such noise at every pixel.</summary>
    private static void Noise(Normal normal, float[] field, int side)
    {
        var cells = side / Coarse;
        var grid = new float[(cells + 1) * (cells + 1)];
        for (var i = 0; i < grid.Length; i++)
            grid[i] = normal.Next();
        for (var row = 0; row < side; row++)
        for (var column = 0; column < side; column++)
        {
            var (top, left) = (row / Coarse, column / Coarse);
            var (down, right) = (row % Coarse / (float)Coarse, column % Coarse / (float)Coarse);
            var at = top * (cells + 1) + left;
            var above = grid[at] + right * (grid[at + 1] - grid[at]);
            var below = grid[at + cells + 1] + right * (grid[at + cells + 2] - grid[at + cells + 1]);
            field[row * side + column] = above + down * (below - above) + 0.05f * normal.Next();
        }
    }

    private static void Defects(Normal normal, float[] field, Span<byte> mask, int side)
    {
        var defects = normal.Below(10) < 6 ? 1 + normal.Below(4) : 0;
        for (var defect = 0; defect < defects; defect++)
        {
            var (y, x) = (normal.Below(side), normal.Below(side));
            var least = Math.Max(2, side / 64);
            var (tall, wide) = (least + normal.Below(side / 10 - least), least + normal.Below(side / 10 - least));
            var bump = 1.5f + 0.7f * normal.Next();
            for (var row = Math.Max(0, y - tall); row <= Math.Min(side - 1, y + tall); row++)
            for (var column = Math.Max(0, x - wide); column <= Math.Min(side - 1, x + wide); column++)
            {
                var (dy, dx) = ((row - y) / (float)tall, (column - x) / (float)wide);
                if (dy * dy + dx * dx > 1)
                    continue;
                mask[row * side + column] = 1;
                field[row * side + column] += bump;
            }
        }
    }

    /// <summary>A Gaussian of standard deviation 1, edges repeated.</summary>
    private static void Blur(float[] field, Span<float> blurred, int side)
    {
        float[] weights = [.. Enumerable.Range(-Reach, 2 * Reach + 1).Select(k => MathF.Exp(-k * k / 2f))];
        var sum = weights.Sum();
        var between = new float[field.Length];
        for (var row = 0; row < side; row++)
        for (var k = 0; k < weights.Length; k++)
        {
            var source = field.AsSpan(Math.Clamp(row + k - Reach, 0, side - 1) * side, side);
            var target = between.AsSpan(row * side, side);
            for (var column = 0; column < side; column++)
                target[column] += source[column] * weights[k];
        }
        for (var row = 0; row < side; row++)
        {
            var source = between.AsSpan(row * side, side);
            for (var column = 0; column < side; column++)
            {
                var total = 0f;
                for (var k = 0; k < weights.Length; k++)
                    total += source[Math.Clamp(column + k - Reach, 0, side - 1)] * weights[k];
                blurred[row * side + column] = total / (sum * sum);
            }
        }
    }

    /// <summary>Normal and whole numbers from a seed (SplitMix64 and Box-Muller).</summary>
    internal sealed class Normal(int seed, int stream)
    {
        private ulong state = ((ulong)(uint)seed << 32) ^ ((ulong)(uint)stream * 0xD1B5_4A32_D192_ED03);
        private float spare = float.NaN;

        public int Below(int bound) => (int)((Bits() >> 32) * (ulong)bound >> 32);

        public double Unit() => (Bits() >> 11) * (1.0 / (1ul << 53));

        public float Next()
        {
            if (!float.IsNaN(spare))
                return TakeSpare();
            var bits = Bits();
            var radius = MathF.Sqrt(-2 * MathF.Log(((bits >> 40) + 1) * (1f / (1 << 24))));
            var (sin, cos) = MathF.SinCos((bits & 0xFF_FFFF) * (2 * MathF.PI / (1 << 24)));
            spare = radius * sin;
            return radius * cos;
        }

        private float TakeSpare()
        {
            var next = spare;
            spare = float.NaN;
            return next;
        }

        private ulong Bits()
        {
            state += 0x9E37_79B9_7F4A_7C15;
            var bits = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
            return bits ^ (bits >> 31);
        }
    }
}
