#include "verifier/pages/msg_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 13> pages = {{
    {.id = "MSG-12",
     .reason = "The type decides how a message is shown and which answer belongs to it. An "
               "unknown type is kept as a file that no screen opens.",
     .bad = R"(<Type V="Resept" DN="Resept" />)",
     .good = R"(<Type V="ERM1" DN="Resept" />)",
     .csharp = "The class of the body decides: message.Body.GetType().Name is Resept, and the "
               "type stands in MsgInfo.",
     .java = "JAXBElement.getName().getLocalPart() of the content gives the name of the body "
             "element.",
     .node = "Object.keys(parsed)[0] is the first element of the content, not the code of the "
             "message.",
     .related = "MSG-13 MSG-09 COD-03"},
    {.id = "MSG-13",
     .reason = "Record and message state the type separately, and reading goes by the record. If "
               "it says ERM1 and the file is a withdrawal, a withdrawn prescription counts as "
               "sent.",
     .bad = R"(<!-- in 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml:
  <Type V="ERM5" DN="Tilbakekalling av resept" /> -->
<Type V="ERM1" DN="Resept" />
<GenDate>2025-03-01T10:00:00</GenDate>
<MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>)",
     .good = R"(<!-- in 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml:
  <Type V="ERM5" DN="Tilbakekalling av resept" /> -->
<Type V="ERM5" DN="Tilbakekalling av resept" />
<GenDate>2025-03-01T10:00:00</GenDate>
<MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>)",
     .csharp = "The type column is an enum whose numbers were shifted by an insertion; old rows "
               "now read as their neighbour.",
     .java = "A copied builder call sets ERM1, and the fluent .type(…) for withdrawals is never "
             "reached.",
     .node = "The type is taken from the queue's name, and a second kind of message was later "
             "sent through the same queue.",
     .related = "MSG-12 MSG-11 MSG-15"},
    {.id = "MSG-14",
     .reason = "A message is kept for what it proves, in the form in which it was sent or "
               "received. Wrapped in a transport envelope, or turned into another format, it can "
               "neither be opened nor checked.",
     .bad = R"(<!-- 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml -->
<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/">
  <Body>
    <MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24" />
  </Body>
</Envelope>)",
     .good = R"(<!-- 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml -->
<MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24" />)",
     .csharp = "A WCF message inspector logs the SOAP envelope with Message.ToString(), and that "
               "log is the only archive.",
     .java = "A SOAPHandler stores what writeTo delivers, envelope included; the payload alone "
             "would be in getSOAPBody.",
     .node = "Messages are kept as JSON from xml2js, and the builder cannot restore namespaces "
             "and order.",
     .related = "MSG-21 MSG-23 ZIP-11"},
    {.id = "MSG-15",
     .reason = "The record is sorted by this time, the message proves it. If they differ by an "
               "hour, mostly a time zone was lost, and messages appear in the wrong order beside "
               "prescriptions.",
     .bad = R"(<!-- in 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml:
  <GenDate>2025-03-01T10:00:00+01:00</GenDate> -->
<GenDate>2025-03-01T09:00:00</GenDate>
<MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>)",
     .good = R"(<!-- in 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml:
  <GenDate>2025-03-01T10:00:00+01:00</GenDate> -->
<GenDate>2025-03-01T10:00:00</GenDate>
<MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>)",
     .csharp = "DateTimeOffset.UtcDateTime drops the offset; TimeZoneInfo.ConvertTime to "
               "Europe/Oslo keeps the clock time that was meant.",
     .java = "Instant is printed by LocalDateTime.ofInstant(i, ZoneOffset.UTC) in place of "
             "ZoneId.of(\"Europe/Oslo\").",
     .node = "toISOString() is always in UTC, and slicing off the Z only hides it.",
     .related = "DAT-04 MSG-11 TRT-42"},
    {.id = "MSG-16",
     .reason = "The state tells whether a message went out. With a word of your own nobody knows "
               "whether a prescription still has to be sent.",
     .bad = R"(<State>OK</State>)",
     .good = R"(<State>Successful</State>)",
     .csharp = "HttpStatusCode.OK.ToString() of the last call was stored as the state.",
     .java = "The state machine of Camel or Spring Integration names its end COMPLETED, and it "
             "was exported untranslated.",
     .node = "The queue's own words, completed and failed, are written in its small letters.",
     .related = "MSG-17 TRT-13"},
    {.id = "MSG-17",
     .reason = "What the practice sent succeeded or failed; for what came back as a reply there "
               "is nothing to report. Another pattern is no harm, but makes it harder to see what "
               "was never delivered.",
     .bad = R"xml(<Id>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07</Id>
<ParentId>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</ParentId>
<Korrespondance>true</Korrespondance>
<State>Successful</State>
<MsgId>48a6d1fc-e570-4b39-8d2a-b90c37e6f109</MsgId>
<Type V="ERM96" DN="Forespørsel om tilgjengelige resepter på pasient (rekvirent)" />)xml",
     .good = R"xml(<Id>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07</Id>
<ParentId>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</ParentId>
<Korrespondance>true</Korrespondance>
<State> </State>
<MsgId>48a6d1fc-e570-4b39-8d2a-b90c37e6f109</MsgId>
<Type V="ERM96" DN="Forespørsel om tilgjengelige resepter på pasient (rekvirent)" />)xml",
     .csharp = "The column is NOT NULL with a default of Successful, so answers get it as well.",
     .java = "A @PrePersist method sets the state of every new message, whatever its direction.",
     .node = "The Mongoose schema has default: \"Successful\" for state.",
     .related = "MSG-16 MSG-08"},
    {.id = "MSG-18",
     .reason = "Korrespondance is false for prescriptions that were fetched from elsewhere, and "
               "these are M1 only. On another message the flag takes it out of the correspondence "
               "that doctors read.",
     .bad = R"xml(<Korrespondance>false</Korrespondance>
<State>Successful</State>
<MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
<Type V="ERM95" DN="Forespørsel om tilgjengelige resepter på pasient (rekvirent)" />)xml",
     .good = R"xml(<Korrespondance>true</Korrespondance>
<State>Successful</State>
<MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
<Type V="ERM95" DN="Forespørsel om tilgjengelige resepter på pasient (rekvirent)" />)xml",
     .csharp = "bool has the default false, and nobody sets the property for look-ups.",
     .java = "The builder of Lombok ignores the field's initialiser without @Builder.Default, so "
             "true becomes false.",
     .node = "!!message.conversationId is false for messages that began a conversation.",
     .related = "MSG-20 MSG-17 TRT-12"},
    {.id = "MSG-19",
     .reason = "A message about somebody else is in this patient's file. After the import a "
               "doctor reads a stranger's prescriptions here, and both patients' records are "
               "wrong: stop and find out before anything is sent.",
     .bad =
         R"(<!-- PatientData.xml: FNR 15869310112; in 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml: -->
<MsgInfo xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24">
  <Patient>
    <Ident>
      <Id>12836110119</Id>
      <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
    </Ident>
  </Patient>
</MsgInfo>)",
     .good =
         R"(<!-- PatientData.xml: FNR 15869310112; in 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml: -->
<MsgInfo xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24">
  <Patient>
    <Ident>
      <Id>15869310112</Id>
      <TypeId V="FNR" S="2.16.578.1.12.4.1.1.8116" DN="Fødselsnummer" />
    </Ident>
  </Patient>
</MsgInfo>)",
     .csharp = "A List<Message> lives outside the foreach over patients and is never cleared.",
     .java = "A ThreadLocal buffer of messages survives into the next patient, since pool threads "
             "are reused.",
     .node = "A module-level array collects messages while two patients are exported at the same "
             "time.",
     .related = "PAT-01 PAT-04 MSG-02"},
    {.id = "MSG-20",
     .reason = "A message of this practice has the practice as sender or receiver. Another HER id "
               "means that an institution is missing from the organisation file, or that the "
               "message belongs elsewhere.",
     .bad = R"(<!-- ExportData.xml: HER id 8199001; in 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml: -->
<Sender xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24">
  <Organisation>
    <Ident>
      <Id>8199009</Id>
      <TypeId V="HER" S="2.16.578.1.12.4.1.1.9051" DN="HER-id" />
    </Ident>
  </Organisation>
</Sender>)",
     .good =
         R"(<!-- ExportData.xml: HER id 8199001; in 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml: -->
<Sender xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24">
  <Organisation>
    <Ident>
      <Id>8199001</Id>
      <TypeId V="HER" S="2.16.578.1.12.4.1.1.9051" DN="HER-id" />
    </Ident>
  </Organisation>
</Sender>)",
     .csharp = "Messages carry the HER id of the time of sending; the practice got a new one, and "
               "the export knows only today's.",
     .java = "HER ids exist for the practice and for each service in it, and one configuration "
             "property holds the other kind.",
     .node = "A test HER id in the .env file of the staging server was exported with production "
             "messages.",
     .related = "ORG-17 MSG-18 IDN-11"},
    {.id = "MSG-21",
     .reason = "The signature proves who ordered what. A copy without it can no longer serve as "
               "evidence, even if every word is right.",
     .bad = R"(<!-- 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml, sent as ERM1 -->
<MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24">
  <MsgInfo />
  <Document />
</MsgHead>)",
     .good = R"(<!-- 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml, sent as ERM1 -->
<MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24">
  <MsgInfo />
  <Document />
  <Signature xmlns="http://www.w3.org/2000/09/xmldsig#" />
</MsgHead>)",
     .csharp = "The message is archived before SignedXml.ComputeSignature, because the signing "
               "service comes last.",
     .java = "The unmarshalled object is stored and marshalled again; the signature is no part of "
             "the JAXB class.",
     .node = "xml-crypto returns a new string with getSignedXml(), and the string from before is "
             "saved.",
     .related = "MSG-14 TRT-12"},
    {.id = "MSG-22",
     .reason = "A conversation is followed by the references inside the messages. Where they "
               "point out of the export, its beginning is missing; that is normal after a "
               "deletion and not in every second message.",
     .bad = R"(<!-- MsgId in Meldinger: e09b37d6-1c4f-4a82-b7e5-2d680f9ca308
  in 74f2c85a-3b6e-49d1-a08c-5e17d94b3c07.xml: -->
<ConversationRef xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24">
  <RefToParent>d25f80ba-6e93-4c07-91bd-047ea8c5f610</RefToParent>
  <RefToConversation>d25f80ba-6e93-4c07-91bd-047ea8c5f610</RefToConversation>
</ConversationRef>)",
     .good = R"(<!-- MsgId in Meldinger: e09b37d6-1c4f-4a82-b7e5-2d680f9ca308
  in 74f2c85a-3b6e-49d1-a08c-5e17d94b3c07.xml: -->
<ConversationRef xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24">
  <RefToParent>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</RefToParent>
  <RefToConversation>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</RefToConversation>
</ConversationRef>)",
     .csharp = "New message ids were generated while migrating to a new database, in the table "
               "only and not in the stored XML.",
     .java = "Messages are exported by the date of storing (between :from and :to), and questions "
             "fall before the limit.",
     .node = "Sent messages are purged by a TTL index after ninety days, answers are not.",
     .related = "MSG-08 MSG-11 MSG-10"},
    {.id = "MSG-23",
     .reason = "A document type can define entities that grow without limit or read files of the "
               "reader. Secure readers refuse any message that has one.",
     .bad = R"(<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE MsgHead SYSTEM "msghead.dtd">
<MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24" />)",
     .good = R"(<?xml version="1.0" encoding="utf-8"?>
<MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24" />)",
     .csharp = "XmlWriter.WriteDocType, or an XDocument that keeps the XDocumentType it was "
               "loaded with.",
     .java = "OutputKeys.DOCTYPE_SYSTEM is set on the Transformer, a left-over of an HTML "
             "transformation.",
     .node = "xmlbuilder2's .dtd() is part of a template that was made for another format.",
     .related = "XML-01 MSG-14"},
    {.id = "MSG-24",
     .reason = "Electronic prescriptions come out of messages and are kept up to date by them. A "
               "patient with prescriptions and no message at all has most likely lost the latter "
               "on the way.",
     .bad = R"(<PasientExport>
  <Id>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</Id>
  <Behandlinger>
    <Legemiddelbehandling>
      <Prescription><ReseptId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</ReseptId></Prescription>
    </Legemiddelbehandling>
  </Behandlinger>
</PasientExport>)",
     .good = R"(<PasientExport>
  <Id>9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604</Id>
  <Meldinger>
    <Melding>
      <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
      <Type V="ERM1" DN="Resept" />
    </Melding>
  </Meldinger>
  <Behandlinger>
    <Legemiddelbehandling>
      <Prescription><ReseptId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</ReseptId></Prescription>
    </Legemiddelbehandling>
  </Behandlinger>
</PasientExport>)",
     .csharp = "A split query (AsSplitQuery) reads messages in a second round trip, which timed "
               "out and was swallowed for this patient.",
     .java = "MultipleBagFetchException was avoided by dropping the join to the messages.",
     .node = "The projection lists the fields by hand, and messages was not added to it.",
     .related = "PAT-11 TRT-12 MSG-02"},
}};

}  // namespace

std::span<const RulePage> msg_pages_from_12() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
