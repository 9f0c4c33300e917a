#include "verifier/pages/cod_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 5> pages = {{
    {.id = "COD-01",
     .reason = "A code means nothing without its list, and lists are named by OID. With a name or "
               "nothing in its place the code cannot be looked up or translated.",
     .bad = R"(<Atc V="C07AB02" S="ATC" DN="Metoprolol" />)",
     .good = R"(<Atc V="C07AB02" S="2.16.578.1.12.4.1.1.7180" DN="Metoprolol" />)",
     .csharp = "S is filled from a class named CodeSystems, whose constants are short names for "
               "the log.",
     .java = "@XmlAttribute S of type String accepts anything, and the generated oid type has no "
             "pattern to refuse it.",
     .node = "A FHIR system, urn:oid:2.16.578…, is passed through with its prefix.",
     .related = "COD-02 COD-03 IDN-13"},
    {.id = "COD-02",
     .reason = "Each element takes its codes from one list. Under the OID of another list the "
               "same letters mean something else, and a medicine may be shown with a wrong form "
               "or use.",
     .bad = R"(<Atc V="C07AB02" S="2.16.578.1.12.4.1.1.7448" DN="Metoprolol" />)",
     .good = R"(<Atc V="C07AB02" S="2.16.578.1.12.4.1.1.7180" DN="Metoprolol" />)",
     .csharp = "Two constants differ by one digit, and IntelliSense offered the first.",
     .java = "A MapStruct @Named method for codes is picked by type, so every CV gets the same "
             "one.",
     .node = "The look-up is keyed by element name, and LegemiddelformKort and Atc were mixed "
             "when the table was typed.",
     .related = "COD-01 COD-05 IDN-13"},
    {.id = "COD-03",
     .reason = "The code is for software, its text for people. An empty code cannot be used; an "
               "empty text leaves a blank where the doctor should read the reason or the form.",
     .bad = R"(<LegemiddelformKort V="53" S="2.16.578.1.12.4.1.1.7448" DN="" />)",
     .good = R"(<LegemiddelformKort V="53" S="2.16.578.1.12.4.1.1.7448" DN="Tablett" />)",
     .csharp = "The table stores the code, the text comes from a resource file, and "
               "ResourceManager finds none for the invariant culture of a service.",
     .java = "Display names are cached at start-up, and an unknown key gives \"\" through "
             "getOrDefault.",
     .node = "codes[v]?.text ?? \"\" hides that the list was not loaded.",
     .related = "COD-04 COD-05 XML-05"},
    {.id = "COD-04",
     .reason = "One code with two texts means that somebody wrote a text by hand, or that two "
               "editions of a list are mixed. Readers group by either of them and come to "
               "different lists.",
     .bad = R"(<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <Seponering>
    <Arsak V="A" DN="Avsluttet behandling" />
  </Seponering>
</Prescription>
<Prescription>
  <PrescriptionId>c98f40d5-1b7a-4e63-935c-a62d0e8bf724</PrescriptionId>
  <Seponering>
    <Arsak V="A" DN="Avsluttet" />
  </Seponering>
</Prescription>)",
     .good = R"(<Prescription>
  <PrescriptionId>6e13b7a8-d42f-4c95-a0e8-57f9c2d61b23</PrescriptionId>
  <Seponering>
    <Arsak V="A" DN="Avsluttet behandling" />
  </Seponering>
</Prescription>
<Prescription>
  <PrescriptionId>c98f40d5-1b7a-4e63-935c-a62d0e8bf724</PrescriptionId>
  <Seponering>
    <Arsak V="A" DN="Avsluttet behandling" />
  </Seponering>
</Prescription>)",
     .csharp = "The text was saved with each row when it was chosen, in whatever edition and "
               "language the client had then.",
     .java = "One mapper reads the short name of the code list and another its long name.",
     .node = "Texts are taken from user input where the combo box allows free typing.",
     .related = "COD-03 IDN-15"},
    {.id = "COD-05",
     .reason = "A code that its list does not have can only be kept as text. What hangs on it, "
               "such as which rules of prescribing apply, does not work any more.",
     .bad = R"(<Reseptgruppe V="D" DN="Reseptgruppe D" />)",
     .good = R"(<Reseptgruppe V="C" DN="Reseptgruppe C" />)",
     .csharp = "Values outside an enum survive a cast, (Group)4, and the range is never checked "
               "by Enum.IsDefined.",
     .java = "A local code list was extended in an admin screen, and its additions share the "
             "table with the national ones.",
     .node = "TypeScript's union types exist at compile time only: what comes out of the database "
             "is not checked.",
     .related = "COD-02 COD-03 TRT-21 ORG-12"},
}};

}  // namespace

std::span<const RulePage> cod_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
