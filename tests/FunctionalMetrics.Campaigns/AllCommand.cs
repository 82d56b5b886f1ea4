using System.CommandLine;

namespace FunctionalMetrics.Campaigns;

/// <summary>The short form of every campaign, from a fixed seed: what CI runs.</summary>
internal static class AllCommand
{
    private const int Seed = 23;

    public static Command Command()
    {
        var command = new Command("all", "Run every campaign in its short form, as CI does.");
        command.SetAction(_ => Short().Select(run => run().Print(Console.Out)).ToList().All(tally => tally.IsGood) ? 0 : 1);
        return command;
    }

    private static IEnumerable<Func<Tally>> Short() =>
        [
            .. FuzzCampaign.Readers.Select(reader => (Func<Tally>)(() => FuzzCampaign.Run(reader, new(Seed, 1000), null))),
            () => DifferentialCampaign.Run(new(Seed, 300)),
            () => EdgeCampaign.Run(new(Seed, 1000)),
            () => ConcurrencyCampaign.Run(new(Seed, 16)),
            () => KillCampaign.Run(new(Seed, 3)),
        ];
}
