using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Sfmkit.Interop.OfficialUploader;

/// <summary>
/// Behaves on the wire as the official uploader was seen to do, its weaknesses included. It runs many
/// jobs in one process: official-uploader JOBS.json, a list of Job; the list of their outcomes goes
/// to the standard output, as JSON.
/// </summary>
internal static class Program
{
    private const int JobsAtOnce = 6;

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments.Length != 1)
        {
            Console.Error.WriteLine("usage: official-uploader JOBS.json");
            return 2;
        }
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        var jobs = JsonSerializer.Deserialize<List<Job>>(File.ReadAllText(arguments[0]), options)!;
        var outcomes = new Outcome[jobs.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, jobs.Count),
            new ParallelOptions { MaxDegreeOfParallelism = JobsAtOnce },
            async (i, _) => outcomes[i] = await Run(jobs[i]));
        Console.WriteLine(JsonSerializer.Serialize(outcomes, options));
        return 0;
    }

    /// <summary>Starts the uploader so many times with one ledger.</summary>
    private static async Task<Outcome> Run(Job job)
    {
        var ledger = Ledger.Of(job.Folder);
        using var credentials = new Credentials(job.Dpop);
        var starts = new List<Start>();
        for (var i = 0; i < job.Starts; ++i)
        {
            // Whoever hangs is ended from outside, as by a person at the task manager.
            using var patience = new CancellationTokenSource(job.PatienceMs);
            var uploader = new Uploader(job, ledger, credentials, patience.Token);
            var end = await uploader.Run();
            starts.Add(new Start(end, ledger.Statuses(), uploader.Requests.ToList()));
        }
        return new Outcome(job.Name, starts);
    }
}

/// <summary>PatienceMs: after this time a start counts as hanging.</summary>
internal sealed record Job(
    string Name, string Folder, string UploadApi, string UploadUrl, int Threads, int Starts, bool Dpop,
    int PatienceMs);

/// <summary>End: finished, hangs, or error when the program did not come up.</summary>
internal sealed record Start(string End, Dictionary<string, string> Files, List<string> Requests);

internal sealed record Outcome(string Name, List<Start> Starts);
