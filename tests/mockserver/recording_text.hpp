#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sfmkit::test {

/// Bytes begin to end of the test stream of the recordings: byte i is
/// `(i * 131 + (i >> 8) * 17 + 7) & 255`.
std::string stream_slice(std::uint64_t begin, std::uint64_t end);

/// What the placeholders of one case stand for.
struct CaseNames {
    std::string host;                          ///< host:port
    std::map<std::string, std::string> saved;  ///< name to path of a Location
    std::string unknown;                       ///< 32 hex digits that no upload has
    std::uint64_t offset = 0;                  ///< last Upload-Offset received
};

/// The text with all placeholders replaced, or the name of an upload that was never created.
struct Expanded {
    std::string text;
    std::string missing;
};
Expanded expand(std::string_view text, const CaseNames& names);

/// JSON holds code points; on the wire each is one Latin-1 byte.
std::string to_latin1(std::string_view utf8);

}  // namespace sfmkit::test
