#include "verifier/entry_name.hpp"
#include "verifier/export_path.hpp"
#include "verifier/rules/message_records.hpp"
#include "verifier/rules/msg_checks.hpp"
#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::verifier::msg {
namespace {

constexpr std::string_view extension = ".xml";

/// Records and entries of one file.
struct Files {
    const std::vector<Record>& records;
    const EntryNames& entries;
    const RecordNumbers& named;
    bool without_case;  ///< a name in other capitals is good enough

    explicit Files(const ContentFacts& facts)
        : records(records_of(facts)),
          entries(EntryNames::of(facts)),
          named(numbers_by<&Record::file>(facts)),
          without_case(facts.profile == findings::Profile::lenient) {}

    const ZipEntry* entry_of(const Record& record) const {
        const std::string_view name = record.file.text();
        return without_case ? entries.find_without_case(name) : entries.find(name);
    }
    bool is_missing(const Record& record) const {
        const std::string_view name = record.file.text();
        if (name.empty() || entry_of(record) != nullptr) return false;
        // Letters beyond ASCII that the archive does not declare may be the ones meant (ZIP-15).
        const bool ascii =
            std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
        return ascii || !entries.has_undeclared_letters();
    }
};

/// Entries that should be messages and that no record names.
std::vector<const ZipEntry*> orphans_of(const ContentFacts& facts, const Files& files) {
    std::vector<const ZipEntry*> orphans;
    for (const ZipEntry& entry : facts.directory->entries) {
        const bool message = entry.name.ends_with(extension) || is_unstructured_history(entry.name);
        if (!message || entry.name == wire::sfm::patient_document) continue;
        // These are rules' of their own: ZIP-05, ZIP-07, ZIP-15.
        const bool told = leaves_its_folder(entry.name) || files.entries.count(entry.name) > 1 ||
                          has_undeclared_letters(entry);
        if (!told && !files.named.contains(entry.name)) orphans.push_back(&entry);
    }
    return orphans;
}

std::size_t repeated_names(const Files& files) {
    std::size_t named = 0;
    for (const Record& record : files.records) {
        if (!record.file.text().empty()) ++named;
    }
    return named - files.named.size();
}

/// Is the name another rule's matter: the archive's entry has it, and is told?
bool is_told_of_entry(std::string_view name, const ZipEntry& entry) {
    return leaves_its_folder(name) || is_in_folder(name) || !name.ends_with(extension) ||
           has_undeclared_letters(entry);
}

bool is_usual(std::string_view name) {
    return wire::sfm::is_lower_case_guid(name.substr(0, name.size() - extension.size()));
}

std::string count_of(std::size_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace

void file_missing(const ContentFacts& facts, const RuleReporter& broken) {
    const Files files(facts);
    const std::size_t orphans = orphans_of(facts, files).size();
    for (const Record& record : files.records) {
        if (!files.is_missing(record)) continue;
        const std::string_view name = record.file.text();
        std::string cause;
        if (files.entries.find_without_case(name) != nullptr) {
            cause = "the entry has other capitals; Windows does not tell them apart";
        } else if (orphans > 0) {
            cause = fmt::format(
                "the file was packed under another name: the archive has {} that no Melding names",
                count_of(orphans, "message file", "message files")
            );
        }
        tell(
            facts,
            broken,
            record.file,
            {.expected = "the name of an entry of this archive, letter by letter",
             .actual = shown_text(record.file),
             .message = "the message file that this Melding names is not in the archive",
             .likely_cause = cause}
        );
    }
}

void entry_not_named(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.is_patient()) return;
    const Files files(facts);
    const auto orphans = orphans_of(facts, files);
    const auto missing = std::ranges::count_if(files.records, [&](const Record& record) {
        return files.is_missing(record);
    });
    // A record that names no file, or another record's, is the same mistake as a file too many.
    const std::size_t explained = static_cast<std::size_t>(missing) + repeated_names(files);
    const bool lenient = facts.profile == findings::Profile::lenient;
    for (const ZipEntry* entry : orphans) {
        const bool open = is_unstructured_history(entry->name);
        if (!open && orphans.size() <= explained) continue;
        findings::Observation seen{
            .place = {.byte_offset = entry->directory_offset, .entry = entry->name},
            .expected = "a Melding whose MeldingsFil is this name",
            .actual = "no Melding names it",
            .message = "nobody will find this message: no Melding names its file",
        };
        if (open) {
            seen.expected = "PatientData.xml and message files";
            seen.message =
                "no page and no example tells what this entry is good for; write "
                "UstrukturertHistorikk in PatientData.xml";
            seen.severity = lenient ? findings::Severity::info : findings::Severity::warning;
        }
        broken.found(std::move(seen));
    }
}

void file_named_twice(const ContentFacts& facts, const RuleReporter& broken) {
    const std::vector<Record>& records = records_of(facts);
    const RecordNumbers& first = numbers_by<&Record::file>(facts);
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto found = first.find(records[i].file.text());
        if (found == first.end() || found->second == i) continue;
        tell(
            facts,
            broken,
            records[i].file,
            {.expected = "a file of its own",
             .actual = fmt::format(
                 "{}, as in Melding[{}]", shown_text(records[i].file), found->second + 1
             ),
             .message = "two Melding name the same message file"}
        );
    }
}

void file_outside(const ContentFacts& facts, const RuleReporter& broken) {
    const Files files(facts);
    for (const Record& record : files.records) {
        const std::string_view name = record.file.text();
        // Where the entry has the name, too, ZIP-05 tells.
        if (!leaves_its_folder(name) || files.entries.find(name) != nullptr) continue;
        tell(
            facts,
            broken,
            record.file,
            {.expected = "a plain file name",
             .actual = shown_text(record.file),
             .message = "the path leaves the archive"}
        );
    }
}

void unusual_file_name(const ContentFacts& facts, const RuleReporter& broken) {
    const Files files(facts);
    for (const Record& record : files.records) {
        const std::string_view name = record.file.text();
        const ZipEntry* const entry = name.empty() ? nullptr : files.entry_of(record);
        if (entry == nullptr || is_told_of_entry(name, *entry) || is_usual(name)) continue;
        tell(
            facts,
            broken,
            record.file,
            {.expected = "<guid>.xml in small letters",
             .actual = shown_text(record.file),
             .message = "the message file is not named as in the official examples"}
        );
    }
}

void file_not_named_by_message(const ContentFacts& facts, const RuleReporter& broken) {
    std::vector<Record> named;
    std::size_t otherwise = 0;
    Element first;
    for (const Record& record : records_of(facts)) {
        const std::string_view name = record.file.text();
        const std::string_view id = record.message_id.text();
        const bool comparable =
            name.ends_with(extension) && is_usual(name) && wire::sfm::is_guid(id);
        if (record.is_import() || !comparable) continue;
        named.push_back(record);
        if (same_without_case(name.substr(0, name.size() - extension.size()), id)) continue;
        if (!first) first = record.file;
        ++otherwise;
    }
    if (!first) return;
    tell(
        facts,
        broken,
        first,
        {.expected = "<MsgId>.xml, as the page on the format says",
         .actual = fmt::format(
             "{} of {} named otherwise",
             otherwise,
             count_of(named.size(), "message file", "message files")
         ),
         .message = "message files are not named by their MsgId, as in the official examples"}
    );
}

void no_messages(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.is_patient() || facts.root().child("Meldinger")) return;
    // What was registered here or printed needs no message; what has a ReseptId was one.
    const auto sent = std::ranges::count_if(facts.all("ReseptId"), [](const Element& id) {
        return !id.text().empty();
    });
    if (sent == 0) return;
    tell(
        facts,
        broken,
        facts.root().child("Behandlinger"),
        {.expected = "Meldinger with the messages of these prescriptions",
         .actual =
             count_of(static_cast<std::size_t>(sent), "ReseptId", "ReseptId") + ", no message",
         .message = "the patient has e-prescriptions, but no message at all"}
    );
}

}  // namespace sfmkit::verifier::msg
