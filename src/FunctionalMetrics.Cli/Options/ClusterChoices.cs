using FunctionalMetrics.Orleans;
using LanguageExt;
using LanguageExt.Common;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Cli;

/// <summary>Who may take part in a cluster: what a silo and whoever uses it must have in common.</summary>
internal sealed record ClusterChoices
{
    public string ClusterId { get; init; } = "fmetrics";

    public string? Certificate { get; init; }

    public string? Authority { get; init; }

    public static OptionSet<ClusterChoices> Options { get; } =
        OptionSet<ClusterChoices>
            .None.Text(
                "--cluster-id",
                "NAME",
                "the cluster's name; silos and commands of another name are refused [default: fmetrics]",
                (choices, name) => choices with { ClusterId = name }
            )
            .Text(
                "--certificate",
                "FILE",
                "a certificate with its private key, shown to the others (PEM)",
                (choices, path) => choices with { Certificate = path }
            )
            .Text(
                "--authority",
                "FILE",
                "the certificate of the authority that must have signed those of the others (PEM)",
                (choices, path) => choices with { Authority = path }
            );

    /// <summary>The cluster that is found through a Redis server.</summary>
    public Fin<ClusterSettings> Settings(string redis) =>
        from cluster in ClusterSettings.Parse(redis)
        from tls in (Certificate, Authority) switch
        {
            (null, null) => FinSucc(Option<TlsFiles>.None),
            ({ } own, { } signer) => FinSucc(Some(new TlsFiles(own, signer))),
            _ => Error.New("--certificate and --authority go together"),
        }
        select cluster with
        {
            ClusterId = ClusterId,
            Tls = tls,
        };
}
