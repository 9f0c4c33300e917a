#include "verifier/index_reader.hpp"

#include "verifier/export_path.hpp"

#include <algorithm>
#include <utility>

namespace sfmkit::verifier {
namespace {

namespace sfm = wire::sfm;

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view blanks = " \t";

/// FNV-1a: long lines that begin alike are told apart without reading them again and again.
std::uint64_t hash_without_case(std::string_view text) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(in_lower_case(c));
        hash *= 0x100000001b3U;
    }
    return hash;
}

bool is_outside(std::string_view path) noexcept {
    const bool drive = path.size() >= 2 && path[1] == ':' && in_lower_case(path[0]) >= 'a' &&
                       in_lower_case(path[0]) <= 'z';
    if (path.starts_with('/') || drive) return true;
    return path == ".." || path.starts_with("../") || path.ends_with("/..") ||
           path.contains("/../");
}

bool is_report(const ExportPath& parts) noexcept {
    return same_without_case(parts.extension, sfm::report_extension) ||
           same_without_case(parts.extension, ".xps") ||
           sfm::numbered_folder(parts.folder, sfm::report_folder_prefix).has_value();
}

IndexLine::Names what_is_named(std::string_view path) noexcept {
    using enum IndexLine::Names;
    if (path.empty()) return nothing;
    if (is_outside(path)) return outside;
    if (same_without_case(path, sfm::organisation_file)) return organisation;
    const ExportPath parts = take_apart(path);
    if (is_report(parts)) return report;
    const bool right = patient_folder_of(path) && sfm::is_guid(parts.stem) &&
                       parts.extension == sfm::patient_extension;
    return right ? patient : other;
}

}  // namespace

Index::Index(const FolderFacts& folder, const Limits& limits)
    : folder_(&folder), listed_(folder.files.size()), complete_(!folder.index_is_cut) {
    find_encoding(*folder.index);
    paths_.reserve(text_.size());  // what points into it stays where it is
    split(limits.index_lines);
    // The end of what was read may lie inside a line.
    if (folder.index_is_cut && !lines_.empty() && lines_.back().end == IndexLine::End::none) {
        lines_.pop_back();
    }
    for (IndexLine& line : lines_) {
        normalise(line);
        find_file(line);
    }
    find_repeated();
}

void Index::find_encoding(std::string_view content) {
    text_ = content;
    if (content.starts_with(utf8_mark)) {
        encoding_ = IndexEncoding::utf8_with_mark;
        mark_bytes_ = utf8_mark.size();
        text_.remove_prefix(mark_bytes_);
        return;
    }
    if (content.size() < 2) return;
    const bool little_mark = content.starts_with("\xFF\xFE");
    const bool big_mark = content.starts_with("\xFE\xFF");
    // No path begins with a NUL or has one in second place.
    const bool little = little_mark || (content[0] != '\0' && content[1] == '\0');
    const bool big = big_mark || (content[0] == '\0' && content[1] != '\0');
    if (!little && !big) return;
    encoding_ = little ? IndexEncoding::utf16_little : IndexEncoding::utf16_big;
    decode_utf16(content, little_mark || big_mark ? 2 : 0);
}

void Index::decode_utf16(std::string_view content, std::size_t mark_bytes) {
    mark_bytes_ = mark_bytes;
    unit_bytes_ = 2;
    const bool little = encoding_ == IndexEncoding::utf16_little;
    decoded_.reserve(content.size() / 2);
    for (std::size_t i = mark_bytes; i + 1 < content.size(); i += 2) {
        const char low = content[little ? i : i + 1];
        const char high = content[little ? i + 1 : i];
        const bool ascii = high == '\0' && static_cast<unsigned char>(low) < 0x80;
        decoded_ += ascii ? low : '?';
    }
    text_ = decoded_;
}

void Index::split(std::size_t most_lines) {
    std::size_t begin = 0;
    while (begin < text_.size()) {
        if (lines_.size() == most_lines) {
            complete_ = false;
            return;
        }
        const std::size_t stop = std::min(text_.find_first_of("\r\n", begin), text_.size());
        // Text that was written in text mode twice has CR CR LF: one end of a line, not two.
        const std::size_t after_returns =
            std::min(text_.find_first_not_of('\r', stop), text_.size());
        const bool feed = after_returns < text_.size() && text_[after_returns] == '\n';
        std::size_t next = stop + 1;
        if (feed) next = after_returns + 1;
        IndexLine line{.text = text_.substr(begin, stop - begin)};
        line.byte_offset = mark_bytes_ + begin * unit_bytes_;
        if (stop == text_.size()) {
            next = stop;
        } else {
            const bool right = feed && after_returns - stop == 1;
            line.end = right ? IndexLine::End::cr_lf : IndexLine::End::other;
        }
        lines_.push_back(line);
        begin = next;
    }
}

void Index::normalise(IndexLine& line) {
    const std::size_t first = line.text.find_first_not_of(blanks);
    std::string_view trimmed;
    if (first != std::string_view::npos) {
        trimmed = line.text.substr(first, line.text.find_last_not_of(blanks) + 1 - first);
    }
    line.blanks_around = trimmed.size() != line.text.size();
    line.ascii =
        std::ranges::all_of(trimmed, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    const std::size_t begin = paths_.size();
    bool after_separator = false;
    for (const char c : trimmed) {
        const bool separator = c == '/' || c == '\\';
        line.odd_separator = line.odd_separator || c == '/' || (separator && after_separator);
        if (!separator) paths_ += c;
        if (separator && !after_separator) paths_ += '/';
        after_separator = separator;
    }
    line.path = std::string_view(paths_).substr(begin);
    line.names = what_is_named(line.path);
}

void Index::find_file(IndexLine& line) {
    const auto& files = folder_->files;
    const bool outside = line.names == IndexLine::Names::outside;
    const std::string_view path = outside ? last_folder_and_name(line.path) : line.path;
    const auto place = std::ranges::lower_bound(files, path, {}, [](const FolderFacts::File& file) {
        return std::string_view(file.path);
    });
    if (place == files.end() || place->path != path) return;
    line.file = static_cast<std::size_t>(place - files.begin());
    listed_[*line.file] = true;
}

void Index::find_repeated() {
    struct Key {
        std::uint64_t hash;
        std::size_t line;
    };
    std::vector<Key> keys;
    keys.reserve(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const bool blank = lines_[i].names == IndexLine::Names::nothing;
        if (!blank) keys.push_back({.hash = hash_without_case(lines_[i].path), .line = i});
    }
    std::ranges::sort(keys, {}, [](const Key& key) { return std::pair(key.hash, key.line); });
    for (std::size_t begin = 0; begin < keys.size();) {
        const IndexLine& first = lines_[keys[begin].line];
        // Two paths of one hash that differ are made on purpose; the second is then on its own.
        std::size_t end = begin;
        bool any_file = false;
        while (end < keys.size() && keys[end].hash == keys[begin].hash &&
               same_without_case(lines_[keys[end].line].path, first.path)) {
            any_file = any_file || lines_[keys[end].line].file.has_value();
            if (end > begin) lines_[keys[end].line].earlier = keys[begin].line;
            ++end;
        }
        for (; begin < end; ++begin) lines_[keys[begin].line].twin_has_file = any_file;
    }
}

}  // namespace sfmkit::verifier
