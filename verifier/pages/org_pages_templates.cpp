#include "verifier/pages/org_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 7> pages = {{
    {.id = "ORG-23",
     .reason = "The Id is how a report is recognised when an import is repeated. With a double Id "
               "the second report replaces the first, and a document is gone without any message.",
     .bad = R"(<Rapporter>
  <Rapport>
    <Id>65c1e94f-d80b-4273-ae96-3fb27d0a8c11</Id>
    <RapportFil>Reports0\65c1e94f-d80b-4273-ae96-3fb27d0a8c11.xps</RapportFil>
  </Rapport>
  <Rapport>
    <Id>65c1e94f-d80b-4273-ae96-3fb27d0a8c11</Id>
    <RapportFil>Reports0\0b7ad3e8-492c-4f65-8170-c6e95f3db212.xps</RapportFil>
  </Rapport>
</Rapporter>)",
     .good = R"(<Rapporter>
  <Rapport>
    <Id>65c1e94f-d80b-4273-ae96-3fb27d0a8c11</Id>
    <RapportFil>Reports0\65c1e94f-d80b-4273-ae96-3fb27d0a8c11.xps</RapportFil>
  </Rapport>
  <Rapport>
    <Id>0b7ad3e8-492c-4f65-8170-c6e95f3db212</Id>
    <RapportFil>Reports0\0b7ad3e8-492c-4f65-8170-c6e95f3db212.xps</RapportFil>
  </Rapport>
</Rapporter>)",
     .csharp = "Guid.NewGuid() stands in a field initialiser of the mapper, evaluated once, "
               "instead of in the loop over the reports.",
     .java = "A UUID constant of a @Singleton builder is reused because build() does not reset "
             "it.",
     .node = "const id = randomUUID() stands one line above the map callback rather than inside.",
     .related = "ORG-21 ORG-22 XML-10"},
    {.id = "ORG-24",
     .reason = "The report is filed in the record of the patient named here. If that patient is "
               "not part of the export there is no record to file it in.",
     .bad = R"(<!-- Patients0 holds 9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat and no other file -->
<Rapport>
  <Id>65c1e94f-d80b-4273-ae96-3fb27d0a8c11</Id>
  <Titel>Medisinliste</Titel>
  <PasientId>c6b20f93-58a7-4e1d-8b4c-d39e7f15a705</PasientId>
</Rapport>)",
     .good = R"(<!-- Patients0 holds 9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat and no other file -->
<Rapport>
  <Id>65c1e94f-d80b-4273-ae96-3fb27d0a8c11</Id>
  <Titel>Medisinliste</Titel>
  <PasientId>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</PasientId>
</Rapport>)",
     .csharp = "Patients are selected by Take(limit) for the trial run, reports by nothing: the "
               "two queries do not share their condition.",
     .java = "The JPQL of the reports joins patients that are merged into others; the surviving "
             "record has another UUID.",
     .node = "The list of exported ids is a Set of strings and the check asks has(number), so "
             "nothing is filtered.",
     .related = "ORG-32 ORG-22 DIR-16"},
    {.id = "ORG-25",
     .reason = "A protocol is a row of templates that belong together, such as a course of "
               "chemotherapy. With a template missing the course is incomplete, and the "
               "prescriber does not see what is missing.",
     .bad = R"(<ExportImport>
  <ForskrivningsMaler>
    <Mal>
      <Id>82e5b09d-f37c-4146-b8da-691c0e4fa713</Id>
      <Navn>Kur dag 1</Navn>
    </Mal>
  </ForskrivningsMaler>
  <Protokoller>
    <Protokoll>
      <Maler><MalId>82e5b09d-f37c-4146-b8da-691c0e4fa713</MalId></Maler>
      <Maler><MalId>fd3692c7-05b8-4e9a-a41f-7b82d6c0e315</MalId></Maler>
    </Protokoll>
  </Protokoller>
</ExportImport>)",
     .good = R"(<ExportImport>
  <ForskrivningsMaler>
    <Mal>
      <Id>82e5b09d-f37c-4146-b8da-691c0e4fa713</Id>
      <Navn>Kur dag 1</Navn>
    </Mal>
    <Mal>
      <Id>fd3692c7-05b8-4e9a-a41f-7b82d6c0e315</Id>
      <Navn>Kur dag 2</Navn>
    </Mal>
  </ForskrivningsMaler>
  <Protokoller>
    <Protokoll>
      <Maler><MalId>82e5b09d-f37c-4146-b8da-691c0e4fa713</MalId></Maler>
      <Maler><MalId>fd3692c7-05b8-4e9a-a41f-7b82d6c0e315</MalId></Maler>
    </Protokoll>
  </Protokoller>
</ExportImport>)",
     .csharp = "Templates are exported Where(t => t.OwnerId != null); those that live only inside "
               "a protocol have no owner.",
     .java = "CascadeType.REMOVE took a template away, while the join table of the protocol has "
             "no foreign key and kept its row.",
     .node = "populate(\"templates\") silently gives null for a deleted template, but the raw id "
             "array is what gets written.",
     .related = "ORG-19 ORG-20 ORG-27"},
    {.id = "ORG-26",
     .reason = "The template hands its way of prescribing on to every prescription made from it. "
               "An unknown value cannot be handed on: the doctor gets a template that does not "
               "open.",
     .bad = R"(<Mal>
  <Id>82e5b09d-f37c-4146-b8da-691c0e4fa713</Id>
  <Navn>Blodtrykk</Navn>
  <ForskrivningsType>E-resept</ForskrivningsType>
</Mal>)",
     .good = R"(<Mal>
  <Id>82e5b09d-f37c-4146-b8da-691c0e4fa713</Id>
  <Navn>Blodtrykk</Navn>
  <ForskrivningsType>eRp</ForskrivningsType>
</Mal>)",
     .csharp = "[Description(\"E-resept\")] is read by the helper that also fills the drop-down, "
               "so the label is exported.",
     .java = "toString() is overridden for the user interface, and String.valueOf picks that up; "
             "name() would not help here either.",
     .node = "The i18n key is resolved before the export instead of in the browser, so the "
             "translation lands in the file.",
     .related = "TRT-28 ORG-25 ORG-27"},
    {.id = "ORG-27",
     .reason = "A template with neither document prescribes nothing, although it has a name and "
               "appears in the list. The schema lets it pass, so nobody else will tell you.",
     .bad = R"(<Mal>
  <Id>82e5b09d-f37c-4146-b8da-691c0e4fa713</Id>
  <Navn>Stomiposer</Navn>
  <ForskrivningsType>eRp</ForskrivningsType>
  <OppdatertFest>2025-05-05T10:00:00</OppdatertFest>
</Mal>)",
     .good = R"(<Mal>
  <Id>82e5b09d-f37c-4146-b8da-691c0e4fa713</Id>
  <Navn>Stomiposer</Navn>
  <ForskrivningsType>eRp</ForskrivningsType>
  <OppdatertFest>2025-05-05T10:00:00</OppdatertFest>
  <ReseptDokHandelsvare>
    <Varegruppekode V="A" DN="Handelsvare" />
  </ReseptDokHandelsvare>
</Mal>)",
     .csharp = "A switch expression over the product type has no arm for merchandise and its "
               "default returns null.",
     .java = "@XmlElements maps the choice by class, and a subclass that is not listed there is "
             "left out.",
     .node = "else if (template.drug) covers medicines; the branch for goods was postponed and "
             "never came.",
     .related = "TRT-31 ORG-25 ORG-26"},
    {.id = "ORG-28",
     .reason = "The protocol applies between its limits, of body weight for one. Swapped limits "
               "exclude everybody it was made for, and a limit without unit may be read in "
               "another one.",
     .bad = R"(<OvreGrense>50</OvreGrense>
<NedreGrense>90.5</NedreGrense>
<Enhet V="kg" S="2.16.578.1.12.4.1.1.7452" DN="kilogram" />)",
     .good = R"(<OvreGrense>90.5</OvreGrense>
<NedreGrense>50</NedreGrense>
<Enhet V="kg" S="2.16.578.1.12.4.1.1.7452" DN="kilogram" />)",
     .csharp = "The element order of the schema is upper before lower; a record with positional "
               "parameters (lower, upper) is filled in that order.",
     .java = "A Lombok @AllArgsConstructor takes two BigDecimal in the order of the fields, and "
             "reordering them compiles.",
     .node = "Both limits are strings, and sorting them as text puts \"100\" before \"90\".",
     .related = "TRT-38 ORG-25"},
    {.id = "ORG-29",
     .reason = "Prescriptions and templates may refer to a local article by its Id. With a double "
               "Id it is open which of two mixtures the patient gets.",
     .bad = R"(<LokaltMagistreltLegemiddel>
  <Id>aa90c4e1-3f57-4d2b-86ce-15d8b7f06216</Id>
  <DatoOpprettet>2024-02-01T09:00:00</DatoOpprettet>
</LokaltMagistreltLegemiddel>
<LokaltMagistreltLegemiddel>
  <Id>aa90c4e1-3f57-4d2b-86ce-15d8b7f06216</Id>
  <DatoOpprettet>2025-02-01T09:00:00</DatoOpprettet>
</LokaltMagistreltLegemiddel>)",
     .good = R"(<LokaltMagistreltLegemiddel>
  <Id>aa90c4e1-3f57-4d2b-86ce-15d8b7f06216</Id>
  <DatoOpprettet>2024-02-01T09:00:00</DatoOpprettet>
</LokaltMagistreltLegemiddel>
<LokaltMagistreltLegemiddel>
  <Id>319f7d5c-b8e2-4067-9da4-e0c63b82f517</Id>
  <DatoOpprettet>2025-02-01T09:00:00</DatoOpprettet>
</LokaltMagistreltLegemiddel>)",
     .csharp = "A temporal table is queried with TemporalAll(), which returns every former "
               "version of the article under its one key.",
     .java = "Hibernate Envers revisions are read instead of the entity, so each change of the "
             "recipe counts as an article.",
     .node = "Copying an article with { …article, name } takes its id along.",
     .related = "ORG-16 ORG-30 TRT-34"},
}};

}  // namespace

std::span<const RulePage> org_pages_from_23() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
