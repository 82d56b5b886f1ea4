using System.CommandLine;
using System.Net;
using FunctionalMetrics.Orleans;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary><c>fmetrics silo</c>: a worker of a cluster, until it is stopped.</summary>
internal static class SiloCommand
{
    /// <summary>How long a silo that is stopped may take to tell its cluster so; the whole tool ends a second later.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(4);

    public static Command Create(Streams streams, CancellationToken cancel)
    {
        var redis = new System.CommandLine.Option<string>("--redis")
        {
            Description = "the Redis server that the silos find each other through, and that jobs are stored in",
            HelpName = "HOST:PORT",
            Required = true,
        };
        var listen = new System.CommandLine.Option<string>("--listen")
        {
            Description = "this machine's address to listen on; other than loopback only with a certificate",
            HelpName = "ADDRESS",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        var command = new Command("silo", "A worker of a cluster: reads the files that evaluate --cluster names, until it is stopped.")
        {
            redis,
            listen,
        };
        ClusterChoices.Options.AddTo(command);
        command.SetAction(parsed =>
        {
            var settings =
                from cluster in ClusterChoices.Options.Read(parsed, new()).Settings(parsed.GetValue(redis)!)
                from address in IPAddress.TryParse(parsed.GetValue(listen), out var own)
                && !own.Equals(IPAddress.Any)
                && !own.Equals(IPAddress.IPv6Any)
                    ? FinSucc(own)
                    : Error.New($"--listen is '{parsed.GetValue(listen)}'; it must be an address of this machine that others can reach")
                select cluster with
                {
                    Listen = address,
                };
            return streams.End(settings.Bind(cluster => Run(cluster, streams.Out, cancel).GetAwaiter().GetResult()));
        });
        return command;
    }

    private static async Task<Fin<Unit>> Run(ClusterSettings settings, TextWriter to, CancellationToken cancel)
    {
        var started = await SiloHost.Start(settings, ShardSource.Read, cancel);
        if (started.Case is not SiloHost silo)
            return started.Map(_ => unit);
        await to.WriteLineAsync($"ready on {silo.Address}, cluster {settings.ClusterId}");
        await to.FlushAsync(CancellationToken.None);
        var ended = await Task.WhenAny(silo.Ended, Task.Delay(Timeout.Infinite, cancel));
        return ended == silo.Ended ? await silo.Ended : await silo.Leave(Farewell);
    }
}
