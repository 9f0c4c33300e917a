#include "verifier/pages/zip_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

const std::array<RulePage, 16> pages = {{
    {.id = "ZIP-01",
     .reason = "A zip can be read from its front or by the directory at its end. Where the two "
               "differ, one program sees other documents than the next: what a vendor's test tool "
               "showed is then not what the importer took in.",
     .bad = R"(50 4b 05 06 …                           end record, no comment
6d 6f 72 65                             4 bytes behind it)",
     .good = R"(50 4b 05 06 …                           end record, no comment
-- end of file --)",
     .csharp = "FileMode.OpenOrCreate over a longer file of yesterday leaves its tail behind the "
               "new archive; use FileMode.Create, and dispose the ZipArchive before ToArray().",
     .java = "Files.newOutputStream(path, CREATE, WRITE) without TRUNCATE_EXISTING, or a "
             "ZipOutputStream whose close() was skipped.",
     .node = "fs.createWriteStream(path, { flags: 'a' }) appends to the archive of the last run; "
             "await archive.finalize() before using it.",
     .related = "ZIP-02 ENV-13 ZIP-14"},
    {.id = "ZIP-02",
     .reason = "Neither envelope nor cipher notices a changed byte: these sums are the only check "
               "on the way that a document arrives as it was written. A wrong one makes zip "
               "readers give up, and the documents behind it are not read.",
     .bad = "a.xml   CRC-32 in the directory 12345678, of the content c5b0e4a1",
     .good = "a.xml   CRC-32 in the directory c5b0e4a1, of the content c5b0e4a1",
     .csharp = "Replacing placeholders in the bytes of the finished archive; change the text "
               "before ZipArchive packs it.",
     .java = "A writer of its own whose CRC32.update gets text.getBytes() of the system's charset "
             "while the entry is packed as UTF-8.",
     .node = "Sizes taken from string.length, which counts UTF-16 units; Buffer.byteLength(text) "
             "counts what is packed.",
     .related = "ZIP-01 ENV-09 XML-02"},
    {.id = "ZIP-03",
     .reason = "The zip reader of .NET knows two methods. Anything else opens on the developer's "
               "desk in 7-Zip and fails at the importer, for the whole patient.",
     .bad = "PatientData.xml   method 12 (bzip2)",
     .good = "PatientData.xml   method 8 (deflate)",
     .csharp = "A SharpCompress or DotNetZip writer set to BZip2 or LZMA for smaller files; "
               "System.IO.Compression never does so.",
     .java = "Archives made by an external 7z with -mm=Deflate64 from a ProcessBuilder; "
             "java.util.zip has stored and deflated only.",
     .node = "execFile('7z', ['a', '-mm=LZMA', ...]); packages such as archiver and yazl deflate.",
     .related = "ZIP-04 ZIP-14"},
    {.id = "ZIP-04",
     .reason = "The envelope encrypts. A password inside it is known to nobody at the receiving "
               "end, so a single such entry costs the patient's whole history.",
     .bad = "PatientData.xml   flags 0001: encrypted",
     .good = "PatientData.xml   flags 0000",
     .csharp =
         "ZipFile.Password of DotNetZip, left over from exports that were handed over on a stick.",
     .java = "ZipParameters.setEncryptFiles(true) of zip4j, as most of its examples show it.",
     .node = "archiver.create('zip-encrypted', ...) of the archiver-zip-encrypted plug-in.",
     .related = "ENV-20 ZIP-03"},
    {.id = "ZIP-05",
     .reason = "Such a name, unpacked without care, writes over files outside the folder: the best "
               "known attack by zip. An importer with any protection refuses the archive, so an "
               "innocent path loses the patient.",
     .bad = R"(../a.xml
C:\export\a.xml)",
     .good = "a.xml",
     .csharp = "archive.CreateEntryFromFile(file.FullName, file.FullName); the second argument is "
               "the entry's name: file.Name.",
     .java = "new ZipEntry(file.getPath()) with a path that is absolute or begins with the parent "
             "folder; use getFileName().toString().",
     .node = "archive.file(file, { name: path.relative(cwd, file) }) gives .. as soon as the file "
             "lies beside cwd; use path.basename(file).",
     .related = "ZIP-06 ZIP-15"},
    {.id = "ZIP-06",
     .reason = "The patient document names its messages by file name, and every archive that NHN "
               "published is flat. In a folder the entry has another name, and a reader that "
               "compares names finds no message.",
     .bad = R"(messages/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.xml
PatientData.xml)",
     .good = R"(3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.xml
PatientData.xml)",
     .csharp = "ZipFile.CreateFromDirectory with includeBaseDirectory: true, or a folder that was "
               "zipped as a whole.",
     .java =
         "root.getParent().relativize(file) as name, so that the folder's own name comes first.",
     .node = "archive.directory(folder, path.basename(folder)); pass false as the second argument.",
     .related = "ZIP-05 ZIP-10 MSG-02"},
    {.id = "ZIP-07",
     .reason =
         "On Windows two such names are one file: the second entry replaces the first without a "
         "word, and one message of the patient is gone while the count looks right.",
     .bad = R"(A.xml
a.xml
PatientData.xml)",
     .good = R"(3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.xml
9b1f4a52-7c0e-4d8b-9a61-2f5e8c3d4b70.xml
PatientData.xml)",
     .csharp = "Short ids from Convert.ToBase64String as names: two of them can differ in case "
               "alone; name entries by Guid.ToString(\"D\").",
     .java = "A HashMap keyed by name does not see the clash; a TreeMap with "
             "String.CASE_INSENSITIVE_ORDER does.",
     .node = "nanoid() as file name: its letters differ in case; crypto.randomUUID() has small "
             "ones only.",
     .related = "ZIP-10 MSG-02"},
    {.id = "ZIP-08",
     .reason = "Users and institutions are looked up in this one document, and it is found by its "
               "name. Without it the import of an organisation has nobody to attach prescriptions "
               "to, and the patients after it wait in vain.",
     .bad = "ExportData.dat holds: exportdata.xml",
     .good = "ExportData.dat holds: ExportData.xml",
     .csharp = "archive.CreateEntry(typeof(ExportImport).Name + \".xml\") gives ExportImport.xml: "
               "the class is called otherwise than the file.",
     .java = "name.toLowerCase() on every entry, harmless on Windows where the tests ran.",
     .node = "archive.append(xml, { name: 'exportData.xml' }) in camel case, like the variable.",
     .related = "ZIP-09 ZIP-10 XML-03"},
    {.id = "ZIP-09",
     .reason = "The organisation's file is described as one document. What else lies there is not "
               "read; if it was meant to be, it is lost, and if it was not, it is data about "
               "people in a place where nobody expects it.",
     .bad = "ExportData.dat holds: ExportData.xml, more.xml",
     .good = "ExportData.dat holds: ExportData.xml",
     .csharp = "ZipFile.CreateFromDirectory over a working folder in which the serializer left its "
               "intermediate files.",
     .java = "Files.walk over the same temporary folder for all archives; collect the files of "
             "this archive by name.",
     .node = "archive.glob('*.xml', { cwd }) takes what happens to lie there.",
     .related = "ZIP-08 ZIP-11"},
    {.id = "ZIP-10",
     .reason = "This document is the patient: name, medicines, history and the list of messages. "
               "It is looked for by its exact name; without it the other entries belong to nobody, "
               "and with two of them no reader knows which one counts.",
     .bad = "Patients0/3d7a9a0c-….pat holds: patientdata.xml",
     .good = "Patients0/3d7a9a0c-….pat holds: PatientData.xml",
     .csharp = "CreateEntry called again on a retry: ZipArchive allows two entries of the same "
               "name and does not complain.",
     .java = "A property naming strategy in lower case used for files too: patientdata.xml passes "
             "on every Windows desk.",
     .node = "archive.append(xml, { name: `${patient.id}.xml` }), as for messages; archiver also "
             "takes the same name twice.",
     .related = "ZIP-08 ZIP-07 XML-03"},
    {.id = "ZIP-11",
     .reason = "Messages are XML, and so is the document; nothing in the format refers to any "
               "other kind of file. A letter or picture packed beside them is not imported, though "
               "the clinic believes that it was moved.",
     .bad = R"(a.txt
PatientData.xml)",
     .good = R"(3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.xml
PatientData.xml)",
     .csharp = "Attachments of the old system written with their own extension; only message files "
               "belong here, and unstructured history has an element in the document.",
     .java = "name.toUpperCase(Locale.ROOT): .XML is another extension to a reader that compares "
             "letters.",
     .node = "fs.readdirSync(folder).forEach(add) with .DS_Store and logs in the folder; filter by "
             ".xml.",
     .related = "ZIP-09 ZIP-06 MSG-02"},
    {.id = "ZIP-12",
     .reason = "An archive may claim to be small and unfold into gigabytes: readers protect "
               "themselves by limits, and who goes beyond them is cut off. Official patient files "
               "unfold to about three times their size, so an honest one is far from any limit.",
     .bad = "a.xml   8 388 608 bytes in 8 160: 1 028 times",
     .good = "a.xml   4 718 bytes in 1 447: 3 times",
     .csharp = "Convert.ToBase64String of scanned pages inside an element, or an XmlWriter that "
               "indents by thousands of blanks.",
     .java = "Fixed-width CHAR columns of a legacy database that come out padded with blanks to "
             "their full length.",
     .node = "JSON.stringify(record, null, 10) kept whole as a text in the document, once for each "
             "version of it.",
     .related = "XML-01 ZIP-02"},
    {.id = "ZIP-13",
     .reason = "The exporter of NHN writes the message files in the order in which the document "
               "lists them, and the document last. Nothing is known to depend on it; the note is "
               "for whoever wants to look like the reference in every respect.",
     .bad = R"(PatientData.xml
3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.xml)",
     .good = R"(3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.xml
PatientData.xml)",
     .csharp = "The document is serialised first because its object is at hand first; messages are "
               "then added with CreateEntryFromFile.",
     .java = "Entries come out of a HashMap; a LinkedHashMap keeps the order in which they were "
             "put in.",
     .node = "Promise.all over the messages with archive.append in each: the fastest one is first.",
     .related = "ZIP-14 MSG-02"},
    {.id = "ZIP-14",
     .reason = "Reference archives are as plain as zip can be. Descriptors, extra fields and zip64 "
               "are legal and .NET reads them; simple readers of other makes stumble over them, "
               "which is worth knowing when only some tools open a file.",
     .bad = "a.xml   flags 0008: sizes follow the data in a descriptor",
     .good = "a.xml   flags 0000: sizes stand in the local header",
     .csharp = "ZipArchive over a stream that cannot seek, such as a CryptoStream, has to write "
               "descriptors; build the archive in a MemoryStream or a file.",
     .java = "ZipOutputStream writes a descriptor for each deflated entry, and "
             "ZipEntry.setCreationTime adds an extra field.",
     .node = "archiver and yazl stream: sizes are unknown when the header is written. With a "
             "Buffer of known content some packages leave the descriptor out.",
     .related = "ZIP-13 ZIP-01"},
    {.id = "ZIP-15",
     .reason = "Without the flag, the letters of a name are taken from some code page: ø becomes ° "
               "on one machine and a question mark on the next, and a reference to that name no "
               "longer leads anywhere.",
     .bad = R"(70 e5 2e 78 6d 6c   "på.xml" in Latin-1, flags 0000)",
     .good = R"(70 c3 a5 2e 78 6d 6c   "på.xml" in UTF-8, flags 0800)",
     .csharp = "new ZipArchive(stream, mode, leaveOpen, Encoding.GetEncoding(850)); without the "
               "last argument .NET sets the flag when it is needed.",
     .java = "new ZipOutputStream(stream, Charset.forName(\"Cp437\")); the constructor without "
             "charset takes UTF-8 and flags it.",
     .node = "encodeFileName of JSZip set to a single-byte encoding; name files by GUID and the "
             "question does not arise.",
     .related = "ZIP-05 ZIP-07"},
    {.id = "ZIP-16",
     .reason = "The time of the entries is the one hint at when an export was made. Entries from "
               "another run suggest that old files were mixed in; a time ahead of today points to "
               "a wrong clock, which then also stands in documents.",
     .bad = R"(PatientData.xml   2026-11-22 13:56:14
a.xml             1980-01-01 00:00:00)",
     .good = R"(PatientData.xml   2026-11-22 13:56:14
a.xml             2026-11-22 13:56:14)",
     .csharp = "entry.LastWriteTime = new DateTime(1980, 1, 1), set so that equal content gives "
               "equal archives.",
     .java = "entry.setTime(0): before 1980, so it is stored as the first day that zip knows.",
     .node =
         "archive.append(xml, { name, date: new Date(0) }), or SOURCE_DATE_EPOCH set by the build.",
     .related = "DAT-07 ZIP-14"},
}};

}  // namespace

std::span<const RulePage> zip_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
