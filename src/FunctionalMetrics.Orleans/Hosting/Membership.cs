using Orleans.Configuration;

namespace FunctionalMetrics.Orleans;

/// <summary>How soon a silo that died is noticed, and how large a message may be.</summary>
internal static class Membership
{
    /// <summary>The most bytes of a message: two states of a portion, each of what a .NET array holds at most, would be more.</summary>
    private const int LargestMessage = 1 << 30;

    public static void Configure(ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            // A silo whose process died is declared dead some 6 s later, one that only sleeps after some 20 s. A wrong verdict costs time, never
            // a result.
            options.ProbeTimeout = TimeSpan.FromSeconds(2);
            options.NumMissedProbesLimit = 3;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            // After a stop of all silos at once, new ones wait for three of these before they take the old ones for dead.
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(3);
            options.NumMissedTableIAmAliveLimit = 3;
            options.MaxJoinAttemptTime = TimeSpan.FromMinutes(1);
            options.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
            options.DefunctSiloExpiration = TimeSpan.FromHours(1);
        });
        silo.Configure<SiloMessagingOptions>(options => options.MaxMessageBodySize = LargestMessage);
    }

    public static void Configure(IClientBuilder client)
    {
        client.Configure<ClientMessagingOptions>(options =>
        {
            options.MaxMessageBodySize = LargestMessage;
            options.ResponseTimeout = TimeSpan.FromSeconds(15);
        });
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
    }
}
