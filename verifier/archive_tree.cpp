#include "verifier/archive_tree.hpp"

#include "verifier/archive_entry.hpp"
#include "verifier/xml_reader.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::verifier {
namespace {

constexpr std::size_t piece_bytes = std::size_t{64} * 1024;
/// The head of a message is at its beginning.
constexpr int most_events_looked_at = 2000;

bool can_be_inflated(const ZipEntry& entry) {
    return !entry.encrypted() && (entry.method == 0 || entry.method == 8);
}

/// XML by its name: documents of an export, and the parts of an XPS document (ECMA-388).
bool is_document(std::string_view name) {
    constexpr std::array<std::string_view, 6> endings = {
        ".xml", ".XML", ".rels", ".fdseq", ".fdoc", ".fpage"
    };
    return std::ranges::any_of(endings, [&](std::string_view end) { return name.ends_with(end); });
}

/// Follows one document until root and message type are known.
class Outline {
  public:
    Outline(TreeEntry& entry, PersonalData personal) : entry_(&entry), mask_(personal) {}

    void read(XmlReader& reader) {
        for (int i = 0; i < most_events_looked_at && entry_->message_type.empty(); ++i) {
            const XmlReader::Event event = reader.next();
            if (event == XmlReader::Event::start) started(reader);
            if (event == XmlReader::Event::end) mask_.leave();
            if (event == XmlReader::Event::failed) entry_->problem = reader.problem();
            const bool over =
                event == XmlReader::Event::failed || event == XmlReader::Event::finished;
            if (over || is_no_message()) return;
        }
    }

  private:
    bool is_no_message() const {
        return !entry_->root.empty() && entry_->root != "MsgHead" && entry_->root != "AppRec";
    }

    void started(const XmlReader& reader) {
        mask_.enter(reader.space(), reader.name());
        if (reader.depth() == 0) {
            entry_->root = mask_.element_name();
            entry_->space = mask_.namespace_name();
            if (entry_->root == "AppRec") entry_->message_type = "AppRec";
            return;
        }
        // MsgHead/MsgInfo/Type, the first of that name in every message.
        if (entry_->root != "MsgHead" || reader.depth() != 2 || reader.name() != "Type") return;
        for (const PreviewAttribute& attribute : reader.attributes()) {
            if (attribute.name != "V") continue;
            entry_->message_type =
                mask_.attribute(attribute.space, attribute.name, attribute.value);
        }
    }

    TreeEntry* entry_;
    ValueMask mask_;
};

void drain(EntryReader& reader) {
    platform::ByteBuffer piece(piece_bytes);
    while (reader.read(piece) > 0) {
    }
}

TreeEntry read_entry(
    const ZipContent& content,
    const ZipDirectory& directory,
    std::size_t index,
    const Limits& limits,
    PersonalData personal
) {
    TreeEntry entry;
    entry.header = directory.entries[index];
    entry.name = masked_entry_name(entry.header.name, personal);
    if (!can_be_inflated(entry.header)) {
        entry.problem = entry.header.encrypted() ? "encrypted with a password of zip"
                                                 : "packed with another method than deflate";
        return entry;
    }
    auto stream = content.open_entry(index);
    if (!stream) {
        entry.problem = stream.error().actual;
        return entry;
    }
    EntryReader reader(std::move(*stream), entry.header, limits);
    if (is_document(entry.header.name)) {
        XmlReader xml(reader);
        Outline(entry, personal).read(xml);
        drain(reader);
    } else {
        drain(reader);
    }
    entry.sound = reader.ended() && reader.bytes() == entry.header.expanded_bytes;
    if (!reader.problem().empty()) entry.problem = reader.problem();
    return entry;
}

}  // namespace

platform::Result<ArchiveTree> read_archive_tree(
    const platform::ReadableFile& archive, const Limits& limits, PersonalData personal
) {
    ArchiveTree tree;
    auto directory = read_zip_directory(archive, limits);
    if (!directory) return std::unexpected(directory.error());
    tree.directory = std::move(*directory);
    if (tree.directory.beyond_limits) {
        tree.problem = "the archive has more entries than are read";
        return tree;
    }
    if (!tree.directory.problems.empty()) tree.problem = tree.directory.problems.front().message;
    const auto content = ZipContent::open(archive);
    if (!content) {
        if (content.error().code != platform::Errc::malformed) {
            return std::unexpected(content.error());
        }
        if (tree.problem.empty()) tree.problem = content.error().actual;
        return tree;
    }
    if (content->entry_count() != tree.directory.entries.size()) {
        if (tree.problem.empty()) tree.problem = "libzip sees another number of entries";
        return tree;
    }
    std::uint64_t expanded_bytes = 0;
    for (std::size_t i = 0; i < tree.directory.entries.size(); ++i) {
        if (expanded_bytes > limits.archive_bytes) {
            tree.problem = "the archive expands to more than is read";
            return tree;
        }
        tree.entries.push_back(read_entry(*content, tree.directory, i, limits, personal));
        expanded_bytes += tree.entries.back().header.expanded_bytes;
        if (content->file_failure()) return std::unexpected(*content->file_failure());
    }
    return tree;
}

}  // namespace sfmkit::verifier
