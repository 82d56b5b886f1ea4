using System.CommandLine;
using FunctionalMetrics.Orleans;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Who may take part in a cluster: what a silo and whoever uses it must have in common.</summary>
internal sealed class ClusterOptions
{
    private readonly System.CommandLine.Option<string> name = Arguments.Text(
        "--cluster-id",
        "the cluster's name; silos and commands of another name are refused",
        "NAME",
        "fmetrics"
    );

    private readonly System.CommandLine.Option<string?> certificate = Arguments.Text(
        "--certificate",
        "a certificate with its private key, shown to the others (PEM)",
        "FILE"
    );

    private readonly System.CommandLine.Option<string?> authority = Arguments.Text(
        "--authority",
        "the certificate of the authority that must have signed those of the others (PEM)",
        "FILE"
    );

    public IEnumerable<System.CommandLine.Option> All => [name, certificate, authority];

    /// <summary>The cluster that is found through a Redis server.</summary>
    public Fin<ClusterSettings> Settings(ParseResult parsed, string redis) =>
        from cluster in ClusterSettings.Parse(redis)
        from tls in (parsed.GetValue(certificate), parsed.GetValue(authority)) switch
        {
            (null, null) => FinSucc(LanguageExt.Option<TlsFiles>.None),
            ({ } own, { } signer) => FinSucc(Some(new TlsFiles(own, signer))),
            _ => Error.New("--certificate and --authority go together"),
        }
        select cluster with
        {
            ClusterId = parsed.GetValue(name)!,
            Tls = tls,
        };
}
