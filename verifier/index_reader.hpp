#pragma once

#include "verifier/facts.hpp"
#include "verifier/limits.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// One line of Index.txt, read as leniently as a person would: blanks around it do not count, and
/// slashes and doubled backslashes stand for one backslash.
struct IndexLine {
    enum class End : std::uint8_t { cr_lf, other, none };
    enum class Names : std::uint8_t {
        nothing,       ///< a blank line
        patient,       ///< `Patients<N>/<guid>.pat`
        organisation,  ///< ExportData.dat in any letters
        report,        ///< by its folder or its extension
        outside,       ///< an absolute path, or one with `..`
        other
    };

    std::string_view text = {};               ///< as it stands there, without its end
    std::string_view path = {};               ///< without blanks around it, with single slashes
    std::uint64_t byte_offset = 0;            ///< of its first character, in the file
    std::optional<std::size_t> file = {};     ///< of FolderFacts::files; by name, with case
    std::optional<std::size_t> earlier = {};  ///< first line with this path, without case
    bool twin_has_file = false;               ///< a line with this path, without case, has one
    End end = End::none;
    Names names = Names::nothing;
    bool blanks_around = false;
    bool odd_separator = false;  ///< a slash, or several backslashes
    bool ascii = true;
};

enum class IndexEncoding { ascii_or_utf8, utf8_with_mark, utf16_little, utf16_big };

/// Index.txt taken apart and compared with the folder that it lists. Linear in both but for one
/// sort; memory is a small multiple of the content.
class Index {
  public:
    /// The folder must have an index, and must outlive this.
    Index(const FolderFacts& folder, const Limits& limits);
    Index(const Index&) = delete;
    Index& operator=(const Index&) = delete;

    const FolderFacts& folder() const noexcept { return *folder_; }
    IndexEncoding encoding() const noexcept { return encoding_; }
    const std::vector<IndexLine>& lines() const noexcept { return lines_; }
    /// Whether no line names the file with this place in FolderFacts::files.
    bool leaves_out(std::size_t file) const { return !listed_[file]; }
    /// False when the index was longer than what is read.
    bool complete() const noexcept { return complete_; }

  private:
    void find_encoding(std::string_view content);
    void decode_utf16(std::string_view content, std::size_t mark_bytes);
    void split(std::size_t most_lines);
    void normalise(IndexLine& line);
    void find_file(IndexLine& line);
    void find_repeated();

    const FolderFacts* folder_;
    IndexEncoding encoding_ = IndexEncoding::ascii_or_utf8;
    std::size_t mark_bytes_ = 0;
    std::size_t unit_bytes_ = 1;
    std::string decoded_;    ///< of UTF-16: its ASCII, and `?` for each other unit
    std::string_view text_;  ///< the content, in one byte a unit
    std::string paths_;      ///< what IndexLine::path points into
    std::vector<IndexLine> lines_;
    std::vector<bool> listed_;
    bool complete_ = true;
};

}  // namespace sfmkit::verifier
