#include "verifier/pages/xml_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

const std::array<RulePage, 10> pages = {{
    {.id = "XML-01",
     .reason = "A parser stops at the first mistake of this kind, and nothing behind it is read: "
               "half a prescription list is no list. Document types and entities of one's own are "
               "refused as well, since they can make a parser fetch files or fill the memory.",
     .bad = "<Merknad>Paracet & Ibux, temp < 38</Merknad>",
     .good = "<Merknad>Paracet &amp; Ibux, temp &lt; 38</Merknad>",
     .csharp = "A StringBuilder or an interpolated string for XML; XmlWriter.WriteString escapes, "
               "WriteRaw does not.",
     .java = "String.format templates, or StringEscapeUtils.escapeHtml4, whose &nbsp; and &oslash; "
             "are no XML; XMLStreamWriter.writeCharacters is right.",
     .node = "Template literals: `<Merknad>${text}</Merknad>`; xmlbuilder2 and fast-xml-parser's "
             "builder escape.",
     .related = "XML-02 XML-04"},
    {.id = "XML-02",
     .reason =
         "Letters such as æ, ø and å take two bytes here and one in Latin-1. Declared wrongly, the "
         "parser stops at the first of them; guessed wrongly, people and places get other names.",
     .bad = "3c 61 3e e5 3c 2f 61 3e                 <a>å</a> in Latin-1, nothing declared",
     .good = "3c 61 3e c3 a5 3c 2f 61 3e              <a>å</a> in UTF-8",
     .csharp = "A StringWriter says encoding=\"utf-16\" and the text is saved as UTF-8; write with "
               "XmlWriter.Create(stream).",
     .java = "new FileWriter(file) and getBytes() take the platform's charset in releases before "
             "18: StandardCharsets.UTF_8.",
     .node = "fs.writeFileSync(path, xml, 'latin1'), or rows from a database driver that decoded "
             "them as binary.",
     .related = "XML-01 XML-06 ZIP-02"},
    {.id = "XML-03",
     .reason = "Which kind of document this is, is told by its root and by the namespace, a date "
               "included. With another one, no part of the schema applies: the importer finds a "
               "document that it has never heard of and takes nothing from it.",
     .bad = R"(<?xml version="1.0" encoding="utf-8"?>
<PasientExport><Id>3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15</Id></PasientExport>)",
     .good = R"(<?xml version="1.0" encoding="utf-8"?>
<PasientExport
    xmlns="http://www.kith.no/xmlstds/eresept/forskrivningsmodul/export/2019-11-13">
  <Id>3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15</Id>
</PasientExport>)",
     .csharp = "[XmlRoot(\"PasientExport\")] without Namespace = \"…\", or the PatientExport of "
               "the portal's text for its Norwegian spelling.",
     .java =
         "package-info.java without @XmlSchema(namespace = ..., elementFormDefault = QUALIFIED).",
     .node = "{ PasientExport: { ... } } given to a builder: xmlns has to be an attribute of the "
             "root, e.g. '@xmlns' in xmlbuilder2.",
     .related = "XML-04 ZIP-08 ZIP-10"},
    {.id = "XML-04",
     .reason = "The schema is the contract between the two systems: order, presence and type of "
               "every element. A reader generated from it drops what stands out of order or "
               "throws, and which of the two happens to a dose or a date is not foreseeable.",
     .bad = "<DateOfBirth>31.01.1980</DateOfBirth>",
     .good = "<DateOfBirth>1980-01-31</DateOfBirth>",
     .csharp = "DateTime.ToString() in Norwegian culture; generate classes with xsd.exe or "
               "dotnet-xscgen and let XmlSerializer write the values.",
     .java =
         "@XmlType without propOrder sorts as reflection pleases; run xjc on the published schema.",
     .node = "Object.keys order is the order of the elements, so a key that is set late comes "
             "last; validate with libxmljs2 or xmllint before packing.",
     .related = "XML-03 XML-05 XML-07"},
    {.id = "XML-05",
     .reason = "Most types of the schema are strings, and an empty one is a string. A required "
               "name or id that says nothing passes validation and then identifies nobody: a "
               "prescription without owner, a reference to everything and nothing.",
     .bad = "<FamilyName></FamilyName>",
     .good = "<FamilyName>Eksempel</FamilyName>",
     .csharp = "string.Empty as default of a property makes XmlSerializer write an empty element; "
               "null leaves it out.",
     .java = "A JAXB field with = \"\" or Optional.orElse(\"\").",
     .node = "value ?? '' in the mapping; leave the key out where the value is not known.",
     .related = "XML-04 XML-08"},
    {.id = "XML-06",
     .reason = "NHN's own exporter begins its documents in this way. Any parser reads them "
               "without, so this is a remark for those who compare bytes, and a hint that another "
               "writer was at work.",
     .bad = R"(3c 50 61 73 69 65 6e 74                 "<Pasient…" at once)",
     .good = R"(ef bb bf 3c 3f 78 6d 6c                 the mark, then "<?xml …")",
     .csharp = "new UTF8Encoding(false), or XmlWriterSettings.OmitXmlDeclaration = true.",
     .java =
         "Marshaller.JAXB_FRAGMENT drops the declaration; no Java writer adds the mark by itself.",
     .node = "Buffer.from(xml) without '\\ufeff' in front; most builders add the declaration only "
             "when asked to.",
     .related = "XML-02 IDX-09"},
    {.id = "XML-07",
     .reason = "The schema allows nil for a few elements, and no published document uses it. "
               "Readers that look for the element find it there and read an empty text where a "
               "date was meant to be.",
     .bad =
         R"(<DateOfBirth xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true" />)",
     .good = "<!-- no DateOfBirth: it is not known, and the element may be missing -->",
     .csharp = "[XmlElement(IsNullable = true)] on a DateTime?; add a DateOfBirthSpecified "
               "property in its place.",
     .java = "@XmlElement(nillable = true), or a JAXBElement whose setNil(true) was called.",
     .node = "{ '@xsi:nil': 'true' } written for every null; skip keys whose value is null.",
     .related = "XML-04 XML-05"},
    {.id = "XML-08",
     .reason = "The schema keeps blanks, and a comparison does too: a code with a blank in front "
               "is another code, an id with one behind leads nowhere. On the screen nobody can see "
               "the difference.",
     .bad = R"(<Sex V=" 1" DN="Mann" />)",
     .good = R"(<Sex V="1" DN="Mann" />)",
     .csharp = "char(10) columns through SqlDataReader.GetString come padded: Trim() ids and codes "
               "in the mapping.",
     .java = "ResultSet.getString of a CHAR column; String.strip() before the setter.",
     .node = "Values of a fixed-width file cut by slice(); .trim() each of them.",
     .related = "XML-05 IDX-12"},
    {.id = "XML-09",
     .reason = "Remarks and foreign parts have no place in an exchange: nobody reads them, a "
               "strict receiver refuses them, and a comment has more than once carried a name or a "
               "query out of the house.",
     .bad = R"(<!-- id 4711 -->
<FamilyName>Eksempel</FamilyName>)",
     .good = "<FamilyName>Eksempel</FamilyName>",
     .csharp = "XmlWriter.WriteComment left from debugging, or XmlSerializerNamespaces with a "
               "namespace of one's own.",
     .java = "A JAXB context over several packages declares all their namespaces on the root.",
     .node = "xmlbuilder2's .com(), or a stylesheet instruction that shows the file in a browser.",
     .related = "XML-03 XML-07"},
    {.id = "XML-10",
     .reason = "Identifiers of the format are random GUIDs, so that records of many clinics can "
               "lie in one place without clashing. Numbers, GUIDs made from a machine's address, "
               "or one value for all of them bring two patients' records together.",
     .bad = "<Melding><Id>4711</Id></Melding>",
     .good = "<Melding><Id>3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15</Id></Melding>",
     .csharp = "Guid.Empty of a property that nobody set, or newsequentialid() of SQL Server, "
               "which gives version 1; Guid.NewGuid() is random.",
     .java = "UUID.nameUUIDFromBytes gives version 3, new UUID(0, id) none at all.",
     .node = "uuid.v1(), v5() or v7(): crypto.randomUUID() is version 4.",
     .related = "XML-05 DIR-08 PAT-01"},
}};

}  // namespace

std::span<const RulePage> xml_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
