#include "verifier/pages/dir_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

const std::array<RulePage, 17> pages = {{
    {.id = "DIR-01",
     .reason = "The official uploader looks for exactly this name before anything else and refuses "
               "a folder without it. The users and institutions that every patient file points to "
               "stand in it, so no patient can be imported first.",
     .bad = R"(exportdata.dat
Index.txt
Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .good = R"(ExportData.dat
Index.txt
Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .csharp =
         "File.Exists(\"ExportData.dat\") is true for exportdata.dat on Windows, so the exporter's "
         "own test passes; list the folder and compare with StringComparison.Ordinal.",
     .java = "Path.of(folder, \"ExportData.dat\").toFile().exists() asks Windows, which folds "
             "case; the name was made by toLowerCase().",
     .node = "fs.existsSync says yes on Windows and macOS whatever the letters; compare with what "
             "fs.readdirSync returns.",
     .related = "DIR-10 DIR-02 ZIP-08"},
    {.id = "DIR-02",
     .reason = "The list of patient files is how a receiver can tell that none was lost on the "
               "way. No uploader is known to read it, but NHN's page asks for it, and whoever "
               "counts patients after a migration will look here.",
     .bad = R"(ExportData.dat
Patients0/index.txt
Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .good = R"(ExportData.dat
Index.txt
Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .csharp = "new StreamWriter(\"Index.txt\") without Path.Combine writes into the process's "
               "current folder, which for a service is System32.",
     .java = "Path.of(\"Index.txt\") is relative to user.dir, not to the export; use "
             "exportFolder.resolve(\"Index.txt\").",
     .node = "fs.writeFile of the index is not awaited and process.exit() comes first.",
     .related = "IDX-01 IDX-02"},
    {.id = "DIR-03",
     .reason = "The uploader tells a patient file by the beginning of its path. From another "
               "folder it is sent as Unknown, and nobody has published what the service does with "
               "that; the patient is counted as uploaded and may never appear.",
     .bad = "Patients00/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat",
     .good = "Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat",
     .csharp = "$\"Patients{n:D2}\" pads the number; write $\"Patients{n}\".",
     .java = "String.format(\"Patient%d\", n), without the s of the plural.",
     .node = "`patients${n}` in small letters, which Windows and macOS find all the same.",
     .related = "DIR-17 DIR-04 DIR-07"},
    {.id = "DIR-04",
     .reason = "The folders are named by a counter that begins at nought. A missing number looks "
               "to the receiver like a folder that got lost, and somebody has to ask whether "
               "sixteen thousand patients are missing.",
     .bad = "Patients1/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat",
     .good = "Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat",
     .csharp =
         "A counter that is raised before the first Directory.CreateDirectory, as in ++folder.",
     .java =
         "AtomicInteger.incrementAndGet() for the first folder; getAndIncrement() begins with 0.",
     .node = "files.map((file, i) => i + 1) taken over from a list that people read.",
     .related = "DIR-03 DIR-06"},
    {.id = "DIR-05",
     .reason = "NHN's page sets this limit for the number of files. Beyond it nothing is promised, "
               "and tools that list a folder in one go become slow enough to run into timeouts.",
     .bad = "Patients0/   16 001 files",
     .good = R"(Patients0/   16 000 files
Patients1/        1 file)",
     .csharp = "if (count > 16000) folder++ lets one more in; it has to be >=.",
     .java = "Partitioning by bytes or by clinic; Math.floorDiv(index, 16000) gives the number of "
             "the folder.",
     .node = "Everything written into Patients0, since no test had that many patients: "
             "Math.floor(index / 16000).",
     .related = "DIR-06 DIR-04"},
    {.id = "DIR-06",
     .reason = "The next folder is meant for when one is full. Early ones cost nothing, but they "
               "are a sign of folders filled by another rule, by clinic or by letter, that might "
               "one day break the limit.",
     .bad = R"(Patients0/   1 file
Patients1/   1 file)",
     .good = "Patients0/   2 files",
     .csharp = "Parallel.ForEach with a folder for each worker.",
     .java = "An ExecutorService whose tasks number their own folder.",
     .node = "One folder for each cluster worker or each batch of a stream.",
     .related = "DIR-05 DIR-04"},
    {.id = "DIR-07",
     .reason = "The name is the patient's key: reports, the inbox and the index refer to it. The "
               "uploader's list of extensions tells small from capital letters, so a file that "
               "ends in .PAT is skipped without a word and the patient stays behind.",
     .bad = "Patients0/1.pat",
     .good = "Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat",
     .csharp = "Guid.ToString(\"B\") adds braces and \"N\" leaves the dashes out: \"D\" is the "
               "right one.",
     .java = "The primary key of the patient table as name; keep a UUID.randomUUID() for each "
             "patient and write it into the document too.",
     .node = "patient.personnummer + '.pat': besides being no GUID it puts an identity number into "
             "logs and listings.",
     .related = "PAT-01 DIR-08 DIR-03"},
    {.id = "DIR-08",
     .reason =
         "Every published name has small letters. Names are compared byte for byte somewhere on "
         "the way, so capitals risk that a reference written in the other way is not found.",
     .bad = "Patients0/3D7A9A0C-58C1-4B6E-8F3A-4E0D2B6C7F15.pat",
     .good = "Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat",
     .csharp = "The text of a uniqueidentifier column as SQL Server prints it; parse it and write "
               "Guid.ToString(\"D\").",
     .java =
         "An Oracle RAWTOHEX or a toUpperCase() on the way; UUID.toString() writes small letters.",
     .node = "The mssql package returns GUIDs in capitals: id.toLowerCase().",
     .related = "DIR-07 XML-10"},
    {.id = "DIR-09",
     .reason =
         "Two files with one identity are two halves of a patient. Which one remains after the "
         "import depends on the order of the upload, and the other half of the medicines is gone.",
     .bad = R"(Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat
Patients1/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .good = R"(Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat
Patients1/9b1f4a52-7c0e-4d8b-9a61-2f5e8c3d4b70.pat)",
     .csharp = "A retry after an exception that goes on in the next folder while the first attempt "
               "left its file.",
     .java = "A JPA query with a join fetch without distinct: one row for each visit, one file for "
             "each row.",
     .node = "for (const row of rows) over a joined result; group by patient with a Map first.",
     .related = "PAT-02 PAT-01 IDX-03"},
    {.id = "DIR-10",
     .reason = "The uploader collects files by extension in all folders below, whatever they are "
               "called. An old organisation file is sent as well, as Unknown, maybe with users who "
               "left years ago.",
     .bad = R"(ExportData.dat
backup/more.dat)",
     .good = "ExportData.dat",
     .csharp = "Directory.Move of the last export into a folder inside the new one.",
     .java =
         "Files.copy(dat, dat.resolveSibling(\"ExportData-old.dat\")) before it is written anew.",
     .node = "A backup made by fs.cp into the same tree; put it beside the export folder.",
     .related = "DIR-01 DIR-12"},
    {.id = "DIR-11",
     .reason = "NHN's procedure ends with deleting what is not encrypted. Health data in the clear "
               "beside the sealed files makes the sealing pointless, and it travels with the "
               "folder to everybody who handles it.",
     .bad = R"(Patients0/a.zip
Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .good = "Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat",
     .csharp = "File.Delete stands behind the encryption and not in a finally, so the first "
               "exception leaves the archive there.",
     .java = "File.deleteOnExit() when the service never exits, or a Files.delete that fails on "
             "Windows while a stream is open.",
     .node = "fs.unlink without await, its error swallowed by an empty catch; better, keep the "
             "plain archive in a Buffer.",
     .related = "ENV-20 DIR-12 DIR-13"},
    {.id = "DIR-12",
     .reason = "Files that nobody expects make a receiver ask, and a log may name patients. "
               "Windows also adds files that nobody sees in the Explorer.",
     .bad = R"(ExportData.dat
Index.txt
desktop.ini)",
     .good = R"(ExportData.dat
Index.txt)",
     .csharp = "A Serilog file sink whose path lies in the export folder.",
     .java =
         "logback's FileAppender with a relative path when the exporter is started in that folder.",
     .node = "fs.createWriteStream('export.log') beside the data, or .DS_Store from a Mac on which "
             "somebody looked.",
     .related = "DIR-10 DIR-11"},
    {.id = "DIR-13",
     .reason = "Reports are found by prefix and extension like patient files. One under its old "
               "name, with .xps at its end, is not sent at all; one in a wrong folder is sent as "
               "something unknown.",
     .bad = "Report/9b1f4a52-7c0e-4d8b-9a61-2f5e8c3d4b70.rpt",
     .good = "Reports0/9b1f4a52-7c0e-4d8b-9a61-2f5e8c3d4b70.rpt",
     .csharp = "Path.ChangeExtension forgotten: the organisation document says .xps, the sealed "
               "file on the disk ends in .rpt.",
     .java = "RapportFil used as path on the disk as it stands; take the folder and the GUID from "
             "it, not the extension.",
     .node = "path.join('Report', id + '.rpt') after the wording of the page, without the number.",
     .related = "DIR-03 DIR-17 ORG-31"},
    {.id = "DIR-14",
     .reason = "A file of no bytes is uploaded by creating it and nothing more, and shown as done. "
               "The patient it stands for arrives without a name.",
     .bad = "Reports0/9b1f4a52-7c0e-4d8b-9a61-2f5e8c3d4b70.rpt        0 bytes",
     .good = "Reports0/9b1f4a52-7c0e-4d8b-9a61-2f5e8c3d4b70.rpt   48 560 bytes",
     .csharp = "File.Create reserves the name; the exception that follows is logged and the loop "
               "goes on.",
     .java = "Files.createFile followed by a write that met a full disk, with the IOException "
             "caught per patient.",
     .node = "fs.createWriteStream makes the file at once; without an error listener on pipeline() "
             "the empty one remains.",
     .related = "ENV-01 DIR-16"},
    {.id = "DIR-15",
     .reason =
         "A link leads to another place on another machine, or to nowhere. It may also lead to "
         "files that were never meant for the export, which an uploader would send all the same.",
     .bad = "Reports0/9b1f4a52-….rpt -> /etc/passwd",
     .good = "Reports0/9b1f4a52-….rpt",
     .csharp = "File.CreateSymbolicLink to spare a copy of a large report.",
     .java = "Files.createSymbolicLink or createLink for files that are already on the archive "
             "disk; Files.copy follows the link.",
     .node = "fs.symlink, or a package of a build tool that links in place of copying.",
     .related = "DIR-14 DIR-12"},
    {.id = "DIR-16",
     .reason = "Moving an organisation without patients is legal and sometimes meant, in a first "
               "trial for instance. When it was not meant, the query for patients returned "
               "nothing, and it is better to notice now than on the day of the migration.",
     .bad = R"(ExportData.dat
Index.txt            0 bytes)",
     .good = R"(ExportData.dat
Index.txt
Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .csharp = "A Where clause on the wrong clinic id: ToList() of an empty query throws nothing.",
     .java = "A @Transactional reader of another schema, or a filter by status that no row has.",
     .node =
         "await missing before the query: iterating over the result of a Promise finds no rows.",
     .related = "DIR-14 DIR-02"},
    {.id = "DIR-17",
     .reason = "NHN's page speaks of the patient folder and the report folder where it explains, "
               "and gives the names with their numbers elsewhere. Who takes the words for names "
               "gets files that the uploader does not recognise.",
     .bad = "Patient folder/",
     .good = "Patients0/",
     .csharp = "Directory.CreateDirectory(\"Report\") from a resource text that people read on the "
               "screen.",
     .java = "A constant PATIENT_FOLDER = \"Patient folder\" copied out of the specification.",
     .node = "fs.mkdirSync('Patients') with the number to be added later, for large clinics only.",
     .related = "DIR-03 DIR-13 DIR-04"},
}};

}  // namespace

std::span<const RulePage> dir_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
