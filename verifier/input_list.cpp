#include "verifier/input_list.hpp"

#include "platform/printable.hpp"

#include <utility>

namespace sfmkit::verifier {
namespace {

constexpr std::size_t piece_bytes = std::size_t{64} << 10U;
constexpr std::size_t longest_name_bytes = 4096;

/// The line that sha256sum of the GNU coreutils prints: a name that would break it is escaped, and
/// a backslash at its beginning tells so.
std::string checksum_line(const findings::Input& input) {
    std::string name;
    for (const char c : input.file) {
        if (c == '\\') {
            name += "\\\\";
        } else if (c == '\n') {
            name += "\\n";
        } else if (c == '\r') {
            name += "\\r";
        } else {
            name += c;
        }
    }
    const char* const mark = name == input.file ? "" : "\\";
    return mark + input.sha256 + "  " + name + '\n';
}

}  // namespace

platform::Result<findings::Input> hash_input(
    const platform::ReadableFile& file,
    const std::string& name,
    const platform::CryptoAlgorithms& algorithms
) {
    findings::Input input{.file = name};
    platform::Digest digest(*algorithms.sha256);
    platform::ByteBuffer piece(piece_bytes);
    for (bool more = true; more;) {
        const auto read = file.read_at(input.bytes, piece);
        if (!read) return std::unexpected(read.error());
        digest.update(platform::Bytes(piece).first(*read));
        input.bytes += *read;
        more = *read == piece.size();
    }
    input.sha256 = platform::to_hex(digest.finish());
    return input;
}

void InputList::add(findings::Input input) {
    all_.update(platform::as_bytes(checksum_line(input)));
    ++inputs_.files;
    inputs_.bytes += input.bytes;
    if (inputs_.listed.size() == findings::Inputs::most_listed) return;
    input.file = platform::printable(input.file, longest_name_bytes);
    inputs_.listed.push_back(std::move(input));
}

void InputList::add_empty(const std::string& name) {
    add(
        {.file = name,
         .bytes = 0,
         .sha256 = platform::to_hex(platform::digest_of(*algorithms_.sha256, {}))}
    );
}

void InputList::add_file(
    platform::Files& files, const std::filesystem::path& path, const std::string& name
) {
    const auto file = files.open_for_reading(path);
    if (!file) return;
    if (auto input = hash_input(**file, name, algorithms_)) add(std::move(*input));
}

findings::Inputs InputList::finish() {
    inputs_.sha256 = platform::to_hex(all_.finish());
    return std::exchange(inputs_, {});
}

}  // namespace sfmkit::verifier
