#include "verifier/rules/zip_checks.hpp"

#include "verifier/dos_time.hpp"
#include "verifier/entry_name.hpp"
#include "verifier/export_path.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace sfmkit::verifier::zip_checks {
namespace {

findings::Place place_of(const ZipEntry& entry) {
    return {.byte_offset = entry.directory_offset, .entry = entry.name};
}

std::size_t count_of(const ArchiveFacts& facts, std::string_view name) {
    return static_cast<std::size_t>(
        std::ranges::count(facts.directory->entries, name, &ZipEntry::name)
    );
}

std::string words(std::chrono::sys_seconds time) {
    return fmt::format(
        "{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(std::chrono::system_clock::to_time_t(time))
    );
}

}  // namespace

void ambiguous_archive(const ArchiveFacts& facts, const RuleReporter& broken) {
    for (const ZipProblem& problem : facts.directory->problems) {
        broken.found(
            {.place = {.byte_offset = problem.byte_offset, .entry = problem.entry},
             .expected = problem.expected,
             .actual = problem.actual,
             .message = problem.message}
        );
    }
    if (!facts.disagreement.empty()) {
        broken.found(
            {.expected = "an archive that every reader reads alike",
             .actual = facts.disagreement,
             .message = "libzip sees another archive than its directory describes"}
        );
    }
    for (std::size_t i = 0; i < facts.contents.size(); ++i) {
        if (facts.contents[i].other_name.empty()) continue;
        broken.found(
            {.place = place_of(facts.directory->entries[i]),
             .expected = "the name that stands in the directory",
             .actual = facts.contents[i].other_name,
             .message = "libzip reads another name than the directory holds"}
        );
    }
}

void damaged_entry(const ArchiveFacts& facts, const RuleReporter& broken) {
    for (std::size_t i = 0; i < facts.contents.size(); ++i) {
        const EntryContent& content = facts.contents[i];
        const ZipEntry& entry = facts.directory->entries[i];
        if (!content.error.empty()) {
            broken.found(
                {.place = place_of(entry),
                 .expected = fmt::format("data with CRC-32 {:08x}", entry.crc32),
                 .actual = content.error,
                 .message = "the entry is damaged"}
            );
        } else if (content.read && content.bytes != entry.expanded_bytes) {
            broken.found(
                {.place = place_of(entry),
                 .expected = fmt::format("{} bytes", entry.expanded_bytes),
                 .actual = fmt::format("{} bytes", content.bytes),
                 .message = "the entry has another size than its header says"}
            );
        }
    }
}

void unusual_method(const ArchiveFacts& facts, const RuleReporter& broken) {
    for (const ZipEntry& entry : facts.directory->entries) {
        if (entry.method == broken.bound(0) || entry.method == broken.bound(1)) continue;
        broken.found(
            {.place = place_of(entry),
             .expected = "method 0 (stored) or 8 (deflate)",
             .actual = fmt::format("method {}", entry.method),
             .message = "the entry is compressed in a way that .NET's ZipArchive cannot read"}
        );
    }
}

void encrypted_entry(const ArchiveFacts& facts, const RuleReporter& broken) {
    for (const ZipEntry& entry : facts.directory->entries) {
        if (!entry.encrypted()) continue;
        broken.found(
            {.place = place_of(entry),
             .expected = "flag bit 0 clear",
             .actual = fmt::format("flags {:04x}", entry.flags),
             .message = "the entry asks for a password"}
        );
    }
}

void escaping_name(const ArchiveFacts& facts, const RuleReporter& broken) {
    for (const ZipEntry& entry : facts.directory->entries) {
        if (!leaves_its_folder(entry.name)) continue;
        broken.found(
            {.place = place_of(entry),
             .expected = "a plain file name",
             .actual = entry.name,
             .message = "the name leaves the folder that the archive is unpacked to"}
        );
    }
}

void entry_in_folder(const ArchiveFacts& facts, const RuleReporter& broken) {
    // An XPS document is a zip archive with folders by its own standard.
    if (facts.kind == FileKind::report) return;
    for (const ZipEntry& entry : facts.directory->entries) {
        if (!is_in_folder(entry.name) || leaves_its_folder(entry.name)) continue;
        broken.found(
            {.place = place_of(entry),
             .expected = "entries beside each other",
             .actual = entry.name,
             .message = entry.is_directory() ? "the archive holds a folder entry"
                                             : "the entry lies in a folder"}
        );
    }
}

void repeated_name(const ArchiveFacts& facts, const RuleReporter& broken) {
    std::map<std::string, const ZipEntry*> seen;
    for (const ZipEntry& entry : facts.directory->entries) {
        const auto [known, is_new] = seen.emplace(in_lower_case(entry.name), &entry);
        if (is_new) continue;
        broken.found(
            {.place = place_of(entry),
             .expected = "names that differ in more than upper and lower case",
             .actual = known->second->name,
             .message = "two entries have the same name on Windows"}
        );
    }
}

void no_organisation_document(const ArchiveFacts& facts, const RuleReporter& broken) {
    if (facts.kind != FileKind::organisation || facts.directory->beyond_limits) return;
    if (count_of(facts, wire::sfm::organisation_document) > 0) return;
    broken.found(
        {.expected = std::string(wire::sfm::organisation_document),
         .actual = "no entry of that name",
         .message = "the organisation file has no organisation document"}
    );
}

void foreign_entry(const ArchiveFacts& facts, const RuleReporter& broken) {
    if (facts.kind != FileKind::organisation) return;
    for (const ZipEntry& entry : facts.directory->entries) {
        const bool own =
            in_lower_case(entry.name) == in_lower_case(wire::sfm::organisation_document);
        if (own || entry.is_directory()) continue;
        broken.found(
            {.place = place_of(entry),
             .expected = std::string(wire::sfm::organisation_document) + " only",
             .actual = entry.name,
             .message = "the organisation file holds something else"}
        );
    }
}

void no_patient_document(const ArchiveFacts& facts, const RuleReporter& broken) {
    if (facts.kind != FileKind::patient || facts.directory->beyond_limits) return;
    const std::size_t count = count_of(facts, wire::sfm::patient_document);
    if (std::cmp_equal(count, broken.bound())) return;
    const std::string document(wire::sfm::patient_document);
    broken.found(
        {.place = {.entry = document},
         .expected = document + " once",
         .actual = fmt::format("{} entries of that name", count),
         .message = count == 0 ? "the patient file has no patient document"
                               : "the patient file has more than one patient document"}
    );
}

void entry_no_xml(const ArchiveFacts& facts, const RuleReporter& broken) {
    if (facts.kind != FileKind::patient) return;
    for (const ZipEntry& entry : facts.directory->entries) {
        if (entry.is_directory() || entry.name.ends_with(".xml")) continue;
        // An open question: MSG-02 warns of it.
        if (is_unstructured_history(entry.name)) continue;
        broken.found(
            {.place = place_of(entry),
             .expected = "a message file <guid>.xml",
             .actual = entry.name,
             .message = "the patient file holds something that is no XML file"}
        );
    }
}

void beyond_limits(const ArchiveFacts& facts, const RuleReporter& broken) {
    if (facts.directory->beyond_limits) {
        broken.found(
            {.expected = "a directory of ordinary size",
             .actual = fmt::format(
                 "{} entries in {} bytes",
                 facts.directory->entry_count,
                 facts.directory->directory_bytes
             ),
             .message = "the archive claims more entries than are read"}
        );
    }
    for (std::size_t i = 0; i < facts.contents.size(); ++i) {
        if (facts.contents[i].limit.empty()) continue;
        broken.found(
            {.place = place_of(facts.directory->entries[i]),
             .expected = facts.contents[i].limit,
             .actual = fmt::format("more than {} bytes", facts.contents[i].bytes),
             .message = "the entry expands beyond the limit; it was not read further"}
        );
    }
}

void other_order(const ArchiveFacts& facts, const RuleReporter& broken) {
    if (facts.kind != FileKind::patient || facts.message_files == nullptr) return;
    std::vector<std::string_view> expected(
        facts.message_files->begin(), facts.message_files->end()
    );
    expected.push_back(wire::sfm::patient_document);
    // Tens of thousands of names come from outside: looked up, not searched for one by one.
    const std::unordered_set<std::string_view> named(expected.begin(), expected.end());
    std::size_t i = 0;
    for (const ZipEntry& entry : facts.directory->entries) {
        // Orphans and missing files are other rules' matter: only the order of what is named.
        if (!named.contains(entry.name)) continue;
        while (i < expected.size() && expected[i] != entry.name) ++i;
        if (i < expected.size()) continue;
        broken.found(
            {.place = place_of(entry),
             .expected = "messages in the order of Meldinger, then PatientData.xml",
             .actual = entry.name,
             .message = "the entries stand in another order than the reference exporter's"}
        );
        return;
    }
}

void unusual_records(const ArchiveFacts& facts, const RuleReporter& broken) {
    const auto say = [&](findings::Place place, std::string actual) {
        broken.found(
            {.place = std::move(place),
             .expected = "plain records as the reference exporter writes them",
             .actual = std::move(actual),
             .message = "the archive uses a feature that the reference exporter does not use"}
        );
    };
    if (facts.directory->zip64) say({}, "zip64 end record");
    if (facts.directory->comment_bytes > 0) say({}, "archive comment");
    for (const ZipEntry& entry : facts.directory->entries) {
        if (entry.has_descriptor()) say(place_of(entry), "data descriptor");
        if (entry.extra_bytes > 0) say(place_of(entry), "extra field");
        if (entry.comment_bytes > 0) say(place_of(entry), "entry comment");
    }
}

void undeclared_letters(const ArchiveFacts& facts, const RuleReporter& broken) {
    for (const ZipEntry& entry : facts.directory->entries) {
        const bool ascii = std::ranges::all_of(entry.name, [](char c) {
            return static_cast<unsigned char>(c) < 0x80U;
        });
        if (ascii || entry.utf8_name()) continue;
        broken.found(
            {.place = place_of(entry),
             .expected = "ASCII, or UTF-8 with flag bit 11",
             .actual = entry.name,
             .message = "readers have to guess the letters of the name"}
        );
    }
}

void implausible_time(const ArchiveFacts& facts, const RuleReporter& broken) {
    // Entries hold local time without zone: nobody's clock is further ahead of UTC than 14 hours.
    const auto latest =
        std::chrono::floor<std::chrono::seconds>(facts.now) + std::chrono::hours(broken.bound(0));
    const std::chrono::hours one_run(broken.bound(1));
    const bool is_report = facts.kind == FileKind::report;
    const ZipEntry* not_set = nullptr;
    for (const ZipEntry& entry : facts.directory->entries) {
        const auto time = dos_timestamp(entry.dos_date, entry.dos_time);
        if (!time) {
            // An XPS report is zipped when it is made, by whatever made it.
            if (not_set == nullptr && !is_report) not_set = &entry;
            continue;
        }
        const bool future = *time > latest;
        const bool other_run =
            !is_report && facts.export_began &&
            (*time > *facts.export_began + one_run || *time < *facts.export_began - one_run);
        if (!future && !other_run) continue;
        broken.found(
            {.place = place_of(entry),
             .expected = future
                             ? std::string("a time in the past")
                             : fmt::format("one export run of at most {} hours", broken.bound(1)),
             .actual = words(*time),
             .message = future ? "the timestamp lies in the future"
                               : "the timestamp belongs to another export run"}
        );
        return;
    }
    if (not_set == nullptr) return;
    broken.found(
        {.place = place_of(*not_set),
         .expected = "the time of the export",
         .actual = "1980-01-01 or no date",
         .message = "the timestamps are not set"}
    );
}

}  // namespace sfmkit::verifier::zip_checks
