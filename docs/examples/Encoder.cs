// Encrypts one plain file and uploads it; run again after any failure, it goes on. .NET 10, nothing else.
//
// Encoder PLAIN SEALED CERTIFICATE URL SESSION
// Encoder ExportData.zip ExportData.dat recipient.cer http://127.0.0.1:8080/files <guid>
using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;

internal static class Encoder
{
    private const int ChunkBytes = 512 * 1024;
    private static readonly int[] TryAgain = [0, 408, 409, 423, 425, 429, 460]; // 0: no answer; 5xx too
    private static readonly HttpClient Client =
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static void Seal(string plain, string sealedFile, string certificateFile)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(certificateFile);
        using RSA recipient = certificate.GetRSAPublicKey() ?? throw new CryptographicException("no RSA key");
        using var aes = Aes.Create(); // draws a key of 256 bits and an IV for this file; CBC, PKCS#7
        byte[] wrapped = recipient.Encrypt(aes.Key, RSAEncryptionPadding.OaepSHA512);
        byte[] extension = Encoding.ASCII.GetBytes(Base64(sealedFile.EndsWith(".rpt") ? "xps" : "zip"));
        byte[] lengths = new byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(lengths, wrapped.Length);
        BinaryPrimitives.WriteInt32LittleEndian(lengths.AsSpan(4), aes.IV.Length);
        BinaryPrimitives.WriteInt32LittleEndian(lengths.AsSpan(8), extension.Length);
        using (FileStream source = File.OpenRead(plain))
        using (FileStream target = File.Create(sealedFile + ".partial"))
        {
            foreach (byte[] field in new[] { lengths, wrapped, aes.IV, extension }) target.Write(field);
            using var cipher = new CryptoStream(target, aes.CreateEncryptor(), CryptoStreamMode.Write);
            source.CopyTo(cipher); // the last block is written when cipher is disposed
        }
        File.Move(sealedFile + ".partial", sealedFile); // a file under its final name is complete
    }

    private static (int Status, HttpResponseHeaders? Headers) Request(
        string method, Uri url, byte[]? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (method != "HEAD") request.Content = new ByteArrayContent(body ?? []);
        if (method == "PATCH") request.Content!.Headers.ContentType = new("application/offset+octet-stream");
        try
        {
            using HttpResponseMessage answer = Client.Send(request);
            return ((int)answer.StatusCode, answer.Headers);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return (0, null);
        }
    }

    private static Uri Create(string sealedFile, Uri url, string session)
    {
        string name = Path.GetFileName(sealedFile);
        string type = Path.GetExtension(name) switch
        {
            ".dat" => "OrganizationFile", ".pat" => "PatientFile", _ => "ReportFile",
        };
        string metadata = $"name {Base64(name)},contentType {Base64("application/octet-stream")},"
            + $"FileType {Base64(type)},SessionId {Base64(session)}";
        var (status, headers) = Request("POST", url, null,
            ("Upload-Length", $"{new FileInfo(sealedFile).Length}"), ("Upload-Metadata", metadata));
        if (status != 201) throw new IOException($"POST {url}: {status}");
        return new Uri(url, headers!.Location!);
    }

    private static (int Status, HttpResponseHeaders? Headers) Send(string sealedFile, Uri upload, long offset)
    {
        using FileStream file = File.OpenRead(sealedFile);
        file.Position = offset;
        byte[] chunk = new byte[Math.Min(ChunkBytes, file.Length - offset)];
        file.ReadExactly(chunk);
        string checksum = "sha1 " + Convert.ToBase64String(SHA1.HashData(chunk));
        return Request("PATCH", upload, chunk, ("Upload-Offset", $"{offset}"), ("Upload-Checksum", checksum));
    }

    internal static int Main(string[] given)
    {
        string sealedFile = given[1], memory = given[1] + ".upload";
        if (!File.Exists(sealedFile)) Seal(given[0], sealedFile, given[2]); // never twice: other bytes
        long? offset = File.Exists(memory) ? null : 0; // null: only the server knows
        Uri upload = offset is null ? new Uri(File.ReadAllText(memory)) : Create(sealedFile, new Uri(given[3]), given[4]);
        File.WriteAllText(memory, upload.ToString());
        long size = new FileInfo(sealedFile).Length, highest = 0;
        for (int tries = 0; offset != size;)
        {
            bool asks = offset is null;
            var (status, headers) = asks ? Request("HEAD", upload, null) : Send(sealedFile, upload, offset!.Value);
            bool good = status == (asks ? 200 : 204);
            string told = good && headers!.TryGetValues("Upload-Offset", out var values) ? values.First() : "";
            long least = asks ? 0 : offset!.Value + 1;
            long most = asks ? size : Math.Min(offset!.Value + ChunkBytes, size);
            if (long.TryParse(told, out long next) && next >= least && next <= most)
            {
                offset = next;
                if (next > highest) (highest, tries) = (next, 0);
                continue;
            }
            offset = null; // in doubt: ask before sending anything
            bool passing = good || TryAgain.Contains(status) || status >= 500;
            string gone = status is 404 or 410 ? $"; remove {memory} to begin anew" : "";
            if (++tries > 9 || !passing) throw new IOException($"{(asks ? "HEAD" : "PATCH")} {upload}: {status}{gone}");
            Thread.Sleep(Math.Min(30_000, 250 << tries));
        }
        Console.WriteLine($"uploaded {sealedFile} as {upload}");
        return 0;
    }
}
