#include "verifier/pages/dat_pages.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::RulePage;

constexpr std::array<RulePage, 9> pages = {{
    {.id = "DAT-01",
     .reason = "What has happened lies in the past. A time in the future stands above everything "
               "else in the record and hides what really was the latest.",
     .bad = R"(<PrescriptionVersionId>08d7e2c4-5fa1-4b98-8c6e-d43b90f7a125</PrescriptionVersionId>
<ForskrivningsInfoId>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</ForskrivningsInfoId>
<Tidspunkt>2052-03-01T10:00:00</Tidspunkt>)",
     .good = R"(<PrescriptionVersionId>08d7e2c4-5fa1-4b98-8c6e-d43b90f7a125</PrescriptionVersionId>
<ForskrivningsInfoId>d1a7f38e-0c65-4e29-b4d8-72e09c5bfa28</ForskrivningsInfoId>
<Tidspunkt>2025-03-01T10:00:00</Tidspunkt>)",
     .csharp = "DateTime.MaxValue marks \"open end\" in your tables, and the column is exported "
               "as an event.",
     .java = "new java.util.Date(year, month, day) adds 1900 to the year.",
     .node = "Seconds and milliseconds mixed: new Date(ms * 1000) lies thousands of years ahead.",
     .related = "DAT-07 TRT-23 DAT-02"},
    {.id = "DAT-02",
     .reason = "A patient born tomorrow or in the time of steam is a typing mistake. Age decides "
               "on doses, and the identity check fails on the wrong date.",
     .bad = R"(<DateOfBirth>1877-06-15</DateOfBirth>)",
     .good = R"(<DateOfBirth>1977-06-15</DateOfBirth>)",
     .csharp = "default(DateTime) is the year 1, and SQL Server's oldest datetime is 1753: both "
               "come from a date nobody entered.",
     .java = "Two-digit years are parsed with a base of 2000, which puts the eldest patients into "
             "the future.",
     .node = "new Date(77, 5, 15) is 1977, new Date(\"0077-06-15\") the first century; null "
             "becomes 1970.",
     .related = "PAT-07 PAT-08 DAT-03"},
    {.id = "DAT-03",
     .reason = "Nothing is prescribed to somebody who is not born yet. Either the event or the "
               "birth date is wrong, or the event belongs to the record of a parent.",
     .bad = R"(<DemografiskInfo>
  <DateOfBirth>2005-01-09</DateOfBirth>
</DemografiskInfo>
<Behandlinger>
  <Legemiddelbehandling>
    <LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId>
    <DatoOppstart>2003-04-01</DatoOppstart>
  </Legemiddelbehandling>
</Behandlinger>)",
     .good = R"(<DemografiskInfo>
  <DateOfBirth>2005-01-09</DateOfBirth>
</DemografiskInfo>
<Behandlinger>
  <Legemiddelbehandling>
    <LibId>a2c5f71e-89d0-4b36-8f4c-3e60d9b7a521</LibId>
    <DatoOppstart>2023-04-01</DatoOppstart>
  </Legemiddelbehandling>
</Behandlinger>)",
     .csharp = "An unset start date is replaced by new DateTime(1900, 1, 1), the default of an "
               "older schema.",
     .java = "Timestamp 0 of a legacy import becomes 1970-01-01 for children as well.",
     .node = "new Date(null) is the first of January 1970, whereas new Date(undefined) would have "
             "been invalid.",
     .related = "DAT-02 PAT-08 TRT-25"},
    {.id = "DAT-04",
     .reason = "A time without zone is read as Norwegian time. When some times of a kind have a "
               "zone and others not, two ways of writing are at work, and one of them is probably "
               "an hour or two off.",
     .bad = R"(<Prescription>
  <Tidspunkt>2025-03-01T10:00:00</Tidspunkt>
</Prescription>
<Prescription>
  <Tidspunkt>2025-03-01T09:05:00Z</Tidspunkt>
</Prescription>)",
     .good = R"(<Prescription>
  <Tidspunkt>2025-03-01T10:00:00</Tidspunkt>
</Prescription>
<Prescription>
  <Tidspunkt>2025-03-01T10:05:00</Tidspunkt>
</Prescription>)",
     .csharp = "XmlSerializer writes by DateTime.Kind: Utc gets a Z, Local an offset, Unspecified "
               "neither.",
     .java = "XMLGregorianCalendar prints a zone unless setTimezone(FIELD_UNDEFINED) is called.",
     .node = "Some times are Date objects and printed with Z, others strings from a date picker "
             "without.",
     .related = "MSG-15 DAT-05 TRT-42"},
    {.id = "DAT-05",
     .reason = "A date with an offset is legal, and the official exporter writes some like this. "
               "Readers that turn it into a moment and back may come out on the day before.",
     .bad = R"(<DatoOppstart>2025-03-01+01:00</DatoOppstart>)",
     .good = R"(<DatoOppstart>2025-03-01</DatoOppstart>)",
     .csharp = "A format string such as \"yyyy-MM-ddzzz\" appends the offset of the machine; "
               "DataType = \"date\" on the property writes none.",
     .java = "DatatypeFactory.newXMLGregorianCalendar(GregorianCalendar) takes the zone of the "
             "calendar along, for dates too.",
     .node = "format(date, \"yyyy-MM-ddXXX\") of date-fns, copied from the times.",
     .related = "DAT-04 PAT-08 TRT-30"},
    {.id = "DAT-06",
     .reason = "The official exporter never writes more than milliseconds. More decimals are cut "
               "or rounded by readers, and two copies of one time are then no longer equal.",
     .bad = R"(<Tidspunkt>2025-03-01T10:00:00.1234567</Tidspunkt>)",
     .good = R"(<Tidspunkt>2025-03-01T10:00:00.123</Tidspunkt>)",
     .csharp = "The round-trip format \"o\" writes seven decimals, the precision of a tick.",
     .java = "LocalDateTime.toString() prints nanoseconds; truncatedTo(ChronoUnit.MILLIS) is "
             "missing.",
     .node = "Temporal, or a timestamp column read as text by pg, carries microseconds that Date "
             "never had.",
     .related = "MSG-15 DAT-04"},
    {.id = "DAT-07",
     .reason = "An archive holds what had happened when it was packed. Something later means that "
               "a clock or zone is wrong, or that the archive was put together from two runs.",
     .bad = R"(<!-- all entries of the archive are dated 2025-03-01 12:00 -->
<GenDate>2025-03-04T10:00:00</GenDate>)",
     .good = R"(<!-- all entries of the archive are dated 2025-03-01 12:00 -->
<GenDate>2025-03-01T10:00:00</GenDate>)",
     .csharp = "ZipArchiveEntry.LastWriteTime is set from the database row, which was written "
               "long before.",
     .java = "ZipEntry.setTime with a fixed moment makes reproducible archives, as build tools "
             "do.",
     .node = "yazl and archiver take mtime from the file, and a cached file is older than its "
             "content's record.",
     .related = "DAT-01 ZIP-16"},
    {.id = "DAT-08",
     .reason = "A price or right that ends before it begins was never valid. The reader drops it, "
               "and the medicine has no price.",
     .bad = R"(<PrisVare>
  <GyldigFraDato>2025-12-31</GyldigFraDato>
  <GyldigTilDato>2025-01-01</GyldigTilDato>
</PrisVare>)",
     .good = R"(<PrisVare>
  <GyldigFraDato>2025-01-01</GyldigFraDato>
  <GyldigTilDato>2025-12-31</GyldigTilDato>
</PrisVare>)",
     .csharp = "MinValue and MaxValue stand for open ends, and a swapped ?? gives each to the "
               "other.",
     .java = "new Interval(to, from) throws in Joda, while two setters of a bean take any pair.",
     .node = "Two date pickers without min and max let people choose the end first.",
     .related = "PAT-30 TRT-36 TRT-30"},
    {.id = "DAT-09",
     .reason = "Electronic prescriptions were not in use before 2008, so no older message can "
               "exist. An older date puts a message at the beginning of the record, where nobody "
               "looks for it.",
     .bad = R"(<MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
<Type V="ERM1" DN="Resept" />
<GenDate>1925-03-01T10:00:00</GenDate>)",
     .good = R"(<MsgId>e09b37d6-1c4f-4a82-b7e5-2d680f9ca308</MsgId>
<Type V="ERM1" DN="Resept" />
<GenDate>2025-03-01T10:00:00</GenDate>)",
     .csharp = "DateTime.FromOADate on a number that was no OLE date lands near 1900.",
     .java = "Instant.ofEpochSecond gets 0 for messages that never got their time.",
     .node = "Unix seconds passed to new Date() as if they were milliseconds fall into January "
             "1970.",
     .related = "DAT-01 MSG-15"},
}};

}  // namespace

std::span<const RulePage> dat_pages_from_01() noexcept {
    return pages;
}

}  // namespace sfmkit::verifier
