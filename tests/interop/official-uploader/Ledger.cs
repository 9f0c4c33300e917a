using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sfmkit.Interop.OfficialUploader;

/// <summary>One file of the export and what became of it; the address stays when it has failed.</summary>
internal sealed class LedgerEntry(string relativePath, string path)
{
    public string RelativePath { get; } = relativePath;
    public string Path { get; } = path;
    public string Name => System.IO.Path.GetFileName(Path);
    public string Status { get; set; } = "notStarted";
    public Uri? RemoteUrl { get; set; }

    public string FileType => System.IO.Path.GetExtension(Path).ToLowerInvariant() switch
    {
        ".dat" => "OrganizationFile",
        ".pat" => "PatientFile",
        ".rpt" => "ReportFile",
        _ => "Unknown",
    };
}

/// <summary>The files of an export: the root folder first, then its folders, each by name.</summary>
internal sealed class Ledger
{
    public List<LedgerEntry> Entries { get; } = [];

    public static Ledger Of(string folder)
    {
        var ledger = new Ledger();
        var folders = Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Prepend(folder);
        foreach (var each in folders)
        {
            foreach (var file in Directory.GetFiles(each).Order(StringComparer.Ordinal))
            {
                ledger.Entries.Add(new LedgerEntry(Path.GetRelativePath(folder, file), file));
            }
        }
        return ledger;
    }

    public Dictionary<string, string> Statuses() =>
        Entries.ToDictionary(entry => entry.RelativePath.Replace('\\', '/'), entry => entry.Status);
}
