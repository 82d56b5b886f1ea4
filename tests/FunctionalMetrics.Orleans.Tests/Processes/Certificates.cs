using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FunctionalMetrics.Orleans.Tests;

/// <summary>Authorities and what they sign, as PEM files in a folder that is gone afterwards.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>An authority, with its certificate in a file of its name.</summary>
    public X509Certificate2 Authority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
        folder.Write($"{name}.pem", authority.ExportCertificatePem());
        return authority;
    }

    /// <summary>A certificate of the authority for somebody who trusts the authority called so.</summary>
    public TlsFiles Signed(X509Certificate2 authority, string trusted, string name)
    {
        using var certificate = Issue(authority, name, DateTimeOffset.UtcNow.AddDays(1));
        var pem = certificate.ExportCertificatePem() + "\n" + certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem();
        return new(folder.Write($"{name}.pem", pem), folder.File($"{trusted}.pem"));
    }

    public static X509Certificate2 Issue(X509Certificate2 authority, string name, DateTimeOffset until)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var plain = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), until, RandomNumberGenerator.GetBytes(8));
        return plain.CopyWithPrivateKey(key);
    }
}
