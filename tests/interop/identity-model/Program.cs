using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Sfmkit.Interop.IdentityModel;

/// <summary>
/// Tokens and proofs by Microsoft.IdentityModel, with which services on .NET judge them.
///   check ISSUER AUDIENCE JWKS FILE...   a line for each token: valid, or the name of what is wrong
///   proof FILE...                        the same for DPoP proofs, by the key that they bring
///   mint FOLDER ISSUER AUDIENCE          jwks.json, and tokens: good, other-key, ps256, expired
///   prove FOLDER ISSUER AUDIENCE URL     for ps256 and es256: a bound token and a proof for POST
/// </summary>
internal static class Program
{
    private const string Kid = "key-of-another-issuer";
    private static readonly JsonWebTokenHandler Handler = new();

    private static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["check", var issuer, var audience, var jwks, .. var files]:
                foreach (var file in files) Console.WriteLine(await Check(issuer, audience, jwks, Read(file)));
                return 0;
            case ["proof", .. var files]:
                foreach (var file in files) Console.WriteLine(await CheckProof(Read(file)));
                return 0;
            case ["mint", var folder, var issuer, var audience]:
                Mint(folder, issuer, audience);
                return 0;
            case ["prove", var folder, var issuer, var audience, var url]:
                Prove(folder, issuer, audience, url);
                return 0;
            default:
                Console.Error.WriteLine("usage: identity-model check|proof|mint|prove ...");
                return 2;
        }
    }

    private static string Read(string file) => File.ReadAllText(file).Trim();

    private static string Told(TokenValidationResult result) =>
        result.IsValid ? "valid" : result.Exception.GetType().Name;

    private static async Task<string> Check(string issuer, string audience, string jwks, string token)
    {
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = audience,
            IssuerSigningKeys = new JsonWebKeySet(File.ReadAllText(jwks)).GetSigningKeys(),
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ClockSkew = TimeSpan.FromSeconds(5),
        };
        return Told(await Handler.ValidateTokenAsync(token, parameters));
    }

    private static async Task<string> CheckProof(string proof)
    {
        var read = new JsonWebToken(proof);
        var key = new JsonWebKey(read.GetHeaderValue<System.Text.Json.JsonElement>("jwk").GetRawText());
        var parameters = new TokenValidationParameters
        {
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
            IssuerSigningKey = key,
            ValidTypes = ["dpop+jwt"],
            ValidAlgorithms = [SecurityAlgorithms.RsaSsaPssSha256],
        };
        return Told(await Handler.ValidateTokenAsync(proof, parameters));
    }

    private static string KeyFile(string folder) => Path.Combine(folder, "issuer.pem");

    private static RsaSecurityKey IssuerKey(string folder)
    {
        var rsa = RSA.Create(2048);
        if (File.Exists(KeyFile(folder))) rsa.ImportFromPem(File.ReadAllText(KeyFile(folder)));
        return new RsaSecurityKey(rsa) { KeyId = Kid };
    }

    private static string Token(
        SecurityKey key, string algorithm, string issuer, string audience, string scope, int hours, string? jkt = null)
    {
        var claims = new Dictionary<string, object> { ["scope"] = scope, ["client_id"] = "client" };
        if (jkt is not null) claims["cnf"] = new Dictionary<string, object> { ["jkt"] = jkt };
        var expires = DateTime.UtcNow.AddHours(hours);
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = expires.AddHours(-1),
            NotBefore = expires.AddHours(-1),
            Expires = expires,
            Claims = claims,
            SigningCredentials = new SigningCredentials(key, algorithm),
        });
    }

    private static void Mint(string folder, string issuer, string audience)
    {
        const string scope = "e-helse:sfm.api/sfm-migrering.api";
        var key = IssuerKey(folder);
        File.WriteAllText(KeyFile(folder), key.Rsa.ExportPkcs8PrivateKeyPem());
        var other = new RsaSecurityKey(RSA.Create(2048)) { KeyId = Kid };
        var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(
            new RsaSecurityKey(key.Rsa.ExportParameters(false)) { KeyId = Kid });
        var set = $"{{\"keys\":[{{\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"{Kid}\",\"n\":\"{jwk.N}\",\"e\":\"{jwk.E}\"}}]}}";
        File.WriteAllText(Path.Combine(folder, "jwks.json"), set);
        void Write(string name, string token) => File.WriteAllText(Path.Combine(folder, name), token);
        Write("good", Token(key, SecurityAlgorithms.RsaSha256, issuer, audience, scope, 1));
        Write("other-key", Token(other, SecurityAlgorithms.RsaSha256, issuer, audience, scope, 1));
        Write("ps256", Token(key, SecurityAlgorithms.RsaSsaPssSha256, issuer, audience, scope, 1));
        Write("expired", Token(key, SecurityAlgorithms.RsaSha256, issuer, audience, scope, -6));
    }

    private static void Prove(string folder, string issuer, string audience, string url)
    {
        const string scope = "e-helse:sfm.api/sfm-migrering.api2";
        (string Name, SecurityKey Key, string Algorithm)[] clients =
        [
            ("ps256", new RsaSecurityKey(RSA.Create(2048)), SecurityAlgorithms.RsaSsaPssSha256),
            ("es256", new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)), SecurityAlgorithms.EcdsaSha256),
        ];
        foreach (var (name, key, algorithm) in clients)
        {
            var jwk = JsonWebKeyConverter.ConvertFromSecurityKey(key);
            var members = new Dictionary<string, object> { ["kty"] = jwk.Kty };
            var named = new[] { ("n", jwk.N), ("e", jwk.E), ("crv", jwk.Crv), ("x", jwk.X), ("y", jwk.Y) };
            foreach (var (member, value) in named.Where(pair => pair.Item2 is not null)) members[member] = value;
            var jkt = Base64UrlEncoder.Encode(jwk.ComputeJwkThumbprint());
            var token = Token(IssuerKey(folder), SecurityAlgorithms.RsaSha256, issuer, audience, scope, 1, jkt);
            var proof = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
                new SecurityTokenDescriptor
                {
                    TokenType = "dpop+jwt",
                    IssuedAt = DateTime.UtcNow,
                    Claims = new Dictionary<string, object>
                    {
                        ["jti"] = Guid.NewGuid().ToString(),
                        ["htm"] = "POST",
                        ["htu"] = url,
                        ["ath"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token))),
                    },
                    AdditionalHeaderClaims = new Dictionary<string, object> { ["jwk"] = members },
                    SigningCredentials = new SigningCredentials(key, algorithm),
                });
            File.WriteAllText(Path.Combine(folder, name + ".token"), token);
            File.WriteAllText(Path.Combine(folder, name + ".proof"), proof);
        }
    }
}
