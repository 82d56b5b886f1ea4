using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LanguageExt;
using Orleans.Connections.Security;
using static LanguageExt.Prelude;

namespace FunctionalMetrics.Orleans;

/// <summary>
/// What silos and clients prove themselves to each other with: a certificate with its private key, and the authority that must have signed
/// the certificate of whoever is at the other end. Both ends show one, in every connection; whoever has none is refused.
/// </summary>
/// <param name="Certificate">A PEM file with a certificate and its private key.</param>
/// <param name="Authority">A PEM file with the certificate of the authority.</param>
public sealed record TlsFiles(string Certificate, string Authority)
{
    /// <summary>Reads both files.</summary>
    internal Fin<Action<TlsOptions>> Open() =>
        from own in Read(Certificate, path => Usable(X509Certificate2.CreateFromPemFile(path)))
        from authority in Read(Authority, X509CertificateLoader.LoadCertificateFromFile)
        select new Action<TlsOptions>(options =>
        {
            options.LocalCertificate = own;
            options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
            options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
            options.RemoteCertificateValidation = (certificate, _, _) => IsSigned(certificate, authority);
            // The name is not what a peer is known by: its certificate is, and that is checked above.
            options.OnAuthenticateAsClient = (_, client) => client.TargetHost = own.GetNameInfo(X509NameType.SimpleName, false);
        });

    /// <summary>Whether the authority signed the certificate, which is valid now.</summary>
    internal static bool IsSigned(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    /// <summary>SslStream on some systems wants a key that was imported, not one that was only read.</summary>
    private static X509Certificate2 Usable(X509Certificate2 read)
    {
        using (read)
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
    }

    private static Fin<X509Certificate2> Read(string path, Func<string, X509Certificate2> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return new ClusterError($"{path}: is no certificate that can be used: {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
