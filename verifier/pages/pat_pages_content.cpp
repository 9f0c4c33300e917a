#include "verifier/pages/pat_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 9> pages = {{
    {.id = "PAT-09",
     .reason = "Sex enters into reference ranges and into warnings about pregnancy. The importer "
               "knows the codes 0, 1, 2 and 9; letters of your own are lost.",
     .bad = R"(<Sex V="K" DN="Kvinne" />)",
     .good = R"(<Sex V="2" DN="Kvinne" />)",
     .csharp = "A char column with M and K is copied; casting an enum to char, (char)Sex.Female, "
               "does the same with a different letter.",
     .java = "Gender.ordinal() starts at 0 and moves when somebody adds a constant in the middle.",
     .node = "FHIR words such as \"female\" are kept internally, and no table leads from them to "
             "the codes.",
     .related = "PAT-10 COD-03 COD-05"},
    {.id = "PAT-10",
     .reason = "The third individual digit of an ordinary number is even for women and odd for "
               "men. A contradiction means that number or sex belongs to another person, or that "
               "a legal change reached only one of the two fields.",
     .bad = R"(<Sex V="2" DN="Kvinne" />
<DateOfBirth>1993-06-15</DateOfBirth>
<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<Sex V="1" DN="Mann" />
<DateOfBirth>1993-06-15</DateOfBirth>
<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "number[8] is the third individual digit; number[9], one too far, is a check digit "
               "and tells nothing.",
     .java = "The code reads charAt(8) % 2 on a number whose leading zero was lost, and so looks "
             "at the neighbour of the right digit.",
     .node = "Test persons get a random sex from faker and a number from another generator.",
     .related = "PAT-09 IDN-05 PAT-08"},
    {.id = "PAT-11",
     .reason = "Prescriptions refer to the messages that made them. Without messages the new "
               "system can show what is prescribed, but not prove what was sent.",
     .bad = R"(<PasientExport>
  <Id>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</Id>
  <DemografiskInfo>
    <FamilyName>Test</FamilyName>
    <GivenName>Ola</GivenName>
  </DemografiskInfo>
  <Behandlinger>
    <Legemiddelbehandling>
      <LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId>
    </Legemiddelbehandling>
  </Behandlinger>
</PasientExport>)",
     .good = R"(<PasientExport>
  <Id>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</Id>
  <DemografiskInfo>
    <FamilyName>Test</FamilyName>
    <GivenName>Ola</GivenName>
  </DemografiskInfo>
  <Meldinger>
    <Melding>
      <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
      <MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>
    </Melding>
  </Meldinger>
  <Behandlinger>
    <Legemiddelbehandling>
      <LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId>
    </Legemiddelbehandling>
  </Behandlinger>
</PasientExport>)",
     .csharp = "Messages lie in a database of their own (the message broker's), and the DbContext "
               "of the export does not reach it.",
     .java = "The messages hang on the prescription as a LAZY collection, and the export runs "
             "outside the transaction: Hibernate.isInitialized is false, so they are skipped.",
     .node = "Messages are streamed from object storage; an access error ends up in .catch(() => "
             "[]).",
     .related = "PAT-12 MSG-24 TRT-12"},
    {.id = "PAT-12",
     .reason = "The treatments are what is being moved: a document without any moves a name and "
               "an address. That can be right for a new patient; in many files it shows that a "
               "query came back empty.",
     .bad = R"(<PasientExport>
  <Id>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</Id>
  <Behandlinger></Behandlinger>
</PasientExport>)",
     .good = R"(<PasientExport>
  <Id>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</Id>
  <Behandlinger>
    <Legemiddelbehandling>
      <LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId>
    </Legemiddelbehandling>
  </Behandlinger>
</PasientExport>)",
     .csharp = "XmlSerializer writes an empty list as an empty wrapper; a ShouldSerialize… method "
               "would leave it out.",
     .java = "@XmlElementWrapper makes the outer element for an empty list too, because the "
             "getter creates the list on demand.",
     .node = "{ Behandlinger: {} } is truthy, so the check that should keep it out does not.",
     .related = "PAT-11 PAT-13 XML-04"},
    {.id = "PAT-13",
     .reason = "A known allergy that stays behind is the most dangerous loss of a migration: "
               "nobody will ask again about what is written down already. Many patients have "
               "none, so one file proves nothing; a whole export without any should make you "
               "look.",
     .bad = R"(<PasientExport>
  <Id>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</Id>
  <Behandlinger>
    <Legemiddelbehandling>
      <LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId>
    </Legemiddelbehandling>
  </Behandlinger>
</PasientExport>)",
     .good = R"(<PasientExport>
  <Id>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</Id>
  <Legemiddelreaksjon>
    <GruppeId>7398afc5-604e-4db1-9e27-f1b83c5d0a20</GruppeId>
    <Id>56d0e8b2-c19a-4f74-b362-8a7df41c0e18</Id>
    <HeadOfHistory>true</HeadOfHistory>
  </Legemiddelreaksjon>
  <Behandlinger>
    <Legemiddelbehandling>
      <LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId>
    </Legemiddelbehandling>
  </Behandlinger>
</PasientExport>)",
     .csharp = "Allergies sit in the record module behind another bounded context, and its "
               "repository was not registered in the host of the export.",
     .java = "A feature toggle for structured CAVE is off in the profile under which the batch "
             "job runs.",
     .node = "The query filters on active: true, while old reactions were imported without that "
             "field.",
     .related = "PAT-16 PAT-18 PAT-12"},
    {.id = "PAT-14",
     .reason = "The regular doctor and the doctor behind multidose are addressed by HPR number "
               "when lists and changes are sent. A name or a blank in its place reaches nobody.",
     .bad = R"(<MultidoseAnsvarligLege>
  <HprId>Kari Test</HprId>
  <Navn>Kari Test</Navn>
</MultidoseAnsvarligLege>)",
     .good = R"(<MultidoseAnsvarligLege>
  <HprId>222299101</HprId>
  <Navn>Kari Test</Navn>
</MultidoseAnsvarligLege>)",
     .csharp = "The doctor is a free-text contact without a number, and both properties are bound "
               "to contact.Name.",
     .java = "getDoctor().toString() is passed where getDoctor().getHpr() was meant; every object "
             "has a toString.",
     .node = "The key hprId holds the id of the contact document, an ObjectId in hexadecimal.",
     .related = "IDN-09 PAT-15 ORG-06"},
    {.id = "PAT-15",
     .reason = "Medicine lists go to the care service by HER id and municipality number. With a "
               "name for the one, or 301 for municipality 0301, the home nurse does not get the "
               "changed list.",
     .bad = R"(<PLOInformasjon>
  <HerId>8199002</HerId>
  <Navn>Hjemmetjenesten nord</Navn>
  <Kommune>301</Kommune>
</PLOInformasjon>)",
     .good = R"(<PLOInformasjon>
  <HerId>8199002</HerId>
  <Navn>Hjemmetjenesten nord</Navn>
  <Kommune>0301</Kommune>
</PLOInformasjon>)",
     .csharp = "The municipality is an int, and 301.ToString() has three digits; ToString(\"D4\") "
               "keeps the zero of 0301.",
     .java = "Integer.toString loses the zero in front, and String.format(\"%4d\") puts a blank "
             "there.",
     .node = "The number comes from a spreadsheet by way of JSON, where 0301 is not even legal "
             "and became 301.",
     .related = "PAT-14 PAT-38 IDN-11"},
    {.id = "PAT-16",
     .reason = "An Id names one entry of the allergy history. Used twice, a later change or "
               "deletion may strike the wrong entry and take a valid warning away.",
     .bad = R"(<Legemiddelreaksjon>
  <GruppeId>7398afc5-604e-4db1-9e27-f1b83c5d0a20</GruppeId>
  <Id>56d0e8b2-c19a-4f74-b362-8a7df41c0e18</Id>
  <HeadOfHistory>false</HeadOfHistory>
</Legemiddelreaksjon>
<Legemiddelreaksjon>
  <GruppeId>7398afc5-604e-4db1-9e27-f1b83c5d0a20</GruppeId>
  <Id>56d0e8b2-c19a-4f74-b362-8a7df41c0e18</Id>
  <HeadOfHistory>true</HeadOfHistory>
</Legemiddelreaksjon>)",
     .good = R"(<Legemiddelreaksjon>
  <GruppeId>7398afc5-604e-4db1-9e27-f1b83c5d0a20</GruppeId>
  <Id>56d0e8b2-c19a-4f74-b362-8a7df41c0e18</Id>
  <HeadOfHistory>false</HeadOfHistory>
</Legemiddelreaksjon>
<Legemiddelreaksjon>
  <GruppeId>7398afc5-604e-4db1-9e27-f1b83c5d0a20</GruppeId>
  <Id>ec471b96-2da5-4830-a7f9-d05c6be38219</Id>
  <HeadOfHistory>true</HeadOfHistory>
</Legemiddelreaksjon>)",
     .csharp = "Versions share the key of the aggregate and differ by a row number only; the "
               "exporter maps the key to Id and GruppeId alike.",
     .java = "The audit table has (id, revision) as its key, and the revision part of the "
             "@EmbeddedId is dropped.",
     .node = "The history array was filled with spread copies, each with the _id of the original.",
     .related = "PAT-17 PAT-18 TRT-04"},
    {.id = "PAT-17",
     .reason = "The reference exporter writes the same GUID into both places. Another value is no "
               "mistake, but whoever looks for a reaction by one of them will not find the other.",
     .bad = R"(<Id>56d0e8b2-c19a-4f74-b362-8a7df41c0e18</Id>
<HeadOfHistory>true</HeadOfHistory>
<CAVE>
  <CAVEId>ec471b96-2da5-4830-a7f9-d05c6be38219</CAVEId>
</CAVE>)",
     .good = R"(<Id>56d0e8b2-c19a-4f74-b362-8a7df41c0e18</Id>
<HeadOfHistory>true</HeadOfHistory>
<CAVE>
  <CAVEId>56d0e8b2-c19a-4f74-b362-8a7df41c0e18</CAVEId>
</CAVE>)",
     .csharp = "Record and reaction are two entities with keys of their own, both generated by "
               "ValueGeneratedOnAdd.",
     .java = "An @Embeddable reaction got an id when it became an @Entity, and the export shows "
             "that one.",
     .node = "The subdocument receives an automatic _id, because { _id: false } is missing in its "
             "schema.",
     .related = "PAT-16 PAT-18"},
}};

}  // namespace

std::span<const RulePage> pat_pages_from_09() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
