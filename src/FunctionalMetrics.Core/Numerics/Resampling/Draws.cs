namespace FunctionalMetrics.Core.Numerics;

/// <summary>
/// Whole numbers at random, without bias, that depend on three numbers alone: so replicates can be drawn in any order and on any thread. SplitMix64
/// (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014), begun where the three lead to.
/// </summary>
internal struct Draws(ulong seed, ulong replicate, ulong stratum)
{
    private const ulong Step = 0x9E37_79B9_7F4A_7C15;

    private ulong state = Mixed(Mixed(Mixed(seed + Step) ^ replicate) + Step * (stratum + 1));

    /// <summary>One of the numbers below a bound, each as likely as the others.</summary>
    public int Below(int bound)
    {
        // The numbers above the last whole multiple of the bound would favour the small remainders: they are drawn again.
        var last = ulong.MaxValue - (ulong.MaxValue % (ulong)bound + 1) % (ulong)bound;
        ulong drawn;
        do drawn = Next();
        while (drawn > last);
        return (int)(drawn % (ulong)bound);
    }

    private ulong Next() => Mixed(state += Step);

    private static ulong Mixed(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58_476D_1CE4_E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
        return bits ^ (bits >> 31);
    }
}
