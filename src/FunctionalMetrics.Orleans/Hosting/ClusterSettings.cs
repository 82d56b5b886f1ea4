using System.Globalization;
using System.Net;
using LanguageExt;
using StackExchange.Redis;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>How silos and clients find each other. Compared by value; immutable.</summary>
/// <param name="Redis">The Redis server that they meet at and that jobs are stored in.</param>
public sealed record ClusterSettings(EndPoint Redis)
{
    /// <summary>The variable that a password of Redis is read from, so that it stands in no list of processes.</summary>
    public const string PasswordVariable = "FMETRICS_REDIS_PASSWORD";

    private const string Scheme = "redis://";

    /// <summary>The cluster's name: those of another name are refused.</summary>
    public string ClusterId { get; init; } = "fmetrics";

    /// <summary>The address of this machine that a silo listens on: loopback unless told otherwise. Only with <see cref="Tls"/> beyond it.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>What silos and clients prove themselves with; without it anyone on this machine may join.</summary>
    public Option<TlsFiles> Tls { get; init; }

    /// <summary>How long nothing but errors is borne before a job, or a call, is given up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long Redis keeps a job after somebody last asked for its progress or pushed a shard: what a client that was killed leaves is gone then.
    /// </summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Reads HOST:PORT, or redis://HOST:PORT. Names and passwords are refused, and not repeated.</summary>
    public static Fin<ClusterSettings> Parse(string text)
    {
        if (text.LastIndexOf('@') is >= 0 and var login)
            return new ClusterError(
                $"the address of Redis, which ends with '{text[login..]}', begins with a name or password; redis://HOST:PORT is one without, and {PasswordVariable} gives the password"
            );
        var place = text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..] : text;
        var server = place.TrimEnd('/');
        // A number that is no port would make the parser throw.
        var hasPort = ushort.TryParse(server[(server.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture, out _);
        return (hasPort ? EndPointCollection.TryParse(server) : null) switch
        {
            IPEndPoint { Port: > 0 } address => new ClusterSettings(address),
            DnsEndPoint { Port: > 0 } name => new ClusterSettings(name),
            _ => new ClusterError($"'{text}' is no Redis server; redis://HOST:PORT is one"),
        };
    }

    internal ConfigurationOptions RedisOptions =>
        new()
        {
            EndPoints = { Redis },
            Password = Environment.GetEnvironmentVariable(PasswordVariable),
            ConnectTimeout = 5000,
            AbortOnConnectFail = false,
            ClientName = "fmetrics",
            Tunnel = new ShallowAnswers(),
        };

    /// <summary>The settings when the cluster has a name.</summary>
    internal Fin<ClusterSettings> Named() =>
        string.IsNullOrWhiteSpace(ClusterId) ? new ClusterError($"'{ClusterId}' is no name of a cluster") : this;

    /// <summary>The settings when a silo may listen so.</summary>
    internal Fin<ClusterSettings> Checked() =>
        IPAddress.IsLoopback(Listen) || Tls.IsSome
            ? Named()
            : new ClusterError(
                $"a silo listens on {Listen} only with a certificate: without one anyone who reaches it could read files through it"
            );
}
