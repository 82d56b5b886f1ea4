using FsCheck;
using FsCheck.Fluent;

namespace FunctionalMetrics.Core.Tests;

/// <summary>Properties inside a theory, so that each metric is a test of its own.</summary>
internal static class ForAll
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 2).ToArbitrary();

    /// <summary>Checks something of many samples; what throws is shrunk and reported with the seed that repeats it.</summary>
    public static void Samples(Action<Sample, int> check, int times = 200) =>
        Prop.ForAll(Arbitraries.Samples(), Seeds, check).Check(Config.QuickThrowOnFailure.WithMaxTest(times));

    /// <summary>The same of three samples at once.</summary>
    public static void ThreeSamples(Action<Sample, Sample, Sample> check, int times = 60) =>
        Prop.ForAll(Arbitraries.Samples(), Arbitraries.Samples(), Arbitraries.Samples(), check)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(times));
}
