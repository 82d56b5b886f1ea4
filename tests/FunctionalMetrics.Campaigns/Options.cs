using System.CommandLine;

namespace FunctionalMetrics.Campaigns;

/// <summary>The options that campaigns share.</summary>
internal static class Options
{
    public static Option<int> Seed() =>
        new("--seed")
        {
            Description = "the first seed; a new one each time unless given",
            DefaultValueFactory = _ => Random.Shared.Next(1 << 30),
        };

    public static Option<long> Count(long usual) =>
        new("--count") { Description = "at least so many executions", DefaultValueFactory = _ => usual };

    public static Option<double> Seconds(double usual = 0) =>
        new("--seconds") { Description = "and as many more as there is time for", DefaultValueFactory = _ => usual };
}
