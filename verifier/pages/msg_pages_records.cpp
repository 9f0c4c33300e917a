#include "verifier/pages/msg_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 11> pages = {{
    {.id = "MSG-01",
     .reason = "The Melding is the index card, the message itself lies beside PatientData.xml in "
               "the archive. If the name leads nowhere, a signed message of the patient's record "
               "is lost.",
     .bad = R"(<!-- entries: PatientData.xml, 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml -->
<MeldingsFil>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07.xml</MeldingsFil>)",
     .good = R"(<!-- entries: PatientData.xml, 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml -->
<MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>)",
     .csharp = "ZipArchive.CreateEntry gets a new Guid, while the record keeps the name under "
               "which the file lay on disk.",
     .java = "ZipOutputStream is fed from a map keyed by message, and messages without content "
             "are skipped there only.",
     .node = "archiver adds by glob, and a file written after the glob was read is not in it.",
     .related = "MSG-02 MSG-03 MSG-04 ZIP-06"},
    {.id = "MSG-02",
     .reason = "A message that no Melding names has no type, time or place in the record. It is "
               "not imported, although the archive carries it.",
     .bad = R"(<!-- entries: PatientData.xml, 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml,
  74f2c85a-3b6e-49d1-a08c-5e17d94b3c07.xml -->
<Meldinger>
  <Melding>
    <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
    <MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>
  </Melding>
</Meldinger>)",
     .good = R"(<!-- entries: PatientData.xml, 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml,
  74f2c85a-3b6e-49d1-a08c-5e17d94b3c07.xml -->
<Meldinger>
  <Melding>
    <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
    <MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>
  </Melding>
  <Melding>
    <Id>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07</Id>
    <MeldingsFil>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07.xml</MeldingsFil>
  </Melding>
</Meldinger>)",
     .csharp = "A temporary folder by Path.GetTempPath is reused, and files of the patient before "
               "are packed along.",
     .java = "Files.walk packs everything in the work directory, .DS_Store and half-written files "
             "too.",
     .node = "The records are filtered by type after the files were already appended to the "
             "stream.",
     .related = "MSG-01 MSG-03 ZIP-11"},
    {.id = "MSG-03",
     .reason = "Two records for one file claim that the same message came twice. Mostly the "
               "content of the other one was overwritten, and a signed message is gone.",
     .bad = R"(<Melding>
  <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
  <MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>
</Melding>
<Melding>
  <Id>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07</Id>
  <MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>
</Melding>)",
     .good = R"(<Melding>
  <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
  <MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>
</Melding>
<Melding>
  <Id>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07</Id>
  <MeldingsFil>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07.xml</MeldingsFil>
</Melding>)",
     .csharp = "The name is made of DateTime.Now.Ticks, and two messages fall on the same tick of "
               "a coarse clock.",
     .java = "A static SimpleDateFormat, shared by threads, makes names that collide now and "
             "then.",
     .node = "Date.now() as file name: many messages are written within one millisecond.",
     .related = "MSG-01 MSG-02 ZIP-07"},
    {.id = "MSG-04",
     .reason = "A name with .., a drive letter or a leading slash would make a careless reader "
               "open a file outside the archive. Readers therefore refuse such an export "
               "altogether.",
     .bad = R"(<MeldingsFil>C:\export\1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>)",
     .good = R"(<MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>)",
     .csharp = "FileInfo.FullName is assigned where FileInfo.Name was meant.",
     .java = "File.getAbsolutePath() sneaks in with a logging line and is then reused for the "
             "record.",
     .node = "__dirname is prefixed by path.resolve, which makes every path absolute.",
     .related = "MSG-01 ZIP-05 IDX-06"},
    {.id = "MSG-05",
     .reason = "Names made of a GUID in small letters cannot collide and hold no sign that "
               "another system reads differently. A name with date, type or patient also tells "
               "who was written about.",
     .bad = R"(<MeldingsFil>ERM1_2025-03-01_Test_Ola.xml</MeldingsFil>)",
     .good = R"(<MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>)",
     .csharp = "Speaking names from an older export to disk were kept: "
               "$\"{type}_{date:d}_{name}.xml\".",
     .java = "MessageFormat.format with the patient's name, on a file system that was UTF-8 and a "
             "zip that is not.",
     .node = "A slug of title and patient is used because it looks well in the browser's download "
             "list.",
     .related = "MSG-06 ZIP-15 DIR-08"},
    {.id = "MSG-06",
     .reason = "The portal says that a file bears the id of its message, while the official "
               "examples bear another GUID. Both are read, so this is a note for those who search "
               "for a message by name.",
     .bad = R"(<MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
<Type V="ERM1" DN="Resept" />
<GenDate>2025-03-01T10:00:00</GenDate>
<MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>)",
     .good = R"(<MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
<Type V="ERM1" DN="Resept" />
<GenDate>2025-03-01T10:00:00</GenDate>
<MeldingsFil>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308.xml</MeldingsFil>)",
     .csharp = "The key of the document store names the blob, and the blob keeps that name in the "
               "zip.",
     .java = "The id of the JPA entity was at hand, the MsgId only after parsing the content.",
     .node = "GridFS has its own _id, which is what the download stream is opened with.",
     .related = "MSG-05 MSG-11"},
    {.id = "MSG-07",
     .reason = "Replies name their message by this Id. Two messages with one Id cannot be told "
               "apart, and a receipt ends up under the wrong one.",
     .bad = R"(<Melding>
  <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
  <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
</Melding>
<Melding>
  <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
  <MsgId>48a6d1fc-e570-4b39-8d2a-b90c37e6f109</MsgId>
</Melding>)",
     .good = R"(<Melding>
  <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
  <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
</Melding>
<Melding>
  <Id>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07</Id>
  <MsgId>48a6d1fc-e570-4b39-8d2a-b90c37e6f109</MsgId>
</Melding>)",
     .csharp = "Id is the id of the conversation: SelectMany over conversations yields one record "
               "per message with the key of the parent.",
     .java = "@MappedSuperclass gives sent and received messages separate sequences, and both "
             "count from 1.",
     .node = "The request id of the middleware (cls-hooked) is shared by a message and its "
             "receipt.",
     .related = "MSG-08 MSG-10 MSG-03"},
    {.id = "MSG-08",
     .reason = "A reply makes sense with its question only: an answer to a look-up, a receipt for "
               "a prescription. Without the parent it cannot be seen whether a prescription was "
               "accepted.",
     .bad = R"(<Melding>
  <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
  <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
</Melding>
<Melding>
  <Id>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07</Id>
  <ParentId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</ParentId>
  <MsgId>48a6d1fc-e570-4b39-8d2a-b90c37e6f109</MsgId>
</Melding>)",
     .good = R"(<Melding>
  <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
  <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
</Melding>
<Melding>
  <Id>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07</Id>
  <ParentId>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</ParentId>
  <MsgId>48a6d1fc-e570-4b39-8d2a-b90c37e6f109</MsgId>
</Melding>)",
     .csharp = "ConversationRef.RefToParent of the MsgHead is copied; it holds a MsgId, while "
               "ParentId wants the Id of the record.",
     .java = "The parent is looked up after the id column was switched from the message's to the "
             "record's, except in this query.",
     .node = "inReplyTo came from the header of the transport, which numbers envelopes and not "
             "messages.",
     .related = "MSG-07 MSG-09 MSG-22"},
    {.id = "MSG-09",
     .reason = "Each question has one kind of answer: a list of prescriptions (ERM96) answers the "
               "question for it (ERM95). An answer of another kind hangs on the wrong question, "
               "and the right one looks unanswered.",
     .bad = R"xml(<Melding>
  <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
  <Type V="ERM95" DN="Forespørsel om tilgjengelige resepter på pasient (rekvirent)" />
</Melding>
<Melding>
  <Id>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07</Id>
  <ParentId>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</ParentId>
  <Type V="ERM912" DN="Nedlasting av varer i bruk" />
</Melding>)xml",
     .good = R"xml(<Melding>
  <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
  <Type V="ERM95" DN="Forespørsel om tilgjengelige resepter på pasient (rekvirent)" />
</Melding>
<Melding>
  <Id>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07</Id>
  <ParentId>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</ParentId>
  <Type V="ERM96" DN="Forespørsel om tilgjengelige resepter på pasient (rekvirent)" />
</Melding>)xml",
     .csharp = "Requests and answers are zipped by position (Enumerable.Zip) although the answers "
               "came in another order.",
     .java = "CompletableFuture.allOf completes in any order, and the answers were added as they "
             "came.",
     .node = "Two look-ups run in Promise.race style and share one variable for the pending "
             "request.",
     .related = "MSG-08 MSG-12 MSG-13"},
    {.id = "MSG-10",
     .reason = "The MsgId is the name of a message everywhere outside your system: in receipts, "
               "at the register, at the pharmacy. Two messages with one name make every reference "
               "to it ambiguous.",
     .bad = R"(<Melding>
  <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
  <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
</Melding>
<Melding>
  <Id>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07</Id>
  <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
</Melding>)",
     .good = R"(<Melding>
  <Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
  <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
</Melding>
<Melding>
  <Id>74f2c85a-3b6e-49d1-a08c-5e17d94b3c07</Id>
  <MsgId>48a6d1fc-e570-4b39-8d2a-b90c37e6f109</MsgId>
</Melding>)",
     .csharp = "A Polly retry sends the same MsgHead again, and each attempt is logged as a "
               "message of its own.",
     .java = "The JMS listener is redelivered after a rollback and stores the same message a "
             "second time.",
     .node = "At-least-once delivery of the queue without an upsert on the message id.",
     .related = "MSG-07 MSG-11 PAT-26"},
    {.id = "MSG-11",
     .reason = "The record has to name the message by what the message calls itself. With an id "
               "of your own, no receipt from outside will ever be matched with it.",
     .bad = R"(<!-- in 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml:
  <MsgId>48a6d1fc-e570-4b39-8d2a-b90c37e6f109</MsgId> -->
<Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
<MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
<MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>)",
     .good = R"(<!-- in 1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml:
  <MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId> -->
<Id>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06</Id>
<MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
<MeldingsFil>1d8e63b4-a79f-4250-9c3e-84b6f02a7d06.xml</MeldingsFil>)",
     .csharp = "MsgId is filled with Guid.NewGuid() in the constructor and only overwritten for "
               "messages that you sent.",
     .java = "The ebXML MessageId of the transport was stored and later mistaken for the MsgId of "
             "the content.",
     .node = "The parser was configured with removeNSPrefix: false, does not find MsgId, and a "
             "fallback id is taken.",
     .related = "MSG-10 MSG-13 MSG-15 TRT-12"},
}};

}  // namespace

std::span<const RulePage> msg_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
