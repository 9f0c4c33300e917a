using System.Net.Http;
using System.Security.Cryptography.X509Certificates;

namespace Sfmkit.Interop;

/// <summary>A GET over TLS that trusts one authority only.</summary>
internal static class SecureRequest
{
    /// <summary>The status, or how .NET calls the reason why nothing was asked.</summary>
    public static string Get(string url, string authority)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(authority));
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = policy;
        using var client = new HttpClient(handler);
        try
        {
            using HttpResponseMessage answer = client.GetAsync(url).GetAwaiter().GetResult();
            return ((int)answer.StatusCode).ToString();
        }
        catch (HttpRequestException error)
        {
            return error.HttpRequestError.ToString();
        }
    }
}
