#include "verifier/pages/trt_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 8> pages = {{
    {.id = "TRT-36",
     .reason = "Start and end are plain text in the schema, so no validator looks at them. A "
               "dosing plan that ends before it starts, or whose dates cannot be read, is never "
               "given or never stopped.",
     .bad = R"(<Dosering>
  <Starttidspunkt V="01.03.2025" />
  <Sluttidspunkt V="2025-03-10" />
</Dosering>)",
     .good = R"(<Dosering>
  <Starttidspunkt V="2025-03-01" />
  <Sluttidspunkt V="2025-03-10" />
</Dosering>)",
     .csharp = "ToShortDateString() follows the culture of the process: nb-NO gives 01.03.2025, "
               "en-US 3/1/2025.",
     .java = "DateTimeFormatter.ofLocalizedDate in place of ISO_LOCAL_DATE; the field is a "
             "String, so every format compiles.",
     .node = "toLocaleDateString(\"nb-NO\") writes 1.3.2025, without zeros and with points.",
     .related = "DAT-08 TRT-30 PAT-30"},
    {.id = "TRT-37",
     .reason = "Doses are calculated with. Infinity, not-a-number and negative amounts pass the "
               "schema and stop the calculation, or produce a dose that harms.",
     .bad = R"(<DoseFastTidspunkt>
  <Mengde U="tablett" V="NaN" />
  <GisEksakt>false</GisEksakt>
</DoseFastTidspunkt>)",
     .good = R"(<DoseFastTidspunkt>
  <Mengde U="tablett" V="1" />
  <GisEksakt>false</GisEksakt>
</DoseFastTidspunkt>)",
     .csharp = "double divides by zero without an exception; XmlConvert.ToString writes INF and "
               "NaN, which XSD allows.",
     .java = "Double.parseDouble(\"NaN\") succeeds, and a ratio of two primitives 0.0 / 0.0 does "
             "not throw either.",
     .node = "parseFloat(\"1/2\") is 1 and parseFloat(\"halv\") is NaN; a half tablet is entered "
             "both ways.",
     .related = "ORG-30 TRT-32 TRT-38"},
    {.id = "TRT-38",
     .reason = "Between the two limits lies the range in which the blood neither clots nor bleeds "
               "too easily. Swapped, no value lies between them, and the dose table proposes a "
               "change at each control.",
     .bad = R"(<InrMinimum>3.0</InrMinimum>
<InrMaximum>2.0</InrMaximum>)",
     .good = R"(<InrMinimum>2.0</InrMinimum>
<InrMaximum>3.0</InrMaximum>)",
     .csharp = "A ValueTuple (decimal, decimal) from the range parser has no names, and Item1 was "
               "taken for the upper one.",
     .java = "Guava's Range.closed would refuse swapped bounds; two loose BigDecimal setters "
             "refuse nothing.",
     .node = "split(\"-\") of \"3,0-2,0\", as people type it, keeps the order of typing.",
     .related = "ORG-28 TRT-37"},
    {.id = "TRT-39",
     .reason = "An exact time without a time says that the hour matters and does not name it. "
               "Whoever gives the medicine has to choose an hour, which is what the flag was to "
               "prevent.",
     .bad = R"(<DoseFastTidspunkt>
  <Mengde U="tablett" V="1" />
  <GisEksakt>true</GisEksakt>
</DoseFastTidspunkt>)",
     .good = R"(<DoseFastTidspunkt>
  <Mengde U="tablett" V="1" />
  <Klokkeslett>08:00:00</Klokkeslett>
  <GisEksakt>true</GisEksakt>
</DoseFastTidspunkt>)",
     .csharp = "XmlSerializer writes a TimeSpan as a duration, PT8H; the file was invalid, and "
               "the property was marked [XmlIgnore].",
     .java = "A LocalTime of midnight was treated as \"not set\", because LocalTime.MIN is also "
             "the default in the form.",
     .node = "if (dose.hour) is false for hour 0.",
     .related = "TRT-36 TRT-37"},
    {.id = "TRT-40",
     .reason = "A request to dispense goes to one pharmacy or shop, by its organisation number. "
               "With a mistyped number it goes to nobody, and the patient waits at the counter.",
     .bad = R"(<EkspAnm>
  <Utleverer>Testapoteket</Utleverer>
  <OrgNrUtleverer>310000231</OrgNrUtleverer>
  <UtlevererNavn>Testapoteket</UtlevererNavn>
</EkspAnm>)",
     .good = R"(<EkspAnm>
  <Utleverer>Testapoteket</Utleverer>
  <OrgNrUtleverer>310000221</OrgNrUtleverer>
  <UtlevererNavn>Testapoteket</UtlevererNavn>
</EkspAnm>)",
     .csharp = "The pharmacy register is typed in by hand, and [StringLength(9)] is the only "
               "check on the model.",
     .java = "@Pattern(\"\\\\d{9}\") counts digits and calculates nothing.",
     .node = "The HER id of the pharmacy, or its account number, was put into the field that has "
             "the right length.",
     .related = "IDN-10 ORG-18 PAT-24"},
    {.id = "TRT-41",
     .reason = "A comment or deletion without a known author is hearsay in a medical record. The "
               "user has to come along even after leaving the practice.",
     .bad = R"(<LokalKommentar>
  <Aktiv>true</Aktiv>
  <Dato>2025-03-01T10:00:00</Dato>
  <BrukerId>b81d4e27-0c93-4f5a-8e6b-92d7c3a1f402</BrukerId>
  <Kommentar>Tas med mat</Kommentar>
</LokalKommentar>
<!-- ExportData.xml has only the user 3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01 -->)",
     .good = R"(<LokalKommentar>
  <Aktiv>true</Aktiv>
  <Dato>2025-03-01T10:00:00</Dato>
  <BrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</BrukerId>
  <Kommentar>Tas med mat</Kommentar>
</LokalKommentar>
<!-- ExportData.xml has only the user 3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01 -->)",
     .csharp = "Comments are stored with ClaimTypes.NameIdentifier, which changed when logging in "
               "moved to HelseID.",
     .java = "Envers' revision entity knows the author by login name, and a UUID is derived from "
             "that name on the fly.",
     .node = "The user id of comments is that of the message board service, synchronised once and "
             "never since.",
     .related = "TRT-18 ORG-01 PAT-21"},
    {.id = "TRT-42",
     .reason = "An answer follows its question. In the other order the record shows a pharmacist "
               "answering what nobody had asked, and what was agreed cannot be reconstructed.",
     .bad = R"(<Sporsmal>
  <Tidspunkt>2025-03-01T10:00:00</Tidspunkt>
  <Stiller>Testapoteket</Stiller>
  <Svar>
    <Tidspunkt>2025-03-01T09:20:00</Tidspunkt>
  </Svar>
</Sporsmal>)",
     .good = R"(<Sporsmal>
  <Tidspunkt>2025-03-01T10:00:00</Tidspunkt>
  <Stiller>Testapoteket</Stiller>
  <Svar>
    <Tidspunkt>2025-03-01T10:20:00</Tidspunkt>
  </Svar>
</Sporsmal>)",
     .csharp = "DateTimeKind.Unspecified is what comes out of SQL Server, and ToLocalTime() "
               "shifts it although it is local already.",
     .java = "The question is an OffsetDateTime cut by toLocalDateTime() in the sender's offset; "
             "the answer was turned to Oslo time first.",
     .node = "new Date(\"2025-03-01T10:00:00\") reads local time, with a Z at the end UTC: "
             "question and answer come from two services.",
     .related = "TRT-23 DAT-04 MSG-15"},
    {.id = "TRT-43",
     .reason = "Treatments with goods carry the end twice, above and in the prescription. When "
               "the two differ it is open on which day the patient was to stop.",
     .bad = R"(<NIBBehandling>
  <LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId>
  <Seponering>
    <Tidspunkt>2025-05-01T00:00:00</Tidspunkt>
  </Seponering>
  <Prescription>
    <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
    <HeadOfHistory>true</HeadOfHistory>
    <Aktiv>true</Aktiv>
    <Seponering>
      <Tidspunkt>2025-05-20T00:00:00</Tidspunkt>
    </Seponering>
  </Prescription>
</NIBBehandling>)",
     .good = R"(<NIBBehandling>
  <LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId>
  <Seponering>
    <Tidspunkt>2025-05-01T00:00:00</Tidspunkt>
  </Seponering>
  <Prescription>
    <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
    <HeadOfHistory>true</HeadOfHistory>
    <Aktiv>true</Aktiv>
    <Seponering>
      <Tidspunkt>2025-05-01T00:00:00</Tidspunkt>
    </Seponering>
  </Prescription>
</NIBBehandling>)",
     .csharp = "The stop on the treatment is a computed property, the latest of all; that on the "
               "prescription is the row itself.",
     .java = "An event listener copies the stop to the treatment on @PostPersist, and not when "
             "the stop is changed (@PostUpdate).",
     .node = "A batch script ended prescriptions with updateMany and left the parents alone.",
     .related = "TRT-22 TRT-23 DAT-01"},
}};

}  // namespace

std::span<const RulePage> trt_pages_from_36() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
