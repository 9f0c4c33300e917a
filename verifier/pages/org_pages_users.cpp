#include "verifier/pages/org_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 7> pages = {{
    {.id = "ORG-01",
     .reason = "Everything else in an export points at a user by this Id: prescriptions, reports, "
               "templates, the inbox. Two users with one Id make it a matter of chance whose name "
               "stands under a prescription; an empty Id cannot be pointed at.",
     .bad = R"(<Brukere>
  <Helseperson>
    <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
    <Brukernavn>kari.lege</Brukernavn>
  </Helseperson>
  <Helseperson>
    <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
    <Brukernavn>ola.lege</Brukernavn>
  </Helseperson>
</Brukere>)",
     .good = R"(<Brukere>
  <Helseperson>
    <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
    <Brukernavn>kari.lege</Brukernavn>
  </Helseperson>
  <Helseperson>
    <Id>b81d4e27-0c93-4f5a-8e6b-92d7c3a1f402</Id>
    <Brukernavn>ola.lege</Brukernavn>
  </Helseperson>
</Brukere>)",
     .csharp = "The query joins users with their roles and nobody calls Distinct, so a user with "
               "two roles is written twice.",
     .java = "A fetch join over a collection of roles returns the same User entity once for each "
             "role; a LinkedHashSet or select distinct is missing.",
     .node = "rows.flatMap(user => user.roles.map(…)) makes one record for each role where one "
             "for each user was meant.",
     .related = "ORG-14 ORG-19 TRT-18 XML-05"},
    {.id = "ORG-02",
     .reason = "After the move people look for themselves and their colleagues under the name "
               "they have always logged in with. A blank or shared name gives the administrator "
               "accounts that cannot be told apart.",
     .bad = R"(<Helseperson>
  <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
  <Brukernavn></Brukernavn>
  <Brukertype>Doctor</Brukertype>
  <Aktiv>true</Aktiv>
</Helseperson>)",
     .good = R"(<Helseperson>
  <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
  <Brukernavn>kari.lege</Brukernavn>
  <Brukertype>Doctor</Brukertype>
  <Aktiv>true</Aktiv>
</Helseperson>)",
     .csharp = "UserName is null for accounts that log in through Active Directory, and "
               "`user.UserName ?? \"\"` keeps the serializer quiet.",
     .java = "An @XmlElement(required = true) field is filled with an empty String in the "
             "constructor, and nobody sets it for accounts taken over from LDAP.",
     .node = "The name is built as `${first}.${last}`.toLowerCase(), and the second Kari Lege of "
             "the practice gets the same one.",
     .related = "ORG-01 ORG-08"},
    {.id = "ORG-03",
     .reason = "The kind of user decides what somebody may see and do in the new system. A word "
               "outside the eight known ones (Admin, Doctor, Assistant, ReadOnly, Nurse, Dentist, "
               "Helsesoster, Midwife) can be given no rights, so the person is locked out on the "
               "first day.",
     .bad = R"(<Brukertype>Lege</Brukertype>)",
     .good = R"(<Brukertype>Doctor</Brukertype>)",
     .csharp = "Role.ToString() on an enum with Norwegian member names puts your own vocabulary "
               "into the file.",
     .java = "role.name() is written where a mapping to the format's words belongs; a later "
             "rename of the enum constant then changes the export as well.",
     .node = "The role column goes out as it is stored, and a new role added by an administrator "
             "appears in no lookup object.",
     .related = "ORG-04 ORG-12"},
    {.id = "ORG-04",
     .reason = "An active account without a kind would be created without rights, or with rights "
               "that nobody chose. In the published example only the inactive system user goes "
               "without.",
     .bad = R"(<Brukernavn>kari.lege</Brukernavn>
<Brukertype></Brukertype>
<Aktiv>true</Aktiv>)",
     .good = R"(<Brukernavn>kari.lege</Brukernavn>
<Brukertype>Doctor</Brukertype>
<Aktiv>true</Aktiv>)",
     .csharp = "roles.FirstOrDefault()?.Code yields null for users whose role comes from a group, "
               "and the writer turns null into an empty element.",
     .java = "A left join to the role table with an inner condition in the where clause drops "
             "group roles, so Optional.orElse(\"\") is taken.",
     .node = "The map lookup kinds[user.role] gives undefined for a role in other capitals, and "
             "the XML builder prints nothing for undefined.",
     .related = "ORG-03 ORG-05 ORG-15"},
    {.id = "ORG-05",
     .reason = "The nil GUID stands for the machine, not for a person: background jobs sign with "
               "it. Active, it would be an account that nobody owns and everybody may be taken "
               "for.",
     .bad = R"(<Helseperson>
  <Id>00000000-0000-0000-0000-000000000000</Id>
  <Brukernavn>system</Brukernavn>
  <Brukertype></Brukertype>
  <Aktiv>true</Aktiv>
</Helseperson>)",
     .good = R"(<Helseperson>
  <Id>00000000-0000-0000-0000-000000000000</Id>
  <Brukernavn>system</Brukernavn>
  <Brukertype></Brukertype>
  <Aktiv>false</Aktiv>
</Helseperson>)",
     .csharp = "A user without key is written as Guid.Empty: the property was never assigned, and "
               "default(Guid) is a value like any other.",
     .java = "new UUID(0, 0) marks background jobs in the audit table, and the exporter sets "
             "active for whatever stands in that table.",
     .node = "A fallback such as id ?? NIL from the uuid package hides that a person has no id of "
             "their own.",
     .related = "ORG-01 ORG-04 XML-10"},
    {.id = "ORG-06",
     .reason = "Who prescribes is known to Reseptformidleren by the HPR number. Without it the "
               "user can log in after the migration, but the first prescription is refused.",
     .bad = R"(<Helseperson>
  <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
  <Brukernavn>kari.lege</Brukernavn>
  <Brukertype>Doctor</Brukertype>
  <Aktiv>true</Aktiv>
  <Ident>
    <Id>12836110038</Id>
    <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
  </Ident>
</Helseperson>)",
     .good = R"(<Helseperson>
  <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
  <Brukernavn>kari.lege</Brukernavn>
  <Brukertype>Doctor</Brukertype>
  <Aktiv>true</Aktiv>
  <Ident>
    <Id>12836110038</Id>
    <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
  </Ident>
  <Ident>
    <Id>222299101</Id>
    <TypeId V="HPR" S="2.16.578.1.12.4.1.1.8116" DN="HPR-nummer" />
  </Ident>
</Helseperson>)",
     .csharp = "The exporter adds one Ident for each user because the model has a single PersonId "
               "property; the HPR number lives in the licence table.",
     .java = "@XmlElement on a single Ident field instead of List<Ident> keeps only the number "
             "that was set last.",
     .node = "Object.fromEntries over the identities, keyed by person, leaves one of two.",
     .related = "ORG-07 ORG-14 IDN-09 TRT-20"},
    {.id = "ORG-07",
     .reason = "Users log in through HelseID, which knows them by their national number. An "
               "account without one cannot be joined with the person who logs in.",
     .bad = R"(<Brukernavn>anne.sekretar</Brukernavn>
<Brukertype>Assistant</Brukertype>
<Aktiv>true</Aktiv>
<FamilyName>Test</FamilyName>
<GivenName>Anne</GivenName>)",
     .good = R"(<Brukernavn>anne.sekretar</Brukernavn>
<Brukertype>Assistant</Brukertype>
<Aktiv>true</Aktiv>
<FamilyName>Test</FamilyName>
<GivenName>Anne</GivenName>
<Ident>
  <Id>12836110461</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "The number is decrypted lazily, and the export job runs under an account without "
               "the key: the property returns null and no exception.",
     .java = "A @Convert attribute converter masks national numbers for every role but personnel "
             "administration, the export role included.",
     .node = "A privacy middleware deletes the field nationalId from every user object before the "
             "exporter sees it.",
     .related = "ORG-06 IDN-02 IDN-06"},
}};

}  // namespace

std::span<const RulePage> org_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
