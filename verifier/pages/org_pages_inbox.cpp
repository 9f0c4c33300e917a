#include "verifier/pages/org_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 6> pages = {{
    {.id = "ORG-30",
     .reason = "A strength is a fraction, and nothing can be divided by 0. Software that "
               "calculates a dose from it gets infinity or stops.",
     .bad = R"(<Styrke>
  <Teller V="5" U="mg" />
  <Nevner V="0" U="ml" />
</Styrke>)",
     .good = R"(<Styrke>
  <Teller V="5" U="mg" />
  <Nevner V="1" U="ml" />
</Styrke>)",
     .csharp = "double is a value type: a denominator that nobody entered is 0, where double? "
               "would have been null.",
     .java = "ResultSet.getDouble returns 0 for SQL NULL unless wasNull() is asked.",
     .node = "Number(\"\") is 0, and so is Number(null).",
     .related = "TRT-37 ORG-29"},
    {.id = "ORG-31",
     .reason = "The inbox tells a doctor what happened to prescriptions: deleted, expired, "
               "questions from the pharmacy. A message for an unknown user is read by nobody.",
     .bad = R"(<ExportImport>
  <Brukere>
    <Helseperson>
      <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
      <Brukernavn>kari.lege</Brukernavn>
    </Helseperson>
  </Brukere>
  <Inboks>
    <Melding>
      <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
      <LegeBrukerId>b81d4e27-0c93-4f5a-8e6b-92d7c3a1f402</LegeBrukerId>
      <Sender>Reseptformidleren</Sender>
    </Melding>
  </Inboks>
</ExportImport>)",
     .good = R"(<ExportImport>
  <Brukere>
    <Helseperson>
      <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
      <Brukernavn>kari.lege</Brukernavn>
    </Helseperson>
  </Brukere>
  <Inboks>
    <Melding>
      <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
      <LegeBrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</LegeBrukerId>
      <Sender>Reseptformidleren</Sender>
    </Melding>
  </Inboks>
</ExportImport>)",
     .csharp = "A message to a group has several recipients; SelectMany writes it once for each, "
               "always with the same Id.",
     .java = "The recipient is stored as an employee number, and the mapper turns it into a UUID "
             "by nameUUIDFromBytes that no user has.",
     .node = "The recipient of old messages is the account before the move to single sign-on, "
             "whose id was replaced everywhere else.",
     .related = "ORG-01 ORG-19 ORG-32"},
    {.id = "ORG-32",
     .reason = "From the inbox the doctor opens the patient. When the patient was not exported "
               "the notice remains and cannot be followed up.",
     .bad = R"(<!-- Patients0 holds 9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat and no other file -->
<Melding>
  <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
  <LegeBrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</LegeBrukerId>
  <Sender>Reseptformidleren</Sender>
  <MeldingsType V="2" DN="Resept er blitt slettet" />
  <Tidspunkt>2025-03-01T08:30:00</Tidspunkt>
  <PasientId>c6b20f93-58a7-4e1d-8b4c-d39e7f15a705</PasientId>
</Melding>)",
     .good = R"(<!-- Patients0 holds 9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat and no other file -->
<Melding>
  <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
  <LegeBrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</LegeBrukerId>
  <Sender>Reseptformidleren</Sender>
  <MeldingsType V="2" DN="Resept er blitt slettet" />
  <Tidspunkt>2025-03-01T08:30:00</Tidspunkt>
  <PasientId>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</PasientId>
</Melding>)",
     .csharp = "Deceased and moved patients are excluded by a Where clause on the patients, while "
               "the inbox is exported whole.",
     .java = "The notification table has no foreign key to the patient, so deleting a patient "
             "left its messages.",
     .node = "Patients of the trial are picked from a JSON list; filter(m => "
             "ids.includes(m.patientId)) was forgotten for the inbox.",
     .related = "ORG-24 ORG-33 ORG-35"},
    {.id = "ORG-33",
     .reason = "The notice leads to the prescription or message that it is about. After a "
               "deletion that is expected; in many notices at once it shows that two numbering "
               "systems are in use.",
     .bad = R"(<!-- Patients0\9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat has
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId> -->
<PasientId>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</PasientId>
<PrescriptionId>c98f40d5-1b7a-4e63-935c-a62d0e8bf724</PrescriptionId>)",
     .good = R"(<!-- Patients0\9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat has
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId> -->
<PasientId>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</PasientId>
<PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>)",
     .csharp = "The notice stores the id of the version (PrescriptionVersionId), and the exporter "
               "copies it into PrescriptionId.",
     .java = "Two UUID columns, prescription_id and erx_id, are mixed up in a native query mapped "
             "by position.",
     .node = "The ReseptId of the register is written where your own id of the prescription "
             "belongs.",
     .related = "ORG-32 ORG-35 TRT-04"},
    {.id = "ORG-34",
     .reason = "The kind of notice is a number, by which the inbox sorts and filters. A word in "
               "its place puts the notice into no folder.",
     .bad = R"(<MeldingsType V="ReseptSlettet" DN="Resept er blitt slettet" />)",
     .good = R"(<MeldingsType V="2" DN="Resept er blitt slettet" />)",
     .csharp = "JsonStringEnumConverter was switched on for the API, and the exporter reads its "
               "enums through the same DTO.",
     .java = "EnumType.STRING in the @Enumerated mapping: the database holds the name, the number "
             "exists only in the interface of the sender.",
     .node = "TypeScript compiles a string enum to its words; a numeric enum was replaced by one "
             "in a clean-up.",
     .related = "COD-03 ORG-31"},
    {.id = "ORG-35",
     .reason = "Prescription and document ids are looked up within one patient. Without the "
               "patient there is nowhere to look.",
     .bad = R"(<MeldingsType V="2" DN="Resept er blitt slettet" />
<Tidspunkt>2025-03-01T08:30:00</Tidspunkt>
<PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>)",
     .good = R"(<MeldingsType V="2" DN="Resept er blitt slettet" />
<Tidspunkt>2025-03-01T08:30:00</Tidspunkt>
<PasientId>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</PasientId>
<PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>)",
     .csharp = "The patient is reached through notice.Prescription.Patient, and Include stops at "
               "the prescription: the last step is null.",
     .java = "A Hibernate proxy of the patient has only its own numeric key, and the mapper for "
             "UUIDs returns null for it.",
     .node = "Optional chaining, n.prescription?.patient?.id, ends in undefined when the join did "
             "not load the patient.",
     .related = "ORG-32 ORG-33"},
}};

}  // namespace

std::span<const RulePage> org_pages_from_30() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
