#include "verifier/archive_judge.hpp"

#include "verifier/document_reader.hpp"
#include "verifier/entry_name.hpp"
#include "verifier/zip_content.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::verifier {
namespace {

constexpr std::size_t piece_bytes = std::size_t{64} * 1024;

/// The kind of a file whose name says nothing, by the document that only this kind has.
FileKind kind_by_content(const ZipDirectory& directory) {
    constexpr std::array<std::pair<std::string_view, FileKind>, 3> documents = {{
        {wire::sfm::patient_document, FileKind::patient},
        {wire::sfm::organisation_document, FileKind::organisation},
        {"[Content_Types].xml", FileKind::report},
    }};
    for (const auto& [name, kind] : documents) {
        const auto& entries = directory.entries;
        if (std::ranges::find(entries, name, &ZipEntry::name) != entries.end()) return kind;
    }
    return FileKind::unknown;
}

/// Which document an entry is; nothing for what is not judged as XML.
std::optional<DocumentKind> document_kind(FileKind file, std::string_view entry) {
    if (file == FileKind::organisation && entry == wire::sfm::organisation_document) {
        return DocumentKind::organisation;
    }
    if (file != FileKind::patient || !entry.ends_with(".xml")) return std::nullopt;
    if (is_unstructured_history(entry)) return std::nullopt;
    return entry == wire::sfm::patient_document ? DocumentKind::patient : DocumentKind::message;
}

bool can_be_inflated(const ZipEntry& entry) {
    return !entry.encrypted() && (entry.method == 0 || entry.method == 8);
}

}  // namespace

void judge_archive(
    findings::Judge& judge,
    const RuleSet& rules,
    const ArchiveReading& reading,
    const ArchiveSurroundings& surroundings,
    const std::string& file
) {
    ArchiveFacts facts = reading.facts;
    facts.directory = &reading.directory;
    if (!reading.message_files.empty()) facts.message_files = &reading.message_files;
    facts.now = surroundings.now;
    facts.export_began = surroundings.export_began;
    judge.run(rules.archive, facts, file);
    judge.adopt(reading.documents);
}

platform::Result<ArchiveReading> ArchiveJudge::read(
    const platform::ReadableFile& archive, FileKind kind
) {
    archive_ = &archive;
    auto directory = read_zip_directory(archive, options_.limits);
    if (!directory) return std::unexpected(directory.error());
    ArchiveFacts facts;
    facts.directory = &*directory;
    facts.kind = kind == FileKind::unknown ? kind_by_content(*directory) : kind;
    if (directory->problems.empty() && !directory->beyond_limits) {
        auto read = read_contents(facts);
        if (!read) return std::unexpected(read.error());
    } else {
        const bool huge = directory->problems.empty();
        judge_.not_reached(
            "document",
            huge ? "the archive has more entries than are read"
                 : "the archive cannot be read reliably",
            file_
        );
    }
    content_judge_.judge(*directory);
    facts.directory = nullptr;
    return ArchiveReading{
        .directory = std::move(*directory),
        .facts = std::move(facts),
        .message_files = std::move(message_files_),
        .documents = std::move(report_),
        .identifiers = content_judge_.take_identifiers(),
        .organisation = content_judge_.organisation(),
    };
}

platform::Result<void> ArchiveJudge::read_contents(ArchiveFacts& facts) {
    const auto content = ZipContent::open(*archive_);
    if (!content) {
        if (content.error().code != platform::Errc::malformed) {
            return std::unexpected(content.error());
        }
        facts.disagreement = content.error().actual;
        return {};
    }
    const std::size_t count = facts.directory->entries.size();
    if (content->entry_count() != count) {
        facts.disagreement = fmt::format("{} entries", content->entry_count());
        return {};
    }
    for (std::size_t i = 0; i < count; ++i) {
        auto entry = read_entry(*content, i, facts);
        if (content->file_failure()) return std::unexpected(*content->file_failure());
        if (!entry) return std::unexpected(entry.error());
        if (entry->read) ++report_.coverage.entries;
        facts.contents.push_back(std::move(*entry));
    }
    return {};
}

platform::Result<EntryContent> ArchiveJudge::read_entry(
    const ZipContent& content, std::size_t index, const ArchiveFacts& facts
) {
    const ZipEntry& entry = facts.directory->entries[index];
    EntryContent result;
    const std::string name = content.name(index);
    // libzip hands names out as C strings and puts blanks where a NUL would end them.
    std::string expected_name = entry.name;
    std::ranges::replace(expected_name, '\0', ' ');
    if (name != expected_name) result.other_name = name;
    const auto kind = document_kind(facts.kind, entry.name);
    if (!can_be_inflated(entry)) {
        if (kind) judge_.not_reached("document", "its entry cannot be inflated", file_);
        return result;
    }
    if (read_at_once(entry, kind, result)) return result;
    auto stream = content.open_entry(index);
    if (!stream) {
        result.error = stream.error().actual;
        if (kind) judge_.not_reached("document", "its entry is damaged", file_);
        return result;
    }
    std::optional<DocumentReader> reader;
    if (kind) {
        reader.emplace(quick_reader_, schema_for(*kind), options_.limits, entry.expanded_bytes);
    }
    platform::ByteBuffer piece(piece_bytes);
    while (!result.read) {
        if (options_.is_cancelled()) return platform::fail({.code = platform::Errc::cancelled});
        const auto count = stream->read(piece);
        if (!count) {
            result.error = count.error().actual;
            break;
        }
        result.bytes += *count;
        archive_bytes_ += *count;
        result.limit = limit_passed(entry, result.bytes, archive_bytes_);
        if (!result.limit.empty()) break;
        if (reader) reader->feed(platform::Bytes(piece).first(*count));
        result.read = *count < piece.size();
    }
    if (kind && result.read) judge_document(*reader, *kind, entry.name);
    if (kind && !result.read) {
        const bool damaged = result.limit.empty();
        judge_.not_reached(
            "document", damaged ? "its entry is damaged" : "its entry expands beyond a limit", file_
        );
    }
    return result;
}

bool ArchiveJudge::read_at_once(
    const ZipEntry& entry, std::optional<DocumentKind> kind, EntryContent& result
) {
    const std::uint64_t bytes = entry.expanded_bytes;
    if (bytes > WholeInflater::most_bytes) return false;
    if (!limit_passed(entry, bytes, archive_bytes_ + bytes).empty()) return false;
    auto text = inflater_.inflate(*archive_, entry);
    if (!text) return false;
    result.read = true;
    result.bytes = bytes;
    archive_bytes_ += bytes;
    if (kind) {
        DocumentReader reader(quick_reader_, schema_for(*kind), options_.limits, bytes);
        reader.feed_whole(std::move(*text));
        judge_document(reader, *kind, entry.name);
    }
    return true;
}

const XmlSchema* ArchiveJudge::schema_for(DocumentKind kind) const noexcept {
    return kind == DocumentKind::message ? nullptr : options_.schema;
}

std::string ArchiveJudge::limit_passed(
    const ZipEntry& entry, std::uint64_t bytes, std::uint64_t archive_bytes
) const {
    const Limits& limits = options_.limits;
    if (bytes > limits.entry_bytes) return fmt::format("{} bytes an entry", limits.entry_bytes);
    if (archive_bytes > limits.archive_bytes) {
        return fmt::format("{} bytes an archive", limits.archive_bytes);
    }
    const bool counts = bytes > limits.ratio_counts_from_bytes;
    if (counts && bytes / limits.ratio > entry.compressed_bytes) {
        return fmt::format("{} times its compressed size", limits.ratio);
    }
    return {};
}

void ArchiveJudge::judge_document(
    DocumentReader& reader, DocumentKind kind, const std::string& entry
) {
    const XmlDocument document = reader.finish();
    ++report_.coverage.documents;
    const DocumentFacts facts{
        .document = &document,
        .kind = kind,
        .entry = entry,
        .gaps_of_2021_allowed = options_.profile != findings::Profile::strict,
    };
    judge_.run_families(options_.rules.document, facts, file_);
    judge_.add_unlisted("XML-04", document.problems_not_kept);
    if (kind == DocumentKind::patient) message_files_ = document.message_files;
    content_judge_.take(document, kind, entry, reader.take_whole());
}

}  // namespace sfmkit::verifier
