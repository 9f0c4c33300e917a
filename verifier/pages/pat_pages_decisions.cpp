#include "verifier/pages/pat_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 13> pages = {{
    {.id = "PAT-27",
     .reason = "An application for reimbursement and its answer live in messages M2 and M12. If "
               "they cannot be found, the patient pays again for what was granted already.",
     .bad = R"(<Meldinger>
  <Melding>
    <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
    <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
  </Melding>
</Meldinger>
<HelfoSoknader>
  <Soknad>
    <SoknadKladd>false</SoknadKladd>
    <M2MeldingsId>48a6d1fc-e570-4b39-8d2a-b90c37e6f109</M2MeldingsId>
  </Soknad>
</HelfoSoknader>)",
     .good = R"(<Meldinger>
  <Melding>
    <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
    <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
  </Melding>
</Meldinger>
<HelfoSoknader>
  <Soknad>
    <SoknadKladd>false</SoknadKladd>
    <M2MeldingsId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</M2MeldingsId>
  </Soknad>
</HelfoSoknader>)",
     .csharp = "Messages are exported by a whitelist of types (ERM1, ERM95 …) in a HashSet, in "
               "which M2 and M12 were forgotten.",
     .java = "A retention job deletes messages after ten years, the applications stay: no foreign "
             "key joins the two.",
     .node = "M12 arrives by a webhook with its own collection, and only the collection of sent "
             "messages is read.",
     .related = "PAT-29 PAT-26 MSG-02"},
    {.id = "PAT-28",
     .reason = "The type says in which register LegemiddelId has to be looked up. With an unknown "
               "word the id points nowhere, and the grant covers no medicine.",
     .bad = R"(<Soknad>
  <LegemiddelType>Pakning</LegemiddelType>
  <LegemiddelId>ID_7B10E6C4-25D9-4F38-A0C6-91E4D5B83F12</LegemiddelId>
</Soknad>)",
     .good = R"(<Soknad>
  <LegemiddelType>Product</LegemiddelType>
  <LegemiddelId>ID_7B10E6C4-25D9-4F38-A0C6-91E4D5B83F12</LegemiddelId>
</Soknad>)",
     .csharp = "nameof(Pakning) or typeof(T).Name puts the name of your class into the element.",
     .java = "getClass().getSimpleName() of a Hibernate proxy even adds $HibernateProxy$ and "
             "random letters.",
     .node = "The discriminator key __t of a Mongoose model is written as it is.",
     .related = "TRT-27 PAT-27 PAT-34"},
    {.id = "PAT-29",
     .reason = "A draft was never sent, so it has neither message nor answer. If drafts and sent "
               "applications are mixed, an application is sent twice or never.",
     .bad = R"(<SoknadKladd>true</SoknadKladd>
<M2MeldingsId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</M2MeldingsId>)",
     .good = R"(<SoknadKladd>false</SoknadKladd>
<M2MeldingsId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</M2MeldingsId>)",
     .csharp = "Sending runs in a Hangfire job that fills the MessageId; resetting IsDraft is "
               "left to the next save in the client.",
     .java = "The status machine has DRAFT, QUEUED and SENT, and isDraft() answers status != "
             "SENT.",
     .node = "The flag is set after await send(), and a crash between the two leaves draft and "
             "message together.",
     .related = "PAT-27 TRT-16"},
    {.id = "PAT-30",
     .reason = "A grant cannot run out before it was made. With the dates swapped it counts as "
               "expired, and the patient loses reimbursement at the pharmacy.",
     .bad = R"(<Vedtaksdato>2026-05-01</Vedtaksdato>
<GyldigTil>2025-05-01</GyldigTil>)",
     .good = R"(<Vedtaksdato>2025-05-01</Vedtaksdato>
<GyldigTil>2026-05-01</GyldigTil>)",
     .csharp = "DateTime.Parse with the culture of the server takes 05/01/2025 once as May and "
               "once as January.",
     .java = "A pattern with YYYY, the week-based year, moves the last days of December into the "
             "next one.",
     .node = "Date.parse of a text such as 01.05.2025 swaps day and month or gives NaN.",
     .related = "DAT-08 TRT-30 PAT-29"},
    {.id = "PAT-31",
     .reason = "The schema asks for a whole number where all other times are dates, and does not "
               "say what it counts. A negative number can be no such time under any reading.",
     .bad = R"(<Svar>
  <M12MeldingsId>48a6d1fc-e570-4b39-8d2a-b90c37e6f109</M12MeldingsId>
  <Tidspunkt>-2006054656</Tidspunkt>
</Svar>)",
     .good = R"(<Svar>
  <M12MeldingsId>48a6d1fc-e570-4b39-8d2a-b90c37e6f109</M12MeldingsId>
  <Tidspunkt>1746093600</Tidspunkt>
</Svar>)",
     .csharp = "(int)DateTimeOffset.MinValue.ToUnixTimeSeconds() overflows without a word into "
               "-2006054656: the date was never set.",
     .java = "(int) instant.toEpochMilli() overflows an int and comes out negative for half of "
             "all dates.",
     .node = "| 0 is used for rounding; it works on 32 bits and turns milliseconds into nonsense.",
     .related = "DAT-01 PAT-30"},
    {.id = "PAT-32",
     .reason = "The doctor has weighed two treatments against each other and accepted the risk. "
               "If one cannot be found the acceptance is void, and the warning comes up again at "
               "each prescription.",
     .bad = R"(<Behandlinger>
  <Legemiddelbehandling><LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId></Legemiddelbehandling>
  <Legemiddelbehandling><LibId>1f86d03b-c7e4-4952-bd10-9c5a7e2f4822</LibId></Legemiddelbehandling>
</Behandlinger>
<HandterteInteraksjoner>
  <HandertInteraksjon>
    <LibId1>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId1>
    <LibId2>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId2>
  </HandertInteraksjon>
</HandterteInteraksjoner>)",
     .good = R"(<Behandlinger>
  <Legemiddelbehandling><LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId></Legemiddelbehandling>
  <Legemiddelbehandling><LibId>1f86d03b-c7e4-4952-bd10-9c5a7e2f4822</LibId></Legemiddelbehandling>
</Behandlinger>
<HandterteInteraksjoner>
  <HandertInteraksjon>
    <LibId1>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId1>
    <LibId2>1f86d03b-c7e4-4952-bd10-9c5a7e2f4822</LibId2>
  </HandertInteraksjon>
</HandterteInteraksjoner>)",
     .csharp = "Copy and paste in the mapping profile: both ForMember calls end in MapFrom(s => "
               "s.First).",
     .java = "Pair.of(a, b) is read back by getLeft() twice.",
     .node = "Destructuring const [a, b = a] = ids hides that the array has a single element.",
     .related = "TRT-01 PAT-33 PAT-34"},
    {.id = "PAT-33",
     .reason = "Setting a warning aside is a decision with a name under it. A name that leads to "
               "no user makes it a decision of nobody, which no supervisor accepts.",
     .bad = R"(<HandertInteraksjon>
  <LibId1>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId1>
  <LibId2>1f86d03b-c7e4-4952-bd10-9c5a7e2f4822</LibId2>
  <FestInteraksjonsId>ID_C40A97E2-6B1D-4835-9F7E-2D83B5A01C13</FestInteraksjonsId>
  <Aktiv>true</Aktiv>
  <Tidspunkt>2025-03-03T12:00:00</Tidspunkt>
  <BrukerId>b81d4e27-0c93-4f5a-8e6b-92d7c3a1f402</BrukerId>
</HandertInteraksjon>
<!-- ExportData.xml has only the user 3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01 -->)",
     .good = R"(<HandertInteraksjon>
  <LibId1>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId1>
  <LibId2>1f86d03b-c7e4-4952-bd10-9c5a7e2f4822</LibId2>
  <FestInteraksjonsId>ID_C40A97E2-6B1D-4835-9F7E-2D83B5A01C13</FestInteraksjonsId>
  <Aktiv>true</Aktiv>
  <Tidspunkt>2025-03-03T12:00:00</Tidspunkt>
  <BrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</BrukerId>
</HandertInteraksjon>
<!-- ExportData.xml has only the user 3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01 -->)",
     .csharp = "The click happens in a browser control that knows the session only, so the "
               "SessionId was stored as the user.",
     .java = "The author is a plain UUID column without foreign key, and a housekeeping job "
             "deletes closed accounts.",
     .node = "Accepted warnings lay in localStorage first; when they moved to the server, they "
             "got the id of its service account.",
     .related = "ORG-01 PAT-32 TRT-18"},
    {.id = "PAT-34",
     .reason = "The id leads to the text and the severity of the interaction in FEST. Without it "
               "the new system cannot tell which warning was meant and has to ask anew.",
     .bad = R"(<FestInteraksjonsId>4711</FestInteraksjonsId>)",
     .good = R"(<FestInteraksjonsId>ID_C40A97E2-6B1D-4835-9F7E-2D83B5A01C13</FestInteraksjonsId>)",
     .csharp = "FEST is imported into tables with IDENTITY keys, and the interaction is stored by "
               "that key instead of its FEST id.",
     .java = "The look-up table was rebuilt with a sequence, and the original id exists only in "
             "the XML of the last import.",
     .node = "An index into the array of interactions was kept, because ids seemed long.",
     .related = "PAT-22 PAT-32 TRT-34"},
    {.id = "PAT-35",
     .reason = "An approval says who answered for the medicine list at admission, discharge or "
               "change. Neither an unknown occasion nor an unknown person can be shown in the "
               "history of the list.",
     .bad = R"(<VibGodkjenning>
  <BrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</BrukerId>
  <Tidspunkt>2025-01-20T14:05:00</Tidspunkt>
  <TypeGodkjenning>Utskrivning</TypeGodkjenning>
</VibGodkjenning>)",
     .good = R"(<VibGodkjenning>
  <BrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</BrukerId>
  <Tidspunkt>2025-01-20T14:05:00</Tidspunkt>
  <TypeGodkjenning>Discharge</TypeGodkjenning>
</VibGodkjenning>)",
     .csharp = "A [Flags] enum prints combined values as \"Admission, AfterChange\", a word that "
               "is in no list.",
     .java = "Approval kinds are rows of a Norwegian look-up table, and its label column is "
             "marshalled.",
     .node = "Object.keys(Kind)[value] depends on the order in which the constants were declared.",
     .related = "PAT-36 ORG-01 TRT-17"},
    {.id = "PAT-36",
     .reason = "The approval was given at an institution and on the basis of a list that was "
               "sent. References that lead nowhere take away the proof of both.",
     .bad = R"(<VibGodkjenning>
  <BrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</BrukerId>
  <Tidspunkt>2025-01-20T14:05:00</Tidspunkt>
  <TypeGodkjenning>Admission</TypeGodkjenning>
  <InstitusjonId>27d4b6e9-90fa-4c18-b35d-e6a1087c2f14</InstitusjonId>
</VibGodkjenning>
<!-- ExportData.xml has only the institution 5e27a9c8-41b3-4d0f-a6e2-7c9b18d3f503 -->)",
     .good = R"(<VibGodkjenning>
  <BrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</BrukerId>
  <Tidspunkt>2025-01-20T14:05:00</Tidspunkt>
  <TypeGodkjenning>Admission</TypeGodkjenning>
  <InstitusjonId>5e27a9c8-41b3-4d0f-a6e2-7c9b18d3f503</InstitusjonId>
</VibGodkjenning>
<!-- ExportData.xml has only the institution 5e27a9c8-41b3-4d0f-a6e2-7c9b18d3f503 -->)",
     .csharp = "Approvals made at the hospital carry its id; your Institutions set has no row for "
               "an external one.",
     .java = "The list is joined with departments by code rather than by UUID, and the department "
             "was closed meanwhile.",
     .node = "Documents are referenced by a storage key, \"m251/2025/…\", not by the id of a "
             "message.",
     .related = "ORG-20 PAT-26 PAT-35"},
    {.id = "PAT-37",
     .reason = "The history is shown as a page in a browser. Scripts would run with the rights of "
               "the doctor, and pictures from outside would tell their server whose record is "
               "open, or be missing.",
     .bad = R"(<UstrukturertHistorikk>
  &lt;p&gt;INR 2024&lt;/p&gt;
  &lt;img src="https://epj.example/graf.png"&gt;
</UstrukturertHistorikk>)",
     .good = R"(<UstrukturertHistorikk>
  &lt;p&gt;INR 2024&lt;/p&gt;
  &lt;img src="data:image/png;base64,iVBORw0KGgo="&gt;
</UstrukturertHistorikk>)",
     .csharp = "A Razor view with the site's layout is rendered into the string, style sheets and "
               "analytics script included.",
     .java = "A Thymeleaf template refers to /webjars/… by link elements that no longer resolve "
             "outside your server.",
     .node = "renderToString wraps the component in the app shell, with its bundle in a script "
             "element.",
     .related = "XML-01 XML-09"},
    {.id = "PAT-38",
     .reason = "Address fields hold codes, so that pharmacies and letters can use them. Text in a "
               "code field is dropped or printed as it is, and 123 is not the postal code 0123.",
     .bad = R"(<Address>
  <PostalCode>170</PostalCode>
  <City>Oslo</City>
  <Country V="NO" DN="Norge" />
</Address>)",
     .good = R"(<Address>
  <PostalCode>0170</PostalCode>
  <City>Oslo</City>
  <Country V="NO" DN="Norge" />
</Address>)",
     .csharp = "int PostalCode loses the zero of 0170; RegionInfo.DisplayName gives a name where "
               "TwoLetterISORegionName gives the code.",
     .java = "Locale.getDisplayCountry() is a name in the language of the server, getCountry() "
             "the two letters.",
     .node = "JSON numbers have no leading zeros: 0170 became 170 on the way through the API.",
     .related = "PAT-15 PAT-39 IDN-01"},
    {.id = "PAT-39",
     .reason = "The address says by its scheme whether to dial or to write. A bare number is "
               "text, which a list shows and no telephone dials.",
     .bad = R"(<TeleCom>
  <TypeTelecom V="MC" DN="Mobiltelefon" />
  <TeleAddress V="22222222" />
</TeleCom>)",
     .good = R"(<TeleCom>
  <TypeTelecom V="MC" DN="Mobiltelefon" />
  <TeleAddress V="tel:22222222" />
</TeleCom>)",
     .csharp = "PhoneNumber goes into V as it is; new Uri(number) would have thrown and shown "
               "that a scheme is missing.",
     .java = "A String field annotated with @XmlSchemaType(name = \"anyURI\") accepts everything; "
             "URI.create takes a bare number as a relative path.",
     .node = "The mailto: is added in the front end by <a href>, never in the data.",
     .related = "PAT-38 XML-08"},
}};

}  // namespace

std::span<const RulePage> pat_pages_from_27() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
