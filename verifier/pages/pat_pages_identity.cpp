#include "verifier/pages/pat_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 8> pages = {{
    {.id = "PAT-01",
     .reason = "Index, inbox and reports know a patient by the name of the file, the document by "
               "its Id. When the two differ nobody can say whose medicines the file holds, and an "
               "import would put them into the wrong record.",
     .bad = R"(<!-- Patients0\9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat -->
<PasientExport>
  <Id>c6b20f93-58a7-4e1d-8b4c-d39e7f15a705</Id>
</PasientExport>)",
     .good = R"(<!-- Patients0\9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat -->
<PasientExport>
  <Id>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</Id>
</PasientExport>)",
     .csharp = "Parallel.ForEach captures one writer outside the lambda, so a document can end up "
               "under the name of its neighbour.",
     .java = "A document builder held in a @Singleton bean is shared by the worker threads of the "
             "export.",
     .node = "The callback reads the variable of the outer loop (var i) after an await, when it "
             "already names the next patient.",
     .related = "PAT-02 DIR-07 MSG-19 IDX-01"},
    {.id = "PAT-02",
     .reason = "One patient has one file. Two documents with one Id compete for the same record, "
               "and the one read last may erase prescriptions of the other.",
     .bad = R"(<!-- Patients0\9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat -->
<PasientExport><Id>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</Id></PasientExport>
<!-- Patients1\9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat -->
<PasientExport><Id>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</Id></PasientExport>)",
     .good = R"(<!-- Patients0\9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat -->
<PasientExport><Id>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</Id></PasientExport>
<!-- Patients1\c6b20f93-58a7-4e1d-8b4c-d39e7f15a705.pat -->
<PasientExport><Id>c6b20f93-58a7-4e1d-8b4c-d39e7f15a705</Id></PasientExport>)",
     .csharp = "Skip/Take paging without OrderBy: SQL Server may return a patient on two pages "
               "and another on none.",
     .java = "A Pageable without Sort over a table that is written to meanwhile shifts rows from "
             "one page to the next.",
     .node = "A restarted job continues at the last page it logged, which was already half "
             "written.",
     .related = "PAT-01 PAT-04 DIR-09 IDX-03"},
    {.id = "PAT-03",
     .reason = "The national number is what Reseptformidleren, kjernejournal and the pharmacies "
               "know a patient by. Without one the record moves, but no prescription can be "
               "fetched for it.",
     .bad = R"(<Ident>
  <Id>c6b20f93-58a7-4e1d-8b4c-d39e7f15a705</Id>
  <TypeId V="XXX" S="2.16.578.1.12.4.1.1.8116" DN="Annet" />
</Ident>)",
     .good = R"(<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>
<Ident>
  <Id>c6b20f93-58a7-4e1d-8b4c-d39e7f15a705</Id>
  <TypeId V="XXX" S="2.16.578.1.12.4.1.1.8116" DN="Annet" />
</Ident>)",
     .csharp = "The column is protected by Always Encrypted; a connection string without Column "
               "Encryption Setting=Enabled delivers bytes, and the mapper skips them.",
     .java = "A GDPR filter with @JsonIgnore on nationalId also hits the export, which goes "
             "through the same DTO.",
     .node = ".select(\"-nationalNumber\") is the default of the Mongoose schema and has to be "
             "switched off for the export.",
     .related = "PAT-04 IDN-01 IDN-06 IDN-12"},
    {.id = "PAT-04",
     .reason = "Two records with one number mean one person registered twice, or a number typed "
               "into a stranger's record. After the import both show the same prescriptions from "
               "the register, one of them to the wrong person.",
     .bad = R"(<!-- Patients0\9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat -->
<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>
<!-- Patients0\c6b20f93-58a7-4e1d-8b4c-d39e7f15a705.pat -->
<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<!-- Patients0\9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat -->
<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>
<!-- Patients0\c6b20f93-58a7-4e1d-8b4c-d39e7f15a705.pat -->
<Ident>
  <Id>12836110119</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "The unique index on the number is filtered (WHERE IsDeleted = 0), and the export "
               "includes merged records by IgnoreQueryFilters.",
     .java = "Merging sets mergedInto on the old row but leaves its number there, and findAll() "
             "returns both rows.",
     .node = "The uniqueness check is a find before save; two requests at a time both find "
             "nothing.",
     .related = "PAT-02 PAT-05 ORG-14 MSG-19"},
    {.id = "PAT-05",
     .reason = "Nobody has two national numbers in force. Whoever reads the export has to choose "
               "one, and the wrong choice addresses every later prescription to somebody else or "
               "to nobody.",
     .bad = R"(<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>
<Ident>
  <Id>12836110119</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "The history of numbers is a navigation property, and the exporter projects all of "
               "it without Where(i => i.ValidTo == null).",
     .java = "@OneToMany identities holds old and new; the end date is only looked at in the user "
             "interface.",
     .node = "A number changed after a correction was pushed onto the array instead of replacing "
             "its element.",
     .related = "PAT-03 PAT-04 PAT-08"},
    {.id = "PAT-06",
     .reason = "The GUID by which your own system knows the patient lets both sides speak about "
               "the same record during the move. Nothing breaks without it; questions take longer "
               "to answer.",
     .bad = R"(<Ident>
  <Id>15719310114</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<Ident>
  <Id>15719310114</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>
<Ident>
  <Id>c6b20f93-58a7-4e1d-8b4c-d39e7f15a705</Id>
  <TypeId V="XXX" S="2.16.578.1.12.4.1.1.8116" DN="Annet" />
</Ident>)",
     .csharp = "The surrogate key never leaves the data layer, because the view model that is "
               "exported has no property for it.",
     .java = "The MapStruct mapping ignores id (unmappedTargetPolicy = IGNORE hides that), so no "
             "ident is made from it.",
     .node = "toJSON with transform deletes _id from every document, and the exporter starts from "
             "JSON.",
     .related = "PAT-03 IDN-12"},
    {.id = "PAT-07",
     .reason = "Doses and warnings depend on age, and the date of birth is the second feature by "
               "which a person is recognised. Without it the prescriber has to guess at both.",
     .bad = R"(<GivenName>Ola</GivenName>
<Sex V="1" DN="Mann" />
<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<GivenName>Ola</GivenName>
<Sex V="1" DN="Mann" />
<DateOfBirth>1993-06-15</DateOfBirth>
<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "DateTime? BirthDate is null because your screens calculate it from the number and "
               "nothing ever fills the column.",
     .java = "LocalDate has no JAXB mapping of its own: without an XmlAdapter the element comes "
             "out empty or is missing.",
     .node = "JSON.stringify drops keys whose value is undefined, and the date is undefined for "
             "persons imported from a list.",
     .related = "PAT-08 DAT-02 XML-07"},
    {.id = "PAT-08",
     .reason = "Date and number describe the same person, or one of them was typed wrongly. Sent "
               "like this, the record may be matched with a stranger by the number while the age, "
               "and so the dose, is taken from the date.",
     .bad = R"(<DateOfBirth>1993-06-14</DateOfBirth>
<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<DateOfBirth>1993-06-15</DateOfBirth>
<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "A birth date held as DateTime at midnight goes through ToUniversalTime() and "
               "becomes 22:00 of the day before; DateOnly has no such trap.",
     .java = "java.util.Date printed by a SimpleDateFormat in UTC loses a day in Oslo; LocalDate "
             "keeps it.",
     .node = "new Date(1993, 6, 15) is the fifteenth of July, and toISOString() takes away one "
             "day more.",
     .related = "PAT-05 PAT-07 IDN-04 DAT-02"},
}};

}  // namespace

std::span<const RulePage> pat_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
