#include "verifier/pages/org_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 7> pages = {{
    {.id = "ORG-16",
     .reason = "What a practice shares is filed under its institution by this Id. Used twice, it "
               "mixes the templates of two practices; when it is no GUID, the importer has no key "
               "to file them under.",
     .bad = R"(<Institusjon>
  <Id>17</Id>
  <Navn>Testvik legesenter</Navn>
</Institusjon>)",
     .good = R"(<Institusjon>
  <Id>5e27a9c8-41b3-4d0f-a6e2-7c9b18d3f503</Id>
  <Navn>Testvik legesenter</Navn>
</Institusjon>)",
     .csharp = "Id.ToString() of an int key is written: the GUID that the format asks for was "
               "never stored beside it.",
     .java = "The @GeneratedValue long leaks into the document, where a UUID column filled once "
             "was needed.",
     .node = "SQLite gives every table a rowid, and that is what the query returns as id.",
     .related = "ORG-17 ORG-20 XML-10"},
    {.id = "ORG-17",
     .reason = "Messages about prescriptions are addressed to a HER id. An institution without "
               "one can neither be matched with Adresseregisteret nor be reached by "
               "Reseptformidleren.",
     .bad = R"(<Institusjon>
  <Id>5e27a9c8-41b3-4d0f-a6e2-7c9b18d3f503</Id>
  <Navn>Testvik legesenter</Navn>
  <Ident>
    <Id>310000213</Id>
    <TypeId V="ENH" S="2.16.578.1.12.4.1.1.9051" DN="Organisasjonsnummeret i Enhetsregister" />
  </Ident>
</Institusjon>)",
     .good = R"(<Institusjon>
  <Id>5e27a9c8-41b3-4d0f-a6e2-7c9b18d3f503</Id>
  <Navn>Testvik legesenter</Navn>
  <Ident>
    <Id>310000213</Id>
    <TypeId V="ENH" S="2.16.578.1.12.4.1.1.9051" DN="Organisasjonsnummeret i Enhetsregister" />
  </Ident>
  <Ident>
    <Id>8199001</Id>
    <TypeId V="HER" S="2.16.578.1.12.4.1.1.9051" DN="HER-id" />
  </Ident>
</Institusjon>)",
     .csharp = "The HER id is a setting of the message module (appsettings.json), not a column, "
               "and the exporter reads columns only.",
     .java = "The communication party is mapped FetchType.LAZY and the session is closed by then; "
             "a catch around LazyInitializationException drops the ident.",
     .node = "process.env.HER_ID is set on the server that sends messages, not on the one where "
             "the export runs.",
     .related = "ORG-18 IDN-11 IDN-13 MSG-20"},
    {.id = "ORG-18",
     .reason = "The organisation number ties the institution to a legal unit and to the agreement "
               "under which it moves. Without it a practice with a common name cannot be told "
               "from its neighbour.",
     .bad = R"(<Navn>Testvik legesenter</Navn>
<Ident>
  <Id>8199001</Id>
  <TypeId V="HER" S="2.16.578.1.12.4.1.1.9051" DN="HER-id" />
</Ident>)",
     .good = R"(<Navn>Testvik legesenter</Navn>
<Ident>
  <Id>310000213</Id>
  <TypeId V="ENH" S="2.16.578.1.12.4.1.1.9051" DN="Organisasjonsnummeret i Enhetsregister" />
</Ident>
<Ident>
  <Id>8199001</Id>
  <TypeId V="HER" S="2.16.578.1.12.4.1.1.9051" DN="HER-id" />
</Ident>)",
     .csharp = "Idents.Add sits in an if/else-if chain: who has a HER id never reaches the branch "
               "of the organisation number.",
     .java = "Only the owner company has the number, the departments inherit it; the mapper reads "
             "department.getOrgNumber(), which is null.",
     .node = "The number is stored with blanks, 310 000 213, fails a /^\\d{9}$/ test and is left "
             "out without a word.",
     .related = "ORG-17 IDN-10"},
    {.id = "ORG-19",
     .reason = "Templates, protocols, reports and local medicines belong to the user named here. "
               "When that user is not in the file the thing has no owner: it is dropped, or "
               "becomes visible to everybody.",
     .bad = R"(<ExportImport>
  <Brukere>
    <Helseperson>
      <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
      <Brukernavn>kari.lege</Brukernavn>
    </Helseperson>
  </Brukere>
  <ForskrivningsMaler>
    <Mal>
      <Id>82e5b09d-f37c-4146-b8da-691c0e4fa713</Id>
      <Navn>Blodtrykk</Navn>
      <BrukerId>b81d4e27-0c93-4f5a-8e6b-92d7c3a1f402</BrukerId>
    </Mal>
  </ForskrivningsMaler>
</ExportImport>)",
     .good = R"(<ExportImport>
  <Brukere>
    <Helseperson>
      <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
      <Brukernavn>kari.lege</Brukernavn>
    </Helseperson>
  </Brukere>
  <ForskrivningsMaler>
    <Mal>
      <Id>82e5b09d-f37c-4146-b8da-691c0e4fa713</Id>
      <Navn>Blodtrykk</Navn>
      <BrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</BrukerId>
    </Mal>
  </ForskrivningsMaler>
</ExportImport>)",
     .csharp = "A global query filter of Entity Framework hides users who have left; "
               "IgnoreQueryFilters() is missing in the export query.",
     .java = "@SQLRestriction(\"deleted = false\") on the User entity takes former colleagues out "
             "of every query, the export included.",
     .node = "A paranoid Sequelize model leaves soft-deleted users out; paranoid: false belongs "
             "in the options of the export.",
     .related = "ORG-01 ORG-31 TRT-18 TRT-41"},
    {.id = "ORG-20",
     .reason = "What belongs to an institution is shared by everybody who works there. Under an "
               "unknown institution a template or protocol is seen by nobody.",
     .bad = R"(<ExportImport>
  <Institusjon>
    <Id>5e27a9c8-41b3-4d0f-a6e2-7c9b18d3f503</Id>
    <Navn>Testvik legesenter</Navn>
  </Institusjon>
  <ForskrivningsMaler>
    <Mal>
      <Id>82e5b09d-f37c-4146-b8da-691c0e4fa713</Id>
      <Navn>Blodtrykk</Navn>
      <InstitusjonsId>27d4b6e9-90fa-4c18-b35d-e6a1087c2f14</InstitusjonsId>
    </Mal>
  </ForskrivningsMaler>
</ExportImport>)",
     .good = R"(<ExportImport>
  <Institusjon>
    <Id>5e27a9c8-41b3-4d0f-a6e2-7c9b18d3f503</Id>
    <Navn>Testvik legesenter</Navn>
  </Institusjon>
  <ForskrivningsMaler>
    <Mal>
      <Id>82e5b09d-f37c-4146-b8da-691c0e4fa713</Id>
      <Navn>Blodtrykk</Navn>
      <InstitusjonsId>5e27a9c8-41b3-4d0f-a6e2-7c9b18d3f503</InstitusjonsId>
    </Mal>
  </ForskrivningsMaler>
</ExportImport>)",
     .csharp = "The tenant filter restricts institutions to the current one, while templates of a "
               "merged practice keep the Id of the old.",
     .java = "Departments and practices are two tables; the template points at a department, and "
             "only practices are marshalled.",
     .node = "The aggregation pipeline joins with $lookup but exports the institutions from a "
             "cache filled at start-up.",
     .related = "ORG-16 ORG-19 PAT-36"},
    {.id = "ORG-21",
     .reason = "Report files carry no name that a reader could understand; title, author and "
               "patient stand in the Rapport that names the file. If the name leads nowhere, the "
               "report is lost in the move.",
     .bad = R"(<!-- on disk: Reports0\65c1e94f-d80b-4273-ae96-3fb27d0a8c11.rpt -->
<RapportFil>65c1e94f-d80b-4273-ae96-3fb27d0a8c11.xps</RapportFil>)",
     .good = R"(<!-- on disk: Reports0\65c1e94f-d80b-4273-ae96-3fb27d0a8c11.rpt -->
<RapportFil>Reports0\65c1e94f-d80b-4273-ae96-3fb27d0a8c11.xps</RapportFil>)",
     .csharp = "Path.GetFileName strips the folder; files are spread over Reports0, Reports1 … "
               "only later, by another class.",
     .java = "Path.relativize is called against the folder of the file instead of the root of the "
             "export.",
     .node = "path.basename(file) is stored, or path.join writes slashes on the Linux build "
             "server where a backslash is expected.",
     .related = "ORG-22 ORG-23 DIR-13"},
    {.id = "ORG-22",
     .reason = "A report that no Rapport names arrives without title, author and patient, and "
               "nobody will find it again. One that is named twice appears under two patients, "
               "and at least one of them is the wrong one.",
     .bad = R"(<!-- on disk: Reports0\65c1e94f-d80b-4273-ae96-3fb27d0a8c11.rpt
  and Reports0\0b7ad3e8-492c-4f65-8170-c6e95f3db212.rpt -->
<Rapporter>
  <Rapport>
    <Id>65c1e94f-d80b-4273-ae96-3fb27d0a8c11</Id>
    <Titel>Blodtrykk 2024</Titel>
    <RapportFil>Reports0\65c1e94f-d80b-4273-ae96-3fb27d0a8c11.xps</RapportFil>
  </Rapport>
</Rapporter>)",
     .good = R"(<!-- on disk: Reports0\65c1e94f-d80b-4273-ae96-3fb27d0a8c11.rpt
  and Reports0\0b7ad3e8-492c-4f65-8170-c6e95f3db212.rpt -->
<Rapporter>
  <Rapport>
    <Id>65c1e94f-d80b-4273-ae96-3fb27d0a8c11</Id>
    <Titel>Blodtrykk 2024</Titel>
    <RapportFil>Reports0\65c1e94f-d80b-4273-ae96-3fb27d0a8c11.xps</RapportFil>
  </Rapport>
  <Rapport>
    <Id>0b7ad3e8-492c-4f65-8170-c6e95f3db212</Id>
    <Titel>Blodtrykk 2025</Titel>
    <RapportFil>Reports0\0b7ad3e8-492c-4f65-8170-c6e95f3db212.xps</RapportFil>
  </Rapport>
</Rapporter>)",
     .csharp = "An aborted run left its files in the folder: Directory.CreateDirectory does not "
               "mind that it exists already.",
     .java = "Files.newDirectoryStream copies the whole archive of reports, while the records "
             "come from a query with a date limit.",
     .node = "Promise.all writes files and records side by side; a rejected record leaves its "
             "file behind.",
     .related = "ORG-21 DIR-12 DIR-13"},
}};

}  // namespace

std::span<const RulePage> org_pages_from_16() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
