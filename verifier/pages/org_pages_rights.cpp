#include "verifier/pages/org_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 8> pages = {{
    {.id = "ORG-08",
     .reason = "The name is what pharmacists, colleagues and patients see beside a prescription. "
               "A user without one shows up as a blank line in every list of the new system.",
     .bad = R"(<Brukernavn>kari.lege</Brukernavn>
<Brukertype>Doctor</Brukertype>
<Aktiv>true</Aktiv>
<FamilyName>Kari Test</FamilyName>)",
     .good = R"(<Brukernavn>kari.lege</Brukernavn>
<Brukertype>Doctor</Brukertype>
<Aktiv>true</Aktiv>
<FamilyName>Test</FamilyName>
<GivenName>Kari</GivenName>)",
     .csharp = "DisplayName from the directory goes into FamilyName whole, because the user table "
               "has no separate columns.",
     .java = "name.split(\" \", 2) is called, but only its last part is used; JAXB leaves the "
             "null GivenName out.",
     .node = "Destructuring [given, family] = name.split(\" \") and swapping or forgetting one of "
             "them passes silently.",
     .related = "ORG-02 XML-05"},
    {.id = "ORG-09",
     .reason = "The field says whether a doctor may prescribe narcotics (group A) and addictive "
               "medicines (group B). The new system has to understand it: a guess gives somebody "
               "a right that was withdrawn, or takes one away.",
     .bad = R"(<ForskrivningsrettAB>NOTA</ForskrivningsrettAB>)",
     .good = R"(<ForskrivningsrettAB>NotA</ForskrivningsrettAB>)",
     .csharp = "A naming policy of the serializer, or ToString().ToUpperInvariant(), changes the "
               "capitals of the enum member.",
     .java = "Enum constants are NOT_A and NOT_AB by convention; without @XmlEnumValue JAXB "
             "writes exactly these.",
     .node = "The right is stored as a bit mask and printed as 1 or 3, because only the user "
             "interface turns it into words.",
     .related = "ORG-10 ORG-11"},
    {.id = "ORG-10",
     .reason = "A doctor's right to prescribe groups A and B can be limited by the authorities. "
               "If the export is silent, the limitation is lost on the way.",
     .bad = R"(<Brukertype>Doctor</Brukertype>
<Aktiv>true</Aktiv>
<TypeHealthcareProfessional V="LE" DN="Lege" />)",
     .good = R"(<Brukertype>Doctor</Brukertype>
<Aktiv>true</Aktiv>
<TypeHealthcareProfessional V="LE" DN="Lege" />
<ForskrivningsrettAB>All</ForskrivningsrettAB>)",
     .csharp = "[DefaultValue] on the property makes XmlSerializer skip the element whenever the "
               "value is the default, and All is the default.",
     .java = "The setter is called only for doctors with a restriction; for all others the field "
             "stays null, and null is not marshalled.",
     .node = "if (user.abRight) { … } is false for 0, and 0 happens to be the constant for "
             "unrestricted.",
     .related = "ORG-09 ORG-12"},
    {.id = "ORG-11",
     .reason = "Midwives and public health nurses prescribe contraceptives when they have been "
               "given the right; this flag is made for them. On anybody else it says nothing, and "
               "hints that the two rights were mixed up.",
     .bad = R"(<Brukertype>Doctor</Brukertype>
<Aktiv>true</Aktiv>
<HarForskrivningsrett>true</HarForskrivningsrett>
<ForskrivningsrettAB>All</ForskrivningsrettAB>)",
     .good = R"(<Brukertype>Doctor</Brukertype>
<Aktiv>true</Aktiv>
<ForskrivningsrettAB>All</ForskrivningsrettAB>)",
     .csharp = "bool instead of bool? for the property: XmlSerializer writes false for everybody "
               "unless a …Specified twin says otherwise.",
     .java = "The field is a primitive boolean, which is never null, so every user carries it; "
             "Boolean could stay away.",
     .node = "Spreading a default object { hasPrescribingRight: true, …user } gives the flag to "
             "all users.",
     .related = "ORG-09 ORG-10 ORG-03"},
    {.id = "ORG-12",
     .reason = "Role and profession have to tell the same story: a user who is a Doctor here and "
               "a nurse in the code is shown wrongly in one of two places. What the profession "
               "may prescribe hangs on the code.",
     .bad = R"(<Brukertype>Doctor</Brukertype>
<Aktiv>true</Aktiv>
<TypeHealthcareProfessional V="SP" DN="Sykepleier" />)",
     .good = R"(<Brukertype>Doctor</Brukertype>
<Aktiv>true</Aktiv>
<TypeHealthcareProfessional V="LE" DN="Lege" />)",
     .csharp = "authorisations.First() without an order takes the oldest authorisation of a nurse "
               "who became a doctor.",
     .java = "Authorisations come from a HashSet, and whichever the iterator yields first is "
             "exported.",
     .node = "find() on the professions stops at the first entry, expired or not.",
     .related = "ORG-03 ORG-10 COD-05"},
    {.id = "ORG-13",
     .reason = "Specialities are numbers of code list 7426, which the reimbursement of some "
               "medicines depends on. A name in words looks right to people and matches nothing.",
     .bad = R"(<Spesialitet V="Revmatologi" DN="Revmatologi" />)",
     .good = R"(<Spesialitet V="41" DN="Revmatologi" />)",
     .csharp = "An object initialiser with positional intent, new CS(name, name), fills V and DN "
               "from the same column.",
     .java = "The constructor CS(String v, String dn) takes two Strings, and the compiler cannot "
             "see that the wrong one came first.",
     .node = "The select box stores its label instead of its value, and the exporter has nothing "
             "better to write.",
     .related = "COD-03 COD-05 ORG-12"},
    {.id = "ORG-14",
     .reason = "A number belongs to one person. When two users share it, either somebody was "
               "registered twice or a number was typed on the wrong account; in the second case "
               "prescriptions will be signed in a colleague's name.",
     .bad = R"(<Brukere>
  <Helseperson>
    <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
    <Brukernavn>kari.lege</Brukernavn>
    <Ident>
      <Id>222299101</Id>
      <TypeId V="HPR" S="2.16.578.1.12.4.1.1.8116" DN="HPR-nummer" />
    </Ident>
  </Helseperson>
  <Helseperson>
    <Id>b81d4e27-0c93-4f5a-8e6b-92d7c3a1f402</Id>
    <Brukernavn>ola.lege</Brukernavn>
    <Ident>
      <Id>222299101</Id>
      <TypeId V="HPR" S="2.16.578.1.12.4.1.1.8116" DN="HPR-nummer" />
    </Ident>
  </Helseperson>
</Brukere>)",
     .good = R"(<Brukere>
  <Helseperson>
    <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
    <Brukernavn>kari.lege</Brukernavn>
    <Ident>
      <Id>222299101</Id>
      <TypeId V="HPR" S="2.16.578.1.12.4.1.1.8116" DN="HPR-nummer" />
    </Ident>
  </Helseperson>
  <Helseperson>
    <Id>b81d4e27-0c93-4f5a-8e6b-92d7c3a1f402</Id>
    <Brukernavn>ola.lege</Brukernavn>
    <Ident>
      <Id>222299102</Id>
      <TypeId V="HPR" S="2.16.578.1.12.4.1.1.8116" DN="HPR-nummer" />
    </Ident>
  </Helseperson>
</Brukere>)",
     .csharp = "One Ident instance is reused in the loop and changed after it was added; all "
               "users end with the number of the last.",
     .java = "clone() of a template user copies the list of identities by reference, so both "
             "users hold the same list.",
     .node = "Array(n).fill({}) puts one object into every place, and the last assignment wins "
             "for all.",
     .related = "ORG-01 ORG-06 PAT-04"},
    {.id = "ORG-15",
     .reason = "An export in which nobody active may administrate or prescribe leaves the "
               "practice with a system that nobody can take into use. Mostly it shows that active "
               "users were filtered away.",
     .bad = R"(<Brukere>
  <Helseperson>
    <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
    <Brukernavn>kari.lege</Brukernavn>
    <Brukertype>Doctor</Brukertype>
    <Aktiv>false</Aktiv>
  </Helseperson>
</Brukere>)",
     .good = R"(<Brukere>
  <Helseperson>
    <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
    <Brukernavn>kari.lege</Brukernavn>
    <Brukertype>Doctor</Brukertype>
    <Aktiv>true</Aktiv>
  </Helseperson>
</Brukere>)",
     .csharp = "The filter reads Where(u => u.IsDisabled) after a rename from IsEnabled; "
               "everybody exported is somebody who has left.",
     .java = "Active is derived from a login session that the export job does not have, so "
             "isActive() answers false for all.",
     .node = "Comparing the column with === true fails for the 1 that the database driver "
             "delivers.",
     .related = "ORG-03 ORG-04 ORG-19"},
}};

}  // namespace

std::span<const RulePage> org_pages_from_08() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
