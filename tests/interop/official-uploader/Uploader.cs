using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Sfmkit.Interop.OfficialUploader;

/// <summary>One start of the program: a new SessionId, the version question, then the files.</summary>
internal sealed class Uploader(Job job, Ledger ledger, Credentials credentials, CancellationToken patience)
{
    private const int ChunkBytes = 524_288;
    private readonly string sessionId = Guid.NewGuid().ToString();
    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Methods with the target, in the order in which they were sent.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public async Task<string> Run()
    {
        try
        {
            if (!await AskVersion()) return "error";
            var organisation = ledger.Entries.First(entry => entry.FileType == "OrganizationFile");
            if (organisation.Status != "completed") await Upload(organisation);
            // Nothing else starts before the organisation file is whole.
            if (organisation.Status == "completed") await UploadOthers(organisation);
            return "finished";
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return "hangs";
        }
        finally
        {
            client.Dispose();
        }
    }

    private async Task UploadOthers(LedgerEntry organisation)
    {
        var queue = new ConcurrentQueue<LedgerEntry>(
            ledger.Entries.Where(entry => entry != organisation && entry.Status != "completed"));
        await Task.WhenAll(Enumerable.Range(0, job.Threads).Select(async _ =>
        {
            while (queue.TryDequeue(out var entry)) await Upload(entry);
        }));
    }

    /// <summary>Any answer will do, and so does a broken connection; silence does not.</summary>
    private async Task<bool> AskVersion()
    {
        var api = job.UploadApi[..job.UploadApi.LastIndexOf('/')];
        var url = new Uri(api + "/api/sfmProductVersion");
        Requests.Enqueue("GET " + url.AbsolutePath);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(patience);
        silence.CancelAfter(job.PatienceMs / 2);
        try
        {
            using var answer = await client.GetAsync(url, silence.Token);
            return true;
        }
        catch (HttpRequestException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Whatever goes wrong, the file has failed and the next one comes.</summary>
    private async Task Upload(LedgerEntry entry)
    {
        try
        {
            entry.Status = await Send(entry) ? "completed" : "failed";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            entry.Status = "failed";
        }
    }

    private async Task<bool> Send(LedgerEntry entry)
    {
        var size = new FileInfo(entry.Path).Length;
        if (entry.RemoteUrl is null && !await Create(entry, size)) return false;
        entry.Status = "ongoing";
        using var head = await Ask(HttpMethod.Head, entry.RemoteUrl!, [], []);
        if (head.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NoContent)) return false;
        if (OffsetOf(head) is not { } offset) return false;
        using var file = File.OpenRead(entry.Path);
        // An offset beyond the end counts as the end.
        while (offset < size)
        {
            file.Position = offset;
            var chunk = new byte[Math.Min(ChunkBytes, size - offset)];
            await file.ReadExactlyAsync(chunk, patience);
            using var patch = await Ask(
                HttpMethod.Patch,
                entry.RemoteUrl!,
                [
                    ("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)),
                    ("Upload-Checksum", "sha1 " + Convert.ToBase64String(SHA1.HashData(chunk))),
                ],
                chunk);
            if (patch.StatusCode != HttpStatusCode.NoContent) return false;
            if (OffsetOf(patch) is not { } next) return false;
            offset = next;
        }
        return true;
    }

    private async Task<bool> Create(LedgerEntry entry, long size)
    {
        (string Key, string Value)[] metadata =
        [
            ("name", entry.Name),
            ("contentType", "application/octet-stream"),
            ("FileType", entry.FileType),
            ("SessionId", sessionId),
        ];
        var pairs = metadata.Select(
            pair => pair.Key + " " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Value)));
        using var answer = await Ask(
            HttpMethod.Post,
            new Uri(job.UploadUrl),
            [
                ("Upload-Length", size.ToString(CultureInfo.InvariantCulture)),
                ("Upload-Metadata", string.Join(',', pairs)),
            ],
            []);
        if (answer.StatusCode != HttpStatusCode.Created || answer.Headers.Location is not { } place) return false;
        entry.RemoteUrl = new Uri(new Uri(job.UploadUrl), place);
        return true;
    }

    private async Task<HttpResponseMessage> Ask(
        HttpMethod method, Uri url, List<(string Name, string Value)> fields, byte[] body)
    {
        using var request = new HttpRequestMessage(method, url) { Content = new ByteArrayContent(body) };
        if (credentials.Proof(method.Method, url) is { } proof) Add(request, "DPoP", proof);
        Add(request, "Authorization", credentials.Authorization);
        Add(request, "Tus-Resumable", "1.0.0");
        foreach (var (name, value) in fields) Add(request, name, value);
        Add(request, "Connection", "close");
        Add(request, "Accept-Encoding", "gzip");
        request.Content.Headers.ContentLength = body.Length;
        if (method == HttpMethod.Patch)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/offset+octet-stream");
        }
        Requests.Enqueue(method.Method + " " + url.PathAndQuery);
        return await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, patience);
    }

    private static void Add(HttpRequestMessage request, string name, string value) =>
        request.Headers.TryAddWithoutValidation(name, value);

    /// <summary>The name counts letter by letter.</summary>
    private static long? OffsetOf(HttpResponseMessage answer)
    {
        foreach (var field in answer.Headers.NonValidated)
        {
            if (field.Key != "Upload-Offset") continue;
            var style = NumberStyles.AllowLeadingSign;
            if (!long.TryParse(field.Value.ToString(), style, CultureInfo.InvariantCulture, out var offset)) return null;
            return offset < 0 ? null : offset;
        }
        return null;
    }
}
