#include "verifier/pages/idn_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 15> pages = {{
    {.id = "IDN-01",
     .reason = "Fødselsnummer, D-number and help number have eleven digits. A shorter one mostly "
               "lost its leading zero: everyone born on the first nine days of a month is "
               "concerned.",
     .bad = R"(<Ident>
  <Id>1699010126</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<Ident>
  <Id>01699010126</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "long is the type of the column; ToString(\"D11\") restores the zero, string never "
               "loses it.",
     .java = "A BIGINT mapped to Long: the zero is gone at the first save.",
     .node = "Number(id), or an unquoted number in JSON, on the way from the registration form.",
     .related = "IDN-02 PAT-38 TRT-33 PAT-15"},
    {.id = "IDN-02",
     .reason = "Two check digits reveal nearly every typing mistake. A number that fails them "
               "belongs to nobody, or rather to somebody else than it says: nothing can be looked "
               "up under it.",
     .bad = R"(<Ident>
  <Id>15869310113</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "[RegularExpression(@\"\\d{11}\")] on the form is all that was ever checked.",
     .java = "Character.getNumericValue was forgotten: charAt(i) * weight calculates with 48 to "
             "57, and the check was switched off because it refused everybody.",
     .node = "\"1\" * 3 works, \"1\" + 3 is \"13\": a sum over characters became a text, and the "
             "check passes all.",
     .related = "IDN-01 IDN-03 IDN-10 PAT-08"},
    {.id = "IDN-03",
     .reason = "From 2032 on more check digits will be valid, but no such number has been issued "
               "yet. Today it is a typing mistake that only the coming rule forgives.",
     .bad = R"(<Ident>
  <Id>15869310120</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "A NuGet package for validation was updated to the rule of 2032 and accepts both "
               "kinds without telling which.",
     .java = "The validator skips the first check digit, since that is the one that will be "
             "relaxed.",
     .node = "Test data from a generator with the new rule switched on got into the sample "
             "patients.",
     .related = "IDN-02 IDN-05"},
    {.id = "IDN-04",
     .reason = "The first six digits are a date of birth, with offsets for D-numbers and "
               "synthetic persons. If no such day exists, the number is wrong even when its check "
               "digits are right.",
     .bad = R"(<Ident>
  <Id>31869310118</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "Test numbers are made by rnd.Next(1, 32) for the day and a loop that only looks "
               "for check digits.",
     .java = "A lenient DateTimeFormatter turns the 31st of June into the 1st of July and sees no "
             "mistake.",
     .node = "new Date(1993, 5, 31) rolls over silently; compare getDate() with what was put in.",
     .related = "IDN-02 IDN-05 PAT-08"},
    {.id = "IDN-05",
     .reason = "The three digits after the date tell the century. From 750 to 899 they fit no "
               "year from 1940 to 1999, so the number was typed wrongly or belongs to somebody "
               "born in another century.",
     .bad = R"(<DateOfBirth>1993-06-15</DateOfBirth>
<Ident>
  <Id>15869380080</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<DateOfBirth>1993-06-15</DateOfBirth>
<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "CultureInfo.Calendar.TwoDigitYearMax decides the century, and the individual "
               "digits are never looked at.",
     .java = "\"yy\" in DateTimeFormatter means 2000 to 2099, so all born before are a century "
             "too young and get numbers to match.",
     .node = "Math.floor(Math.random() * 1000) supplies the individual digits of test persons.",
     .related = "IDN-04 IDN-03 PAT-10"},
    {.id = "IDN-06",
     .reason = "The declared kind tells other systems where to look the number up. A D-number "
               "declared as FNR is searched among residents and not found.",
     .bad = R"(<Ident>
  <Id>55869310106</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<Ident>
  <Id>55869310106</Id>
  <TypeId V="DNR" S="2.16.578.1.12.4.1.1.8116" DN="D-nummer" />
</Ident>)",
     .csharp = "The column is called Fnr, so a constant FNR is written for whatever it holds.",
     .java = "isDNumber tests charAt(0) > 4: a char compared with the number 4 is true for every "
             "digit.",
     .node = "The kind comes from the select box, whose first option is what people leave "
             "standing.",
     .related = "IDN-14 IDN-15 PAT-03"},
    {.id = "IDN-07",
     .reason = "Test exports are read by people who may not see patients. A number without the "
               "offsets of synthetic persons may belong to somebody, and then health data has "
               "left the practice.",
     .bad = R"(<!-- an ordinary number; this one is not issued before 2032 -->
<Ident>
  <Id>02013299997</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<!-- a synthetic number: 80 is added to the month -->
<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "The connection string of the export points at a restored copy of production.",
     .java = "spring.profiles.active is missing on the build server, so the default profile, "
             "production, is used.",
     .node = "A \"masked\" dump replaces names by faker and leaves the numbers, since they are "
             "keys.",
     .related = "IDN-08 IDN-06"},
    {.id = "IDN-08",
     .reason = "A synthetic number in production is a test patient among real ones. It would be "
               "looked up in the real registers and found nowhere.",
     .bad = R"(<!-- an export declared to be production data -->
<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good =
         R"(<!-- an export declared to be production data; this number is not issued before 2032 -->
<Ident>
  <Id>02013299997</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "HasData() in a migration seeds a demo patient, in every environment alike.",
     .java = "data.sql is run by Spring Boot at each start, with the persons of the course "
             "material.",
     .node = "Health checks of the front end (Cypress) register a patient each night and never "
             "remove one.",
     .related = "IDN-07 PAT-04"},
    {.id = "IDN-09",
     .reason = "The HPR number leads to a person's authorisation in the register of health "
               "personnel. With letters or too many digits it leads to nobody, and what that "
               "person signed cannot be checked.",
     .bad = R"(<Ident>
  <Id>HPR 222299101</Id>
  <TypeId V="HPR" S="2.16.578.1.12.4.1.1.8116" DN="HPR-nummer" />
</Ident>)",
     .good = R"(<Ident>
  <Id>222299101</Id>
  <TypeId V="HPR" S="2.16.578.1.12.4.1.1.8116" DN="HPR-nummer" />
</Ident>)",
     .csharp = "A display property, $\"HPR {Number}\", is bound in place of Number.",
     .java = "The Lombok @ToString of a value class HprNumber prints HprNumber(value=…), and "
             "concatenation calls it.",
     .node = "The scanned text of the authorisation is stored with its label.",
     .related = "ORG-06 TRT-19 PAT-14"},
    {.id = "IDN-10",
     .reason = "The last of nine digits is calculated from the others. A number that fails "
               "belongs to no organisation: agreement, invoice and address register cannot be "
               "found by it.",
     .bad = R"(<Ident>
  <Id>310000214</Id>
  <TypeId V="ENH" S="2.16.578.1.12.4.1.1.9051" DN="Organisasjonsnummeret i Enhetsregister" />
</Ident>)",
     .good = R"(<Ident>
  <Id>310000213</Id>
  <TypeId V="ENH" S="2.16.578.1.12.4.1.1.9051" DN="Organisasjonsnummeret i Enhetsregister" />
</Ident>)",
     .csharp = "[RegularExpression(@\"^\\d{9}$\")] lets every nine digits through, two swapped "
               "neighbours included.",
     .java = "The number was read from a spreadsheet by POI as a double, and 3.10000213E8 was cut "
             "to what fitted.",
     .node = "A customer number of the invoicing system, nine digits as well, stands in the "
             "column orgnr.",
     .related = "ORG-18 TRT-40 IDN-02"},
    {.id = "IDN-11",
     .reason = "The HER id is the address of a unit in Adresseregisteret, written as a plain "
               "number. Padded or decorated it is another text, and comparisons with messages "
               "fail.",
     .bad = R"(<Ident>
  <Id>0008199001</Id>
  <TypeId V="HER" S="2.16.578.1.12.4.1.1.9051" DN="HER-id" />
</Ident>)",
     .good = R"(<Ident>
  <Id>8199001</Id>
  <TypeId V="HER" S="2.16.578.1.12.4.1.1.9051" DN="HER-id" />
</Ident>)",
     .csharp = "char(10) in the database, and ToString(\"D10\") to please an old import.",
     .java = "A COBOL file with PIC 9(10) is the source, and its field is taken without "
             "stripping.",
     .node = "padStart(10, \"0\") is applied to all identities alike by one formatter.",
     .related = "ORG-17 MSG-20 PAT-15"},
    {.id = "IDN-12",
     .reason = "XXX stands for an identity of your own, in the examples always the GUID of the "
               "record. Another text is allowed; it only cannot be told from the identity of a "
               "third system.",
     .bad = R"(<Ident>
  <Id>pasient-4711</Id>
  <TypeId V="XXX" S="2.16.578.1.12.4.1.1.8116" DN="Annet" />
</Ident>)",
     .good = R"(<Ident>
  <Id>c6b20f93-58a7-4e1d-8b4c-d39e7f15a705</Id>
  <TypeId V="XXX" S="2.16.578.1.12.4.1.1.8116" DN="Annet" />
</Ident>)",
     .csharp = "The IDENTITY column with a prefix is the only key that ever left the database.",
     .java = "@Id Long is exported, because the business key (UUID) came later and is null for "
             "old rows.",
     .node = "A nanoid or an ObjectId serves as key, neither of which is a GUID.",
     .related = "PAT-06 IDN-14 XML-10"},
    {.id = "IDN-13",
     .reason = "The OID says from which list the kind is. Persons have list 8116 and institutions "
               "9051; with the lists exchanged, HER and FNR mean something else or nothing.",
     .bad = R"(<Ident>
  <Id>8199001</Id>
  <TypeId V="HER" S="2.16.578.1.12.4.1.1.8116" DN="HER-id" />
</Ident>)",
     .good = R"(<Ident>
  <Id>8199001</Id>
  <TypeId V="HER" S="2.16.578.1.12.4.1.1.9051" DN="HER-id" />
</Ident>)",
     .csharp = "A const string for the OID sits in the shared IdentMapper, which was written for "
               "patients.",
     .java = "The static factory Ident.of(type, id) fills in one OID for all callers.",
     .node = "A default parameter, (id, type, oid = PERSON_OID), is not overridden for "
             "institutions.",
     .related = "COD-02 IDN-14 ORG-17"},
    {.id = "IDN-14",
     .reason = "Readers recognise a kind by its code, letter by letter. A kind that they do not "
               "know is skipped, and with it perhaps the only number of the patient.",
     .bad = R"(<Ident>
  <Id>15869310112</Id>
  <TypeId V="Fnr" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<Ident>
  <Id>15869310112</Id>
  <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .csharp = "PascalCase enum members (Fnr, Dnr, Hpr) follow the naming rules of .NET, and "
               "ToString() follows the members.",
     .java = "WordUtils.capitalizeFully was run over all look-up values for the screen.",
     .node = "lodash's camelCase or startCase changed the keys from which the codes are read.",
     .related = "IDN-06 IDN-15 COD-05"},
    {.id = "IDN-15",
     .reason = "People read the text, software the code. When the two disagree, one of them was "
               "typed by hand, and nobody can say which of them is meant.",
     .bad = R"(<Ident>
  <Id>55869310106</Id>
  <TypeId V="DNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
</Ident>)",
     .good = R"(<Ident>
  <Id>55869310106</Id>
  <TypeId V="DNR" S="2.16.578.1.12.4.1.1.8116" DN="D-nummer" />
</Ident>)",
     .csharp = "The code is set by an if, the text by a constant a few lines further up.",
     .java = "new CV(\"DNR\", S_8116, \"Fødselsnummer\"): the line was copied, and one argument "
             "of three was changed.",
     .node = "{ ...FNR, V: \"DNR\" } changes one key of a shared object and inherits the text.",
     .related = "IDN-06 COD-04 IDN-14"},
}};

}  // namespace

std::span<const RulePage> idn_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
