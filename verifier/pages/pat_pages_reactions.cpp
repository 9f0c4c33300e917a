#include "verifier/pages/pat_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 9> pages = {{
    {.id = "PAT-18",
     .reason = "The entries of a group are the history of one reaction, and HeadOfHistory marks "
               "the one in force. Without a mark no warning is shown; with two, a reaction that "
               "was disproved long ago may be shown as current.",
     .bad = R"(<Legemiddelreaksjon>
  <GruppeId>7398afc5-604e-4db1-9e27-f1b83c5d0a20</GruppeId>
  <Id>56d0e8b2-c19a-4f74-b362-8a7df41c0e18</Id>
  <HeadOfHistory>true</HeadOfHistory>
</Legemiddelreaksjon>
<Legemiddelreaksjon>
  <GruppeId>7398afc5-604e-4db1-9e27-f1b83c5d0a20</GruppeId>
  <Id>ec471b96-2da5-4830-a7f9-d05c6be38219</Id>
  <HeadOfHistory>true</HeadOfHistory>
</Legemiddelreaksjon>)",
     .good = R"(<Legemiddelreaksjon>
  <GruppeId>7398afc5-604e-4db1-9e27-f1b83c5d0a20</GruppeId>
  <Id>56d0e8b2-c19a-4f74-b362-8a7df41c0e18</Id>
  <HeadOfHistory>false</HeadOfHistory>
</Legemiddelreaksjon>
<Legemiddelreaksjon>
  <GruppeId>7398afc5-604e-4db1-9e27-f1b83c5d0a20</GruppeId>
  <Id>ec471b96-2da5-4830-a7f9-d05c6be38219</Id>
  <HeadOfHistory>true</HeadOfHistory>
</Legemiddelreaksjon>)",
     .csharp = "IsCurrent is true by default in the constructor, and saving a new version does "
               "not clear it on the one before.",
     .java = "The current flag is computed by a @Formula with <= on dates, so two changes of one "
             "day both count.",
     .node = "reduce() over unsorted versions marks the last element of the array, whatever its "
             "date.",
     .related = "PAT-16 TRT-07 TRT-08"},
    {.id = "PAT-19",
     .reason = "Likelihood describes a suspicion that still stands. On a disproved reaction it "
               "tells the reader two things at once, and software that looks only at the "
               "likelihood keeps warning.",
     .bad = R"(<Sannsynlighet V="2" S="2.16.578.1.12.4.1.1.7521" DN="Sannsynlig" />
<Avkreftet>true</Avkreftet>)",
     .good = R"(<Avkreftet>true</Avkreftet>)",
     .csharp = "The form disables the list of likelihoods when the box is ticked, but the value "
               "stays in the model.",
     .java = "Bean validation groups forbid the pair for new entries only; old rows are exported "
             "as they are.",
     .node = "React keeps the state of an unmounted select, and the saved document carries it on.",
     .related = "PAT-20 PAT-18"},
    {.id = "PAT-20",
     .reason = "Who reads that a reaction was disproved has to know why, before penicillin is "
               "given after all. A comment on a reaction that stands suggests the opposite of "
               "what the record says.",
     .bad = R"(<CAVE>
  <CAVEId>56d0e8b2-c19a-4f74-b362-8a7df41c0e18</CAVEId>
  <Avkreftet>true</Avkreftet>
</CAVE>
<SistOppdatertDato>2025-04-02</SistOppdatertDato>)",
     .good = R"(<CAVE>
  <CAVEId>56d0e8b2-c19a-4f74-b362-8a7df41c0e18</CAVEId>
  <Avkreftet>true</Avkreftet>
</CAVE>
<SistOppdatertDato>2025-04-02</SistOppdatertDato>
<AvkreftetKommentar>Negativ provokasjonstest 2025</AvkreftetKommentar>)",
     .csharp = "The comment was added in a later version of the table and is NULL for all earlier "
               "rows.",
     .java = "Comment and flag belong to different DTOs, of which the mapper only sees the inner "
             "one.",
     .node = "The reason is logged as an event, { type: \"disproved\", reason }, and never folded "
             "into the reaction.",
     .related = "PAT-19 PAT-21"},
    {.id = "PAT-21",
     .reason = "The signature on an allergy is the person to ask about it. A GUID that no user of "
               "the organisation file has names nobody.",
     .bad = R"(<SistOppdatertDato>2025-04-02</SistOppdatertDato>
<RegistrertAv>b81d4e27-0c93-4f5a-8e6b-92d7c3a1f402</RegistrertAv>
<!-- ExportData.xml has only the user 3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01 -->)",
     .good = R"(<SistOppdatertDato>2025-04-02</SistOppdatertDato>
<RegistrertAv>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</RegistrertAv>
<!-- ExportData.xml has only the user 3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01 -->)",
     .csharp = "CreatedBy is the object id in Entra ID, not the key of your own user table.",
     .java = "@CreatedBy is filled by AuditorAware from the security context, whose principal has "
             "another UUID than the user entity.",
     .node = "req.user.sub, the subject of the token, was stored as the author.",
     .related = "ORG-01 TRT-41 PAT-25"},
    {.id = "PAT-22",
     .reason = "Warnings compare the substance of a reaction with the one being prescribed, by "
               "their ids in FEST. An id in another spelling is never equal, and the warning "
               "stays away without anybody noticing.",
     .bad = R"(<Virkestoff>
  <VirkestoffId>id_2f6c81d0-93a4-4be7-b15f-c08d7e36a911</VirkestoffId>
  <VirkestoffNavn>Fenoksymetylpenicillin</VirkestoffNavn>
</Virkestoff>)",
     .good = R"(<Virkestoff>
  <VirkestoffId>ID_2F6C81D0-93A4-4BE7-B15F-C08D7E36A911</VirkestoffId>
  <VirkestoffNavn>Fenoksymetylpenicillin</VirkestoffNavn>
</Virkestoff>)",
     .csharp = "The id is kept as a Guid after Substring(3), and ToString() gives small letters "
               "and no prefix.",
     .java = "A column of type uuid in PostgreSQL normalises to lower case; the prefix was cut "
             "off to make it fit.",
     .node = "toLowerCase() on all keys, meant for case-insensitive look-ups, is also applied to "
             "what is exported.",
     .related = "TRT-34 PAT-34 XML-10"},
    {.id = "PAT-23",
     .reason = "When a reaction was discovered decides how seriously it is taken. Somebody who "
               "does not know says so with Ukjent or IkkeOppgitt; an empty element says nothing "
               "at all.",
     .bad = R"(<Oppdaget></Oppdaget>)",
     .good = R"(<Oppdaget>
  <Ukjent>true</Ukjent>
</Oppdaget>)",
     .csharp = "The wrapper object is created in the constructor, its four members stay null, and "
               "XmlSerializer writes the shell.",
     .java = "A choice with @XmlElements and a null value marshals as an empty parent.",
     .node = "Age is the year of the visit minus a birth year that is 0 when unknown; a range "
             "check removes the 2025 and leaves the shell.",
     .related = "PAT-07 PAT-18"},
    {.id = "PAT-24",
     .reason = "One comment is filled in for the pharmacist unless the doctor chooses another. "
               "With two defaults the choice falls to whatever order they are read in.",
     .bad = R"(<EkspederingsAnmodningKommentar>
  <Kommentar>Hentes av hjemmetjenesten</Kommentar>
  <IsDefault>true</IsDefault>
</EkspederingsAnmodningKommentar>
<EkspederingsAnmodningKommentar>
  <Kommentar>Sendes i posten</Kommentar>
  <IsDefault>true</IsDefault>
</EkspederingsAnmodningKommentar>)",
     .good = R"(<EkspederingsAnmodningKommentar>
  <Kommentar>Hentes av hjemmetjenesten</Kommentar>
  <IsDefault>true</IsDefault>
</EkspederingsAnmodningKommentar>
<EkspederingsAnmodningKommentar>
  <Kommentar>Sendes i posten</Kommentar>
  <IsDefault>false</IsDefault>
</EkspederingsAnmodningKommentar>)",
     .csharp = "Each doctor has a default of his own in your system; GroupBy(user) disappears "
               "when the comments are collected for the patient.",
     .java = "A default per institution and one per patient come from two repositories and are "
             "put into one List.",
     .node = "Toggling the flag is a PATCH on one document, and the previous default is never "
             "patched.",
     .related = "PAT-18 TRT-40"},
    {.id = "PAT-25",
     .reason = "A review of medicines is a medical act that somebody answers for. If that user is "
               "missing, the review cannot be attributed and is not paid for.",
     .bad = R"(<RegistrertLegemiddelgjennomgang>
  <Dato>2025-02-11T10:15:00</Dato>
  <BrukerId>KARI</BrukerId>
  <M251MessageId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</M251MessageId>
</RegistrertLegemiddelgjennomgang>)",
     .good = R"(<RegistrertLegemiddelgjennomgang>
  <Dato>2025-02-11T10:15:00</Dato>
  <BrukerId>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</BrukerId>
  <M251MessageId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</M251MessageId>
</RegistrertLegemiddelgjennomgang>)",
     .csharp = "Environment.UserName of the workstation was stored as the author of reviews made "
               "in the desktop client.",
     .java = "The review table keeps initials from before the user table got UUIDs, and the "
             "migration script skipped it.",
     .node = "A denormalised author: { name, initials } was embedded in the review, without the "
             "id.",
     .related = "ORG-01 PAT-26 PAT-33"},
    {.id = "PAT-26",
     .reason = "The review rests on the medicine list that was sent with it, an M25.1. Without "
               "that message nobody can reconstruct what was reviewed.",
     .bad = R"(<Meldinger>
  <Melding>
    <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
    <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
    <Type V="ERM251" DN="Varer i bruk" />
  </Melding>
</Meldinger>
<Legemiddelgjennomgang>
  <RegistrertLegemiddelgjennomgang>
    <M251MessageId>48a6d1fc-e570-4b39-8d2a-b90c37e6f109</M251MessageId>
  </RegistrertLegemiddelgjennomgang>
</Legemiddelgjennomgang>)",
     .good = R"(<Meldinger>
  <Melding>
    <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
    <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
    <Type V="ERM251" DN="Varer i bruk" />
  </Melding>
</Meldinger>
<Legemiddelgjennomgang>
  <RegistrertLegemiddelgjennomgang>
    <M251MessageId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</M251MessageId>
  </RegistrertLegemiddelgjennomgang>
</Legemiddelgjennomgang>)",
     .csharp = "The message is retried with a new MsgId after a timeout, and the review keeps the "
               "one of the first attempt.",
     .java = "A @Transient field held the id until the message was sent; after a restart a random "
             "one was made.",
     .node = "The id of the job in the queue (BullMQ) was saved, because the message did not "
             "exist yet.",
     .related = "PAT-27 PAT-36 MSG-10 TRT-12"},
}};

}  // namespace

std::span<const RulePage> pat_pages_from_18() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
