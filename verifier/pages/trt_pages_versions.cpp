#include "verifier/pages/trt_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 7> pages = {{
    {.id = "TRT-01",
     .reason = "Accepted interactions and the medicine list name a treatment by its LibId. With a "
               "double one, a decision about one medicine is shown for another.",
     .bad = R"(<Behandlinger>
  <Legemiddelbehandling><LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId></Legemiddelbehandling>
  <VaksineBehandling><LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId></VaksineBehandling>
</Behandlinger>)",
     .good = R"(<Behandlinger>
  <Legemiddelbehandling><LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId></Legemiddelbehandling>
  <VaksineBehandling><LibId>1f86d03b-c7e4-4952-bd10-9c5a7e2f4822</LibId></VaksineBehandling>
</Behandlinger>)",
     .csharp = "Each kind of treatment has its own table with int keys, and new Guid(id, 0, 0, "
               "new byte[8]) maps 7 to the same GUID in all four.",
     .java = "UUID.nameUUIDFromBytes gets the row number only, without the name of the table in "
             "front.",
     .node = "uuidv5(String(row.id), NAMESPACE) is called with one namespace for medicines, goods "
             "and vaccines.",
     .related = "PAT-32 TRT-02 TRT-08"},
    {.id = "TRT-02",
     .reason = "Medicine, amount and dosage stand in the prescribing details, not in the "
               "prescription. When the reference leads nowhere, or into another treatment, the "
               "patient has a prescription for nothing or for the wrong medicine.",
     .bad = R"(<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <ForskrivningsInfoId>3ce809b5-97d2-4a1f-8e70-b5f46d2c1329</ForskrivningsInfoId>
</Prescription>
<PrescriptionDetails>
  <LegemiddelForskrivningsInfo>
    <Id>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</Id>
  </LegemiddelForskrivningsInfo>
</PrescriptionDetails>)",
     .good = R"(<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <ForskrivningsInfoId>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</ForskrivningsInfoId>
</Prescription>
<PrescriptionDetails>
  <LegemiddelForskrivningsInfo>
    <Id>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</Id>
  </LegemiddelForskrivningsInfo>
</PrescriptionDetails>)",
     .csharp = "Details are loaded with FirstOrDefault per medicine instead of per treatment, so "
               "two treatments share one object.",
     .java = "@OneToOne(mappedBy) points from the details to the newest version only; older "
             "versions get the id of details that were replaced.",
     .node = "$lookup on a renamed field returns an empty array, and the id is written without "
             "what it stands for.",
     .related = "TRT-03 TRT-04 TRT-34"},
    {.id = "TRT-03",
     .reason = "Details that no prescription names are medicine without a prescription. Either a "
               "version was left out, or a reference went to the wrong place.",
     .bad = R"(<Prescription>
  <ForskrivningsInfoId>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</ForskrivningsInfoId>
</Prescription>
<PrescriptionDetails>
  <LegemiddelForskrivningsInfo>
    <Id>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</Id>
  </LegemiddelForskrivningsInfo>
  <LegemiddelForskrivningsInfo>
    <Id>3ce809b5-97d2-4a1f-8e70-b5f46d2c1329</Id>
  </LegemiddelForskrivningsInfo>
</PrescriptionDetails>)",
     .good = R"(<Prescription>
  <ForskrivningsInfoId>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</ForskrivningsInfoId>
</Prescription>
<PrescriptionDetails>
  <LegemiddelForskrivningsInfo>
    <Id>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</Id>
  </LegemiddelForskrivningsInfo>
</PrescriptionDetails>)",
     .csharp = "Include(t => t.Details) brings along drafts that were never attached to a "
               "version.",
     .java = "orphanRemoval is off, so details of a cancelled edit stay in the collection of the "
             "treatment.",
     .node = "Every autosave inserts details; only the last ones get their prescription.",
     .related = "TRT-02 TRT-16"},
    {.id = "TRT-04",
     .reason = "A prescription changes over time, and the history is followed from version to "
               "version by this id. The schema does not insist on it, but without it the order of "
               "events is lost.",
     .bad = R"(<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <HeadOfHistory>true</HeadOfHistory>
  <Aktiv>true</Aktiv>
  <ForskrivningsInfoId>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</ForskrivningsInfoId>
</Prescription>)",
     .good = R"(<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <HeadOfHistory>true</HeadOfHistory>
  <Aktiv>true</Aktiv>
  <PrescriptionVersionId>08d7e2c4-5fa1-4b98-8c6e-d43b90f7a125</PrescriptionVersionId>
  <ForskrivningsInfoId>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</ForskrivningsInfoId>
</Prescription>)",
     .csharp = "The rowversion column is the version in your database: eight bytes that are no "
               "GUID, so the property stayed unmapped.",
     .java = "@Version Integer counts 0, 1, 2 within each prescription, and JAXB has no field for "
             "it.",
     .node = "__v of Mongoose numbers the saves and cannot name one of them across documents.",
     .related = "TRT-05 TRT-07 ORG-33"},
    {.id = "TRT-05",
     .reason = "The chain tells what was changed after what: sent, dispensed, withdrawn. With a "
               "break or a fork, the reader sees two competing states and may take a withdrawn "
               "prescription for a valid one.",
     .bad = R"(<Prescription>
 <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
 <PrescriptionVersionId>08d7e2c4-5fa1-4b98-8c6e-d43b90f7a125</PrescriptionVersionId>
</Prescription>
<Prescription>
 <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
 <PrescriptionVersionId>9be564f0-a38c-4217-bf5d-06c1d7e92a26</PrescriptionVersionId>
 <RefForrigePrescriptionVersion>47c01da9-e6b3-4f80-a912-8e5f3b7dc427</RefForrigePrescriptionVersion>
</Prescription>)",
     .good = R"(<Prescription>
 <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
 <PrescriptionVersionId>08d7e2c4-5fa1-4b98-8c6e-d43b90f7a125</PrescriptionVersionId>
</Prescription>
<Prescription>
 <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
 <PrescriptionVersionId>9be564f0-a38c-4217-bf5d-06c1d7e92a26</PrescriptionVersionId>
 <RefForrigePrescriptionVersion>08d7e2c4-5fa1-4b98-8c6e-d43b90f7a125</RefForrigePrescriptionVersion>
</Prescription>)",
     .csharp = "Technical versions are skipped by Where(v => v.IsUserVisible) without joining "
               "their neighbours anew.",
     .java = "The previous version is a @ManyToOne proxy, and getId() on a row that was archived "
             "away still answers.",
     .node = "The list is filtered before .map((v, i, all) => all[i - 1]), or sorted after it: "
             "the neighbour is another one.",
     .related = "TRT-04 TRT-06 TRT-09"},
    {.id = "TRT-06",
     .reason = "A renewal takes the place of the prescription it renews, which must not be "
               "dispensed any more. If that one is not in the file, both may look valid and the "
               "patient gets the double amount.",
     .bad = R"(<Prescription>
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
     .csharp = "Expired prescriptions are cut off by Where(p => p.ValidTo > cutoff), and the one "
               "renewed last year is among them.",
     .java = "A renewal started a new treatment in your model, so the earlier prescription lies "
             "in another aggregate and another Legemiddelbehandling.",
     .node = "renewedFrom holds the ReseptId of the register instead of your own id.",
     .related = "TRT-05 TRT-08 TRT-01"},
    {.id = "TRT-07",
     .reason = "The active version is the state that holds now. With none the prescription has no "
               "present; with two, the screen shows whichever is read first.",
     .bad = R"(<Prescription>
 <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
 <Aktiv>true</Aktiv>
 <PrescriptionVersionId>08d7e2c4-5fa1-4b98-8c6e-d43b90f7a125</PrescriptionVersionId>
</Prescription>
<Prescription>
 <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
 <Aktiv>true</Aktiv>
 <PrescriptionVersionId>9be564f0-a38c-4217-bf5d-06c1d7e92a26</PrescriptionVersionId>
 <RefForrigePrescriptionVersion>08d7e2c4-5fa1-4b98-8c6e-d43b90f7a125</RefForrigePrescriptionVersion>
</Prescription>)",
     .good = R"(<Prescription>
 <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
 <Aktiv>false</Aktiv>
 <PrescriptionVersionId>08d7e2c4-5fa1-4b98-8c6e-d43b90f7a125</PrescriptionVersionId>
</Prescription>
<Prescription>
 <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
 <Aktiv>true</Aktiv>
 <PrescriptionVersionId>9be564f0-a38c-4217-bf5d-06c1d7e92a26</PrescriptionVersionId>
 <RefForrigePrescriptionVersion>08d7e2c4-5fa1-4b98-8c6e-d43b90f7a125</RefForrigePrescriptionVersion>
</Prescription>)",
     .csharp = "Aktiv is mapped from Status == Valid, which is a property of the prescription and "
               "true for all of its versions.",
     .java = "isActive() compares the end date with today and never looks at the other versions.",
     .node = "versions.at(-1).active = true is set on a copy made by structuredClone, and the "
             "original goes out.",
     .related = "TRT-05 TRT-08 TRT-09"},
}};

}  // namespace

std::span<const RulePage> trt_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
