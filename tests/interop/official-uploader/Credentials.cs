using System;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sfmkit.Interop.OfficialUploader;

/// <summary>A Bearer token, or a token and a fresh DPoP proof (RFC 9449, PS256) for each request.</summary>
internal sealed class Credentials(bool dpop) : IDisposable
{
    private const string Token = "token-of-the-stand-in";
    private readonly RSA? key = dpop ? RSA.Create(2048) : null;

    public string Authorization => (key is null ? "Bearer " : "DPoP ") + Token;

    /// <summary>Null with Bearer.</summary>
    public string? Proof(string method, Uri url)
    {
        if (key is null) return null;
        var parameters = key.ExportParameters(false);
        var jwk = $"{{\"kty\":\"RSA\",\"n\":\"{Encode(parameters.Modulus!)}\","
            + $"\"e\":\"{Encode(parameters.Exponent!)}\",\"alg\":\"PS256\"}}";
        var header = $"{{\"alg\":\"PS256\",\"typ\":\"dpop+jwt\",\"jwk\":{jwk}}}";
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var hash = Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Token)));
        var payload = $"{{\"jti\":\"{Guid.NewGuid()}\",\"htm\":\"{method}\","
            + $"\"htu\":\"{url.AbsoluteUri}\",\"iat\":{now},\"ath\":\"{hash}\"}}";
        var input = Encode(Encoding.UTF8.GetBytes(header)) + "." + Encode(Encoding.UTF8.GetBytes(payload));
        var signature = key.SignData(
            Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        return input + "." + Encode(signature);
    }

    public void Dispose() => key?.Dispose();

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
