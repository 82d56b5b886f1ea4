using System.CommandLine;
using FunctionalMetrics.Campaigns;

RootCommand root = new(
    "Campaigns against the library: each prints its seed, its executions and what it found, and ends with 1 where it found something."
)
{
    FuzzCampaign.Command(),
    DifferentialCampaign.Command(),
    EdgeCampaign.Command(),
    ConcurrencyCampaign.Command(),
    KillCampaign.Command(),
    AllCommand.Command(),
};
return root.Parse(args).Invoke();
