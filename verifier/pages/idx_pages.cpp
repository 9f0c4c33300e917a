#include "verifier/pages/idx_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

const std::array<RulePage, 12> pages = {{
    {.id = "IDX-01",
     .reason = "A line without file reads as a patient that was exported and got lost. Somebody "
               "will have to search for that person in two systems, during the very days in which "
               "a clinic changes from one to the other.",
     .bad = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat
Patients0\e4c1d5b8-0a9f-4b36-8d27-6f1e2c3b4a59.pat   no such file)",
     .good = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .csharp = "The index comes from a DbSet<Patient> query while files of patients without "
               "medicines were skipped.",
     .java = "PrintWriter prints the line before the file is sealed; when sealing throws, the line "
             "stays.",
     .node = "files.push(name) ahead of await seal(...), which rejected.",
     .related = "IDX-02 DIR-02 DIR-07"},
    {.id = "IDX-02",
     .reason = "The list is how completeness is judged. A file that it does not name may be taken "
               "for a leftover and be removed by somebody who tidies up before the upload.",
     .bad = R"(Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat   listed
Patients0/9b1f4a52-7c0e-4d8b-9a61-2f5e8c3d4b70.pat   not listed)",
     .good = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat
Patients0\9b1f4a52-7c0e-4d8b-9a61-2f5e8c3d4b70.pat)",
     .csharp =
         "A StreamWriter without Dispose: its last buffer, some twenty lines, is never written.",
     .java = "parallelStream() adding to an ArrayList loses entries; collect(Collectors.toList()) "
             "does not.",
     .node = "The index is written when the first worker ends, not after Promise.all.",
     .related = "IDX-01 DIR-05"},
    {.id = "IDX-03",
     .reason = "Whoever counts lines counts patients. A doubled line makes the numbers of export "
               "and import differ for no reason that anybody can see later.",
     .bad = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat
Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .good = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .csharp = "File.AppendAllText on an Index.txt that a first run left behind.",
     .java = "StandardOpenOption.APPEND with CREATE; TRUNCATE_EXISTING begins anew.",
     .node = "fs.appendFile for each patient, and again for those that were retried.",
     .related = "DIR-09 IDX-01"},
    {.id = "IDX-04",
     .reason =
         "The one example that NHN published has both characters at each line's end. A Windows "
         "program that splits at them would read an index with bare line feeds as one long line.",
     .bad = "… 31 35 2e 70 61 74 0a                  LF",
     .good = "… 31 35 2e 70 61 74 0d 0a               CR LF",
     .csharp = "WriteLine on a Linux container uses \\n: set StreamWriter.NewLine = \"\\r\\n\".",
     .java = "println and System.lineSeparator() follow the platform; write \"\\r\\n\".",
     .node = "lines.join('\\n'), or os.EOL in a container.",
     .related = "IDX-08 IDX-05"},
    {.id = "IDX-05",
     .reason = "The published index was written on Windows. On a machine that knows slashes only, "
               "the path is made in the other way, and a comparison of texts on the receiver's "
               "side fails for every line.",
     .bad = "Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat",
     .good = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .csharp = "Path.Combine on Linux; build the line by $\"Patients{n}\\\\{id}.pat\".",
     .java = "Path.toString() and File.separator in a container, or \"\\\\\\\\\" in the source "
             "where \"\\\\\" was meant: the first writes two.",
     .node = "path.join takes the separator of the platform; path.win32.join gives backslashes "
             "everywhere.",
     .related = "IDX-04 IDX-07"},
    {.id = "IDX-06",
     .reason = "An absolute path tells about the exporter's disk and leads nowhere on another "
               "machine; one with two dots may lead out of the folder, and a reader that follows "
               "it opens files that are none of its business.",
     .bad = R"(C:\Export\Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .good = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .csharp = "Directory.GetFiles returns paths with the folder given to it: "
               "Path.GetRelativePath(exportFolder, file).",
     .java =
         "file.toAbsolutePath() in the line; exportFolder.relativize(file) is what belongs there.",
     .node = "fs.readdirSync joined with __dirname; path.relative(exportFolder, file).",
     .related = "IDX-01 IDX-05"},
    {.id = "IDX-07",
     .reason = "Nothing but the path stands in a line of the example. A heading or a further "
               "column turns every line into the name of a file that does not exist, for readers "
               "as simple as the format.",
     .bad = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat
Index.txt)",
     .good = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .csharp = "CsvHelper with HasHeaderRecord = true and quotes around each field.",
     .java = "A CSVPrinter of commons-csv, whose format adds a heading and quotes.",
     .node = "csv-stringify with header: true, or JSON.stringify(files).",
     .related = "IDX-11 IDX-12 DIR-07"},
    {.id = "IDX-08",
     .reason =
         "In the example, the last line is ended as well. When it is not, programs that count line "
         "ends find one patient too few, and a line that is appended later runs into it.",
     .bad = "… 31 35 2e 70 61 74                     end of file",
     .good = "… 31 35 2e 70 61 74 0d 0a               end of file",
     .csharp = "File.WriteAllText with string.Join(\"\\r\\n\", lines); File.WriteAllLines ends all "
               "of them.",
     .java = "String.join(\"\\r\\n\", lines) separates lines and does not end them.",
     .node = "lines.join('\\r\\n') + '\\r\\n' is complete; without the second part it is not.",
     .related = "IDX-04 IDX-02"},
    {.id = "IDX-09",
     .reason = "Names of folders and GUIDs need no letter beyond ASCII, and the example has no "
               "mark at its beginning. With one, the first line begins with three bytes that are "
               "no part of a path: exactly one patient is not found.",
     .bad = R"(ef bb bf 50 61 74 69 65 6e 74 73 30     a mark, then "Patients0")",
     .good = R"(50 61 74 69 65 6e 74 73 30              "Patients0")",
     .csharp = "new StreamWriter(path, false, Encoding.UTF8) writes the mark, Encoding.Unicode "
               "writes UTF-16; use Encoding.ASCII.",
     .java = "\"UTF-16\" as charset puts a mark in front; StandardCharsets.US_ASCII has none.",
     .node = "'\\ufeff' + text, added so that Excel shows letters well.",
     .related = "IDX-12 XML-06"},
    {.id = "IDX-10",
     .reason =
         "The example is sorted. Order carries no meaning here, but a sorted list can be compared "
         "with another one by eye or by diff, which is what people do when numbers differ.",
     .bad = R"(Patients0\9b1f4a52-7c0e-4d8b-9a61-2f5e8c3d4b70.pat
Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .good = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat
Patients0\9b1f4a52-7c0e-4d8b-9a61-2f5e8c3d4b70.pat)",
     .csharp = "A ConcurrentBag gives its items back in no order; OrderBy(line => line, "
               "StringComparer.Ordinal).",
     .java = "Collections of a HashSet; new TreeSet<>(lines) sorts by code units.",
     .node = "The order in which uploads or seals end; lines.sort() without a locale.",
     .related = "IDX-03 DIR-06"},
    {.id = "IDX-11",
     .reason =
         "The index counts patients. The organisation's file and reports among them make more "
         "patients than there are, and a receiver that opens each line as one fails on these.",
     .bad = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat
ExportData.dat)",
     .good = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .csharp = "Directory.EnumerateFiles(folder, \"*\", SearchOption.AllDirectories) in place of "
               "\"*.pat\".",
     .java = "Files.walk(folder).filter(Files::isRegularFile) without a look at the extension.",
     .node = "A recursive fs.readdirSync(folder) whose result goes into the index as it is.",
     .related = "IDX-07 DIR-02"},
    {.id = "IDX-12",
     .reason = "A blank is a letter to a program that opens files by these lines. It looks for a "
               "name that ends in a blank, and on Windows nobody can even make one.",
     .bad = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat␠)",
     .good = R"(Patients0\3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat)",
     .csharp = "A CHAR(60) column filled up by the database: TrimEnd() each value.",
     .java = "String.format(\"%-60s\", line), or a println() more at the end.",
     .node = "A template literal over several lines, with its indentation inside.",
     .related = "IDX-07 IDX-09 XML-08"},
}};

}  // namespace

std::span<const RulePage> idx_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
