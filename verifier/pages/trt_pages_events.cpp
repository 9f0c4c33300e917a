#include "verifier/pages/trt_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 13> pages = {{
    {.id = "TRT-16",
     .reason = "Kladd says what a draft is meant to do: make, renew, import, stop or recall. A "
               "draft of an unknown kind cannot be finished, and a stop that nobody finishes "
               "leaves the medicine in use.",
     .bad = R"(<Kladd>Fornyelse</Kladd>)",
     .good = R"(<Kladd>Renewal</Kladd>)",
     .csharp = "DraftType.ToString(\"G\") prints NewPrescription in one word; the format has a "
               "blank in it.",
     .java = "An AttributeConverter stores Norwegian words in the column, and the export reads it "
             "with a native query, past the converter.",
     .node = "A boolean draft: true is all there is, and String(true) was written.",
     .related = "TRT-15 TRT-03 PAT-29"},
    {.id = "TRT-17",
     .reason = "The word says what each person did with a prescription: registered, approved, "
               "signed. With a word outside the list the responsibility is unclear.",
     .bad = R"(<Bruker>
  <Hpr>222299101</Hpr>
  <Navn>Kari Test</Navn>
  <TypeOppdatering>Signert av</TypeOppdatering>
</Bruker>)",
     .good = R"(<Bruker>
  <Hpr>222299101</Hpr>
  <Navn>Kari Test</Navn>
  <TypeOppdatering>Signed by</TypeOppdatering>
</Bruker>)",
     .csharp = "SignedBy.ToString() has no blank in it; Humanizer adds one, and capitals that the "
               "list does not have.",
     .java = "The resource bundle is read with Locale.getDefault(), nb_NO on the server, for text "
             "that is no display text.",
     .node = "Keys such as signed_by come out of a generic function that turns property names "
             "into elements.",
     .related = "TRT-19 TRT-20 PAT-35"},
    {.id = "TRT-18",
     .reason = "Who registered, changed or ended a prescription has to be found after the move as "
               "well. An Id without user makes an anonymous prescription out of it.",
     .bad = R"(<Bruker>
  <BrukerId>b81d4e27-0c93-4f5a-8e6b-92d7c3a1f402</BrukerId>
  <Navn>Kari Test</Navn>
  <TypeOppdatering>Registered by</TypeOppdatering>
</Bruker>
<!-- ExportData.xml has only the user 3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01 -->)",
     .good = R"(<Bruker>
  <BrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</BrukerId>
  <Navn>Kari Test</Navn>
  <TypeOppdatering>Registered by</TypeOppdatering>
</Bruker>
<!-- ExportData.xml has only the user 3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01 -->)",
     .csharp = "Users are exported Where(u => u.LockoutEnd == null); substitutes of past summers "
               "are locked and still stand under prescriptions.",
     .java = "Spring Security's enabled = false decides who is exported, although disabled "
             "accounts are what the history is full of.",
     .node = "A nightly job deletes accounts without a login for two years, while prescriptions "
             "keep their id as a plain string.",
     .related = "ORG-01 ORG-19 TRT-41"},
    {.id = "TRT-19",
     .reason = "The name alone does not identify anybody. Prescriber and signer are known by HPR "
               "number, all others by the Id of a user.",
     .bad = R"(<Bruker>
  <Navn>Kari Test</Navn>
  <TypeOppdatering>Forskriver</TypeOppdatering>
</Bruker>)",
     .good = R"(<Bruker>
  <Hpr>222299101</Hpr>
  <Navn>Kari Test</Navn>
  <TypeOppdatering>Forskriver</TypeOppdatering>
</Bruker>)",
     .csharp = "Hpr is a get-only property that is computed from the user; XmlSerializer writes "
               "nothing that it could not read back.",
     .java = "@XmlTransient was put on hpr to keep it out of the patient portal, whose classes "
             "are shared.",
     .node = "The list of updaters is built from an audit trail of display names.",
     .related = "TRT-17 TRT-20 IDN-09"},
    {.id = "TRT-20",
     .reason = "Every electronic prescription has one person who answers for it. Without a "
               "Forskriver neither pharmacy nor patient can ask anybody.",
     .bad = R"(<Prescription>
  <ForskrivningsInfoId>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</ForskrivningsInfoId>
  <Brukere>
    <Bruker>
      <BrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</BrukerId>
      <TypeOppdatering>Registered by</TypeOppdatering>
    </Bruker>
  </Brukere>
</Prescription>
<PrescriptionDetails>
  <LegemiddelForskrivningsInfo>
    <Id>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</Id>
    <ForskrivningsType V="eRp" DN="eResept" />
  </LegemiddelForskrivningsInfo>
</PrescriptionDetails>)",
     .good = R"(<Prescription>
  <ForskrivningsInfoId>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</ForskrivningsInfoId>
  <Brukere>
    <Bruker>
      <BrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</BrukerId>
      <TypeOppdatering>Registered by</TypeOppdatering>
    </Bruker>
    <Bruker>
      <Hpr>222299101</Hpr>
      <TypeOppdatering>Forskriver</TypeOppdatering>
    </Bruker>
  </Brukere>
</Prescription>
<PrescriptionDetails>
  <LegemiddelForskrivningsInfo>
    <Id>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</Id>
    <ForskrivningsType V="eRp" DN="eResept" />
  </LegemiddelForskrivningsInfo>
</PrescriptionDetails>)",
     .csharp = "The prescriber of an imported prescription is external and has no row in "
               "AspNetUsers; an inner Join loses exactly these.",
     .java = "toMap over the updaters with the user as key and (a, b) -> a drops the second role "
             "of the same person.",
     .node = "new Map(users.map(u => [u.name, u])) keeps one entry per name, so registrar and "
             "prescriber collapse.",
     .related = "TRT-17 TRT-19 ORG-06"},
    {.id = "TRT-21",
     .reason = "A withdrawal is sent with a reason of code list 7500, on which the register and "
               "the patient's record rely. Another code makes it unclear whether the medicine was "
               "stopped or only changed.",
     .bad = R"(<Tilbakekalling>
  <Arsak V="Seponering" S="2.16.578.1.12.4.1.1.7500" DN="Seponering" />
  <Tidspunkt>2025-04-10T09:12:00</Tidspunkt>
</Tilbakekalling>)",
     .good = R"(<Tilbakekalling>
  <Arsak V="2" S="2.16.578.1.12.4.1.1.7500" DN="Seponering" />
  <Tidspunkt>2025-04-10T09:12:00</Tidspunkt>
</Tilbakekalling>)",
     .csharp = "(int)RecallReason starts at 0 unless the members are numbered, so every reason is "
               "one too low.",
     .java = "ordinal() + 1 was right until an old constant was removed.",
     .node = "The index of the radio button, counted from 0, is what the form posts.",
     .related = "TRT-22 TRT-24 COD-05"},
    {.id = "TRT-22",
     .reason = "Status and withdrawal tell the same event from two sides. The register may "
               "withdraw by itself, so this is only a hint that a record may have been left "
               "behind.",
     .bad = R"(<Aktiv>true</Aktiv>
<RfStatus>Tilbakekalt</RfStatus>
<ItemSource>Rf</ItemSource>)",
     .good = R"(<Aktiv>true</Aktiv>
<Tilbakekalling>
  <Arsak V="2" S="2.16.578.1.12.4.1.1.7500" DN="Seponering" />
  <Tidspunkt>2025-04-10T09:12:00</Tidspunkt>
</Tilbakekalling>
<RfStatus>Tilbakekalt</RfStatus>
<ItemSource>Rf</ItemSource>)",
     .csharp = "Dapper cuts a joined row at splitOn; with the wrong column there the withdrawal "
               "stays null.",
     .java = "The withdrawal sits in a subclass table, and the query runs over the base class "
             "with a constructor expression.",
     .node = "Status is polled from the register and overwritten, the withdrawal is an event that "
             "was never replayed.",
     .related = "TRT-14 TRT-21 TRT-43"},
    {.id = "TRT-23",
     .reason = "A prescription cannot be stopped, deleted or withdrawn before it exists. Times in "
               "the wrong order turn the history round: what is in use seems stopped, or the "
               "other way.",
     .bad = R"(<Prescription>
  <PrescriptionId>0b6c0c52-4d3f-4f8e-9a11-2f6f3c1d7e02</PrescriptionId>
  <Tidspunkt>2025-03-10T09:00:00</Tidspunkt>
  <Tilbakekalling>
    <Arsak V="2" S="2.16.578.1.12.4.1.1.7500" DN="Seponering" />
    <Tidspunkt>2025-03-09T09:30:00</Tidspunkt>
  </Tilbakekalling>
</Prescription>)",
     .good = R"(<Prescription>
  <PrescriptionId>0b6c0c52-4d3f-4f8e-9a11-2f6f3c1d7e02</PrescriptionId>
  <Tidspunkt>2025-03-10T09:00:00</Tidspunkt>
  <Tilbakekalling>
    <Arsak V="2" S="2.16.578.1.12.4.1.1.7500" DN="Seponering" />
    <Tidspunkt>2025-03-10T09:30:00</Tidspunkt>
  </Tilbakekalling>
</Prescription>)",
     .csharp = "One time was saved with DateTime.UtcNow, the other with DateTime.Now; near "
               "midnight they fall on different days.",
     .java = "LocalDateTime.now() on a container in UTC next to a database default of "
             "CURRENT_TIMESTAMP in Oslo time.",
     .node = "The client's clock stamps the withdrawal, the server's the prescription.",
     .related = "TRT-09 DAT-01 TRT-42"},
    {.id = "TRT-24",
     .reason = "Deletions have a list of reasons of their own, 9237; withdrawals have 7500, where "
               "the same number means something else. From the reason the next doctor sees "
               "whether a mistake was removed or a decision was taken.",
     .bad = R"(<Slettet>
  <Tidspunkt>2025-04-10T09:12:00</Tidspunkt>
  <BrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</BrukerId>
  <Arsak V="1" S="2.16.578.1.12.4.1.1.7500" DN="Feilregistrering" />
  <Merknad>Feil pasient</Merknad>
</Slettet>)",
     .good = R"(<Slettet>
  <Tidspunkt>2025-04-10T09:12:00</Tidspunkt>
  <BrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</BrukerId>
  <Arsak V="1" S="2.16.578.1.12.4.1.1.9237" DN="Feilregistrering" />
  <Merknad>Feil pasient</Merknad>
</Slettet>)",
     .csharp = "One dialog with one drop-down serves withdrawing and deleting, and its const for "
               "the OID is that of withdrawals.",
     .java = "@SQLDelete turns remove() into an update of a flag: no place for a reason, so the "
             "export borrows the one of the withdrawal.",
     .node = "mongoose-delete stores deletedAt and deletedBy, and the reason is a literal copied "
             "from the code for M5.",
     .related = "TRT-21 TRT-41 COD-05"},
    {.id = "TRT-25",
     .reason = "The start of the treatment cannot lie after its first version was written, or the "
               "first prescriptions belong to no treatment. Duration and stop rules are counted "
               "from it.",
     .bad = R"(<Legemiddelbehandling>
  <LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId>
  <DatoOppstart>2025-03-02</DatoOppstart>
  <Prescription>
    <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
    <Tidspunkt>2025-03-01T10:00:00</Tidspunkt>
  </Prescription>
</Legemiddelbehandling>)",
     .good = R"(<Legemiddelbehandling>
  <LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId>
  <DatoOppstart>2025-03-01</DatoOppstart>
  <Prescription>
    <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
    <Tidspunkt>2025-03-01T10:00:00</Tidspunkt>
  </Prescription>
</Legemiddelbehandling>)",
     .csharp = "Min() is taken over the prescriptions that passed the filter, not over all of the "
               "treatment.",
     .java = "@CreationTimestamp of the treatment row is exported; the row was made by the last "
             "big data migration.",
     .node = "The offset is added twice, by the driver and by hand, and an evening becomes the "
             "next day.",
     .related = "TRT-09 TRT-30 DAT-03"},
    {.id = "TRT-26",
     .reason = "A dispensing shows what the patient really got. Without its prescription or its "
               "message the new system cannot count what is left to dispense.",
     .bad = R"(<Meldinger>
  <Melding>
    <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
    <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
  </Melding>
</Meldinger>
<Behandlinger>
  <Legemiddelbehandling>
    <Prescription>
      <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
    </Prescription>
    <Utlevering>
      <PrescriptionId>c98f40d5-1b7a-4e63-935c-a62d0e8bf724</PrescriptionId>
      <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
    </Utlevering>
  </Legemiddelbehandling>
</Behandlinger>)",
     .good = R"(<Meldinger>
  <Melding>
    <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
    <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
  </Melding>
</Meldinger>
<Behandlinger>
  <Legemiddelbehandling>
    <Prescription>
      <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
    </Prescription>
    <Utlevering>
      <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
      <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
    </Utlevering>
  </Legemiddelbehandling>
</Behandlinger>)",
     .csharp = "Dispensings hang on the medicine (a shared navigation by ATC), so Include "
               "attaches them to each treatment with that medicine.",
     .java = "@ManyToOne(optional = true) to the prescription: reports that came before the "
             "prescription was imported keep the id of the register.",
     .node = "The report from the pharmacy names the ReseptId, and it was stored unchanged as "
             "prescriptionId.",
     .related = "TRT-02 TRT-12 MSG-07"},
    {.id = "TRT-27",
     .reason = "The mode tells whether a pharmacy packs the medicine for the patient, as "
               "multidose or dosett. With an unknown word packing stops, and the patient stands "
               "without medicine.",
     .bad = R"(<DeliveryMode>Ikke angitt</DeliveryMode>)",
     .good = R"(<DeliveryMode>Undefined</DeliveryMode>)",
     .csharp = "The value 0 has no member in your enum, and ToString() prints the digit.",
     .java = "valueOf(null) was avoided by a default text for people, and it ends up in the file.",
     .node = "An undefined property becomes the text undefined in a template literal, in small "
             "letters.",
     .related = "TRT-28 PAT-28 PAT-14"},
    {.id = "TRT-28",
     .reason = "The kind decides what has to happen next: an e-prescription is in the register, a "
               "printed one is in the patient's hand. An unknown kind means that the prescription "
               "is neither found nor made again.",
     .bad = R"(<ForskrivningsType V="ERESEPT" DN="eResept" />)",
     .good = R"(<ForskrivningsType V="eRp" DN="eResept" />)",
     .csharp = "A converter with a default arm, _ => type.ToString().ToUpper(), swallows the one "
               "member that was added last.",
     .java = "name() gives ERP; the capitals of eRp, uRp and eRp/uRp need an @XmlEnumValue each.",
     .node = "A lower-casing slugify() makes erp-urp out of eRp/uRp.",
     .related = "ORG-26 TRT-11 TRT-29"},
}};

}  // namespace

std::span<const RulePage> trt_pages_from_16() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
