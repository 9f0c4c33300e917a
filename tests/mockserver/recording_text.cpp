#include "tests/mockserver/recording_text.hpp"

#include "platform/bytes.hpp"
#include "wire/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <vector>

namespace sfmkit::test {
namespace {

std::string digest(const EVP_MD* algorithm, std::string_view bytes) {
    std::string out(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    EVP_Digest(
        bytes.data(),
        bytes.size(),
        reinterpret_cast<unsigned char*>(out.data()),
        &size,
        algorithm,
        nullptr
    );
    out.resize(size);
    return out;
}

std::string base64(std::string_view bytes) {
    return wire::encode_base64(platform::as_bytes(bytes));
}

/// `a-b` of a placeholder as bytes of the test stream.
std::string slice_of(const std::string& range) {
    const std::size_t dash = range.find('-');
    return stream_slice(std::stoull(range.substr(0, dash)), std::stoull(range.substr(dash + 1)));
}

std::string expand_call(const std::string& name, const std::string& value, const CaseNames& names) {
    if (name == "sha1") return base64(digest(EVP_sha1(), slice_of(value)));
    if (name == "md5") return base64(digest(EVP_md5(), slice_of(value)));
    if (name == "sha1hex") {
        return platform::to_hex(platform::as_bytes(digest(EVP_sha1(), slice_of(value))));
    }
    if (name == "sha1next") {
        const std::uint64_t count = std::stoull(value);
        return base64(digest(EVP_sha1(), stream_slice(names.offset, names.offset + count)));
    }
    if (name == "b64") return base64(value);
    if (name == "long") return std::string(std::stoull(value), 'a');
    throw std::runtime_error("unknown placeholder {" + name + ":…}");
}

std::string last_segment(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

std::optional<std::string> expand_name(const std::string& name, const CaseNames& names) {
    if (name == "files") return "/files";
    if (name == "host") return names.host;
    if (name == "base") return "http://" + names.host;
    if (name == "unknown") return names.unknown;
    if (name == "offset") return std::to_string(names.offset);
    const std::size_t dot = name.find('.');
    const auto saved = names.saved.find(name.substr(0, dot));
    if (saved == names.saved.end()) return std::nullopt;
    const std::string form = dot == std::string::npos ? "" : name.substr(dot + 1);
    if (form.empty()) return saved->second;
    if (form == "url") return "http://" + names.host + saved->second;
    std::string id = last_segment(saved->second);
    if (form == "ID") {
        std::ranges::transform(id, id.begin(), [](unsigned char letter) {
            return static_cast<char>(std::toupper(letter));
        });
    }
    return id;
}

}  // namespace

std::string stream_slice(std::uint64_t begin, std::uint64_t end) {
    std::string bytes;
    bytes.reserve(end - begin);
    for (std::uint64_t i = begin; i < end; ++i) {
        bytes += static_cast<char>((i * 131 + (i >> 8) * 17 + 7) & 255);
    }
    return bytes;
}

Expanded expand(std::string_view text, const CaseNames& names) {
    Expanded expanded;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t close = text[at] == '{' ? text.find('}', at) : std::string_view::npos;
        if (close == std::string_view::npos) {
            expanded.text += text[at++];
            continue;
        }
        const std::string inside(text.substr(at + 1, close - at - 1));
        at = close + 1;
        const std::size_t colon = inside.find(':');
        if (colon != std::string::npos) {
            expanded.text += expand_call(inside.substr(0, colon), inside.substr(colon + 1), names);
        } else if (const auto value = expand_name(inside, names)) {
            expanded.text += *value;
        } else {
            expanded.missing = inside.substr(0, inside.find('.'));
        }
    }
    return expanded;
}

std::string to_latin1(std::string_view utf8) {
    std::string bytes;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        if (lead < 0x80) {
            bytes += utf8[i];
        } else {
            const auto trail = static_cast<unsigned char>(utf8[++i]);
            bytes += static_cast<char>(((lead & 0x03) << 6) | (trail & 0x3F));
        }
    }
    return bytes;
}

}  // namespace sfmkit::test
