#include "verifier/pages/trt_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 8> pages = {{
    {.id = "TRT-08",
     .reason = "HeadOfHistory marks the prescription by which the patient is treated now. If two "
               "carry it, the list of medicines shows the same medicine twice with two dosages.",
     .bad = R"(<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <HeadOfHistory>true</HeadOfHistory>
  <Aktiv>true</Aktiv>
</Prescription>
<Prescription>
  <PrescriptionId>c98f40d5-1b7a-4e63-935c-a62d0e8bf724</PrescriptionId>
  <HeadOfHistory>true</HeadOfHistory>
  <Aktiv>true</Aktiv>
  <RefForrigePrescription>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</RefForrigePrescription>
</Prescription>)",
     .good = R"(<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <HeadOfHistory>false</HeadOfHistory>
  <Aktiv>true</Aktiv>
</Prescription>
<Prescription>
  <PrescriptionId>c98f40d5-1b7a-4e63-935c-a62d0e8bf724</PrescriptionId>
  <HeadOfHistory>true</HeadOfHistory>
  <Aktiv>true</Aktiv>
  <RefForrigePrescription>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</RefForrigePrescription>
</Prescription>)",
     .csharp = "GroupBy(PrescriptionId) is followed by a head for each group; the head belongs to "
               "the treatment.",
     .java = "A window function row_number() partitions by prescription where it has to partition "
             "by treatment.",
     .node = "The flag is put on the last version only, so earlier versions of the same "
             "prescription say the opposite.",
     .related = "TRT-06 TRT-07 PAT-18"},
    {.id = "TRT-09",
     .reason = "Readers that go through the versions once take the last one for the present. In "
               "another order they end at an older dosage.",
     .bad = R"(<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <Aktiv>true</Aktiv>
  <Tidspunkt>2025-03-01T10:05:00</Tidspunkt>
</Prescription>
<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <Aktiv>false</Aktiv>
  <Tidspunkt>2025-03-01T10:00:00</Tidspunkt>
</Prescription>)",
     .good = R"(<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <Aktiv>false</Aktiv>
  <Tidspunkt>2025-03-01T10:00:00</Tidspunkt>
</Prescription>
<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <Aktiv>true</Aktiv>
  <Tidspunkt>2025-03-01T10:05:00</Tidspunkt>
</Prescription>)",
     .csharp = "OrderByDescending, made for the screen where the newest stands on top, is reused "
               "by the exporter.",
     .java = "A @OneToMany Set without @OrderBy comes back in the order of its hash codes.",
     .node = "sort() without a comparator sorts dates as text, beginning with the name of the "
             "weekday.",
     .related = "TRT-05 TRT-07 TRT-23"},
    {.id = "TRT-10",
     .reason = "The ReseptId is the prescription at the pharmacy. If it changes from version to "
               "version, or two prescriptions share it, a withdrawal takes back the wrong one.",
     .bad = R"(<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <ReseptId>b0f4862d-5e19-4cd7-a3b6-e17c90fd8430</ReseptId>
</Prescription>
<Prescription>
  <PrescriptionId>c98f40d5-1b7a-4e63-935c-a62d0e8bf724</PrescriptionId>
  <ReseptId>b0f4862d-5e19-4cd7-a3b6-e17c90fd8430</ReseptId>
</Prescription>)",
     .good = R"(<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <ReseptId>b0f4862d-5e19-4cd7-a3b6-e17c90fd8430</ReseptId>
</Prescription>
<Prescription>
  <PrescriptionId>c98f40d5-1b7a-4e63-935c-a62d0e8bf724</PrescriptionId>
  <ReseptId>61e97ca3-f08d-4b52-9ac4-2d8b5f07e631</ReseptId>
</Prescription>)",
     .csharp = "Renewing uses a record copy (`old with { … }`) that carries the ReseptId along.",
     .java = "BeanUtils.copyProperties(old, renewed) excludes the id but not the id of the "
             "register.",
     .node = "Object.assign({}, previous) is the start of a renewal, and erxId is not deleted "
             "from it.",
     .related = "TRT-06 TRT-11 TRT-12"},
    {.id = "TRT-11",
     .reason = "Without ReseptId an electronic prescription can neither be looked up nor "
               "withdrawn from the new system. The pharmacy has it all the same and goes on "
               "dispensing.",
     .bad = R"(<Prescription>
  <ForskrivningsInfoId>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</ForskrivningsInfoId>
  <Tidspunkt>2025-03-01T10:00:00</Tidspunkt>
</Prescription>
<PrescriptionDetails>
  <LegemiddelForskrivningsInfo>
    <Id>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</Id>
    <ForskrivningsType V="eRp" DN="eResept" />
  </LegemiddelForskrivningsInfo>
</PrescriptionDetails>)",
     .good = R"(<Prescription>
  <ForskrivningsInfoId>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</ForskrivningsInfoId>
  <Tidspunkt>2025-03-01T10:00:00</Tidspunkt>
  <ReseptId>b0f4862d-5e19-4cd7-a3b6-e17c90fd8430</ReseptId>
</Prescription>
<PrescriptionDetails>
  <LegemiddelForskrivningsInfo>
    <Id>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</Id>
    <ForskrivningsType V="eRp" DN="eResept" />
  </LegemiddelForskrivningsInfo>
</PrescriptionDetails>)",
     .csharp = "The id is written back by the handler of the receipt; prescriptions whose receipt "
               "was processed on the other node lack it.",
     .java = "insertable = false, updatable = false on the column: the value is set on the entity "
             "and never saved.",
     .node = "fire-and-forget: the send is not awaited, and its answer arrives after the record "
             "was stored.",
     .related = "TRT-10 TRT-12 TRT-28"},
    {.id = "TRT-12",
     .reason = "The M1 is the signed prescription itself. If it is missing, the practice can no "
               "longer show what was ordered when a pharmacy or a court asks.",
     .bad = R"(<Meldinger>
  <Melding>
    <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
    <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
    <Type V="ERM1" DN="Resept" />
  </Melding>
</Meldinger>
<Behandlinger>
  <Legemiddelbehandling>
    <Prescription>
      <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
      <ReseptId>b0f4862d-5e19-4cd7-a3b6-e17c90fd8430</ReseptId>
    </Prescription>
  </Legemiddelbehandling>
</Behandlinger>)",
     .good = R"(<Meldinger>
  <Melding>
    <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
    <MsgId>b0f4862d-5e19-4cd7-a3b6-e17c90fd8430</MsgId>
    <Type V="ERM1" DN="Resept" />
  </Melding>
</Meldinger>
<Behandlinger>
  <Legemiddelbehandling>
    <Prescription>
      <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
      <ReseptId>b0f4862d-5e19-4cd7-a3b6-e17c90fd8430</ReseptId>
    </Prescription>
  </Legemiddelbehandling>
</Behandlinger>)",
     .csharp = "The archive of messages gives every file a new GUID, and Melding.MsgId is filled "
               "from the archive instead of the M1.",
     .java = "Messages older than the partition in use were detached, and the query sees the rest "
             "only.",
     .node = "The M1 of imported prescriptions is kept as a string inside the prescription and "
             "never written as a file.",
     .related = "TRT-10 TRT-11 MSG-11 MSG-24"},
    {.id = "TRT-13",
     .reason = "The status says what is still to be sent: a prescription (M1) or a withdrawal "
               "(M5). An unknown word leaves it unsent for ever, and an error text beside a "
               "pending one reports a failure that has not happened.",
     .bad = R"(<RfSendStatus>M1Pending</RfSendStatus>
<RFSendFeilmelding>Timeout</RFSendFeilmelding>)",
     .good = R"(<RfSendStatus>M1Failed</RfSendStatus>
<RFSendFeilmelding>Timeout</RFSendFeilmelding>)",
     .csharp = "The retry loop sets the status back to pending in its catch block and keeps "
               "exception.Message from the first attempt.",
     .java = "setStatus and setError are two update statements, and @Transactional is bypassed by "
             "a call inside the same class.",
     .node = "lastError is only overwritten by a newer error, never cleared by a success.",
     .related = "TRT-14 TRT-29 MSG-16"},
    {.id = "TRT-14",
     .reason = "The status in Reseptformidleren tells whether a prescription can still be "
               "dispensed. In other words than those of code list 7408 the doctor cannot see that "
               "it is withdrawn or expired.",
     .bad = R"(<RfStatus>E</RfStatus>)",
     .good = R"(<RfStatus>Ekspederbar</RfStatus>)",
     .csharp = "The property holds the V of the code, and the CS type with its DN was flattened "
               "by AutoMapper.",
     .java = "The CS of the M9.6 is unmarshalled and only getV() kept.",
     .node = "const { V: status } = answer.Status takes the letter and throws the text away.",
     .related = "TRT-13 TRT-22"},
    {.id = "TRT-15",
     .reason = "The source says how much a prescription can be trusted: known from the register, "
               "from kjernejournal, or from a dispensing only. An unknown source is treated like "
               "none, and the entry has to be clarified by hand.",
     .bad = R"(<ItemSource>Reseptformidleren</ItemSource>)",
     .good = R"(<ItemSource>Rf</ItemSource>)",
     .csharp = "Enum.GetName prints Utl_KJ for Utl/KJ, since a slash cannot stand in a C# name; "
               "[XmlEnum(\"Utl/KJ\")] can say it.",
     .java = "Constants such as P_UTL_K are translated back by replace('_', '/'), which is right "
             "for some and wrong for the rest.",
     .node = "The union type \"rf\" | \"kj\" | … in small letters is written without a table.",
     .related = "TRT-16 TRT-17"},
}};

}  // namespace

std::span<const RulePage> trt_pages_from_08() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
