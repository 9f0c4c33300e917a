#include "verifier/entry_preview.hpp"

#include "verifier/archive_entry.hpp"
#include "verifier/masked_tree.hpp"
#include "verifier/xml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace sfmkit::verifier {
namespace {

std::optional<std::size_t> index_of(const ZipDirectory& directory, const std::string& wanted) {
    const auto& entries = directory.entries;
    const auto named = std::ranges::find(entries, wanted, &ZipEntry::name);
    if (named != entries.end()) return static_cast<std::size_t>(named - entries.begin());
    std::size_t number = 0;
    const char* const end = wanted.data() + wanted.size();
    const auto [rest, error] = std::from_chars(wanted.data(), end, number);
    const bool is_number = error == std::errc() && rest == end;
    if (!is_number || number == 0 || number > entries.size()) return std::nullopt;
    return number - 1;
}

std::unexpected<platform::Error> no_such_entry(const PreviewRequest& request) {
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "the archive has no such entry",
        .where = "--entry " + request.entry,
        .expected = "the name or number of an entry, as inspect without --entry lists them",
        .next = "run this again without --entry",
    });
}

Preview first_lines(EntryReader& source, const PreviewRequest& request) {
    Preview preview;
    PreviewWriter writer(request.personal, request.max_lines);
    XmlReader reader(source);
    while (!writer.is_full()) {
        const XmlReader::Event event = reader.next();
        if (event == XmlReader::Event::start) {
            writer.start(reader.space(), reader.name(), reader.attributes());
        }
        if (event == XmlReader::Event::text) writer.text(reader.value());
        if (event == XmlReader::Event::comment) writer.comment(reader.value());
        if (event == XmlReader::Event::end) writer.end();
        if (event == XmlReader::Event::failed) preview.problem = reader.problem();
        if (event == XmlReader::Event::failed || event == XmlReader::Event::finished) break;
    }
    preview.cut = writer.is_full();
    preview.lines = writer.lines();
    return preview;
}

platform::Result<platform::ByteBuffer> whole_document(EntryReader& source) {
    platform::ByteBuffer content;
    platform::ByteBuffer piece(std::size_t{64} * 1024);
    while (const std::size_t count = source.read(piece)) {
        if (content.size() + count > max_xpath_document_bytes) {
            return platform::fail({
                .code = platform::Errc::limit,
                .what = "the document is too large for XPath",
                .expected = fmt::format("at most {} bytes", max_xpath_document_bytes),
                .next = "look at it without --xpath, or write it out with sfmkit open",
            });
        }
        platform::append(content, platform::Bytes(piece).first(count));
    }
    if (source.ended()) return content;
    return platform::fail({
        .code = platform::Errc::malformed,
        .what = "the entry cannot be read",
        .actual = source.problem(),
    });
}

platform::Result<Preview> selected_lines(EntryReader& source, const PreviewRequest& request) {
    auto content = whole_document(source);
    if (!content) return std::unexpected(content.error());
    const auto tree = MaskedTree::parse(*content, request.personal);
    if (!tree) return std::unexpected(tree.error());
    Preview preview;
    const auto selected = tree->select(request.xpath, preview.lines, request.max_lines);
    if (!selected) return std::unexpected(selected.error());
    preview.selected = *selected;
    preview.cut = preview.lines.size() >= request.max_lines;
    return preview;
}

}  // namespace

platform::Result<Preview> preview_entry(
    const platform::ReadableFile& archive, const PreviewRequest& request
) {
    const auto directory = read_zip_directory(archive, request.limits);
    if (!directory) return std::unexpected(directory.error());
    const auto index = index_of(*directory, request.entry);
    if (!index) return no_such_entry(request);
    const auto content = ZipContent::open(archive);
    if (!content) return std::unexpected(content.error());
    auto stream = content->open_entry(*index);
    if (!stream) return std::unexpected(stream.error());
    const ZipEntry& entry = directory->entries[*index];
    EntryReader source(std::move(*stream), entry, request.limits);
    auto preview = request.xpath.empty() ? platform::Result<Preview>(first_lines(source, request))
                                         : selected_lines(source, request);
    if (preview) preview->entry = masked_entry_name(entry.name, request.personal);
    return preview;
}

}  // namespace sfmkit::verifier
