#include "verifier/known_content.hpp"

#include "wire/base64.hpp"
#include "wire/cursor.hpp"
#include "wire/envelope_layout.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <zlib.h>

namespace sfmkit::verifier {
namespace {

using namespace std::string_view_literals;

struct Beginning {
    std::string_view bytes;
    Content content;
};

/// File signatures as their formats define them: APPNOTE.TXT 4.3.7 and 4.3.16, XML 1.0 section 2.8
/// and appendix F, ISO 32000-1 section 7.5.2, RFC 1952 section 2.3.1, RFC 7468 section 2.
constexpr std::array beginnings = {
    Beginning{"PK\x05\x06", Content::empty_zip},
    Beginning{"<?xml", Content::xml},
    Beginning{"\xEF\xBB\xBF<", Content::xml},
    Beginning{"<PasientExport", Content::xml},
    Beginning{"<ExportImport", Content::xml},
    Beginning{"<MsgHead", Content::xml},
    Beginning{"%PDF", Content::pdf},
    Beginning{"\x1F\x8B\x08", Content::gzip},
    Beginning{"<\0?\0"sv, Content::utf16_text},
    Beginning{"\0<\0?"sv, Content::utf16_text},
    Beginning{"-----BEGIN ", Content::pem},
};

/// The first entries of Open Packaging archives (ECMA-376 part 2) as XPS writers order them.
constexpr std::array open_packaging_names = {
    "[Content_Types].xml"sv,
    "_rels/"sv,
    "FixedDocSeq"sv,
    "FixedDocumentSequence"sv,
    "Documents/"sv,
};

/// Object identifier 1.2.840.113549.1.7.3, envelopedData (RFC 5652 section 6.1).
constexpr std::string_view enveloped_data = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03";

bool is_open_packaging(std::string_view text) {
    constexpr std::size_t name_offset = 30;
    if (text.size() <= name_offset) return false;
    return std::ranges::any_of(open_packaging_names, [&](std::string_view name) {
        return text.substr(name_offset).starts_with(name);
    });
}

/// A byte order mark and letters of one byte behind it: two bytes alone may be chance.
bool is_marked_utf16(std::string_view text) {
    if (text.size() < 6) return false;
    if (text.starts_with("\xFF\xFE")) return text[3] == '\0' && text[5] == '\0';
    return text.starts_with("\xFE\xFF") && text[2] == '\0' && text[4] == '\0';
}

bool is_envelope(platform::Bytes bytes) {
    wire::Cursor cursor(bytes);
    const auto key = cursor.u32_le();
    const auto iv = cursor.u32_le();
    const auto extension = cursor.u32_le();
    if (!key || !iv || !extension) return false;
    const auto& usual = wire::envelope::usual_modulus_bytes;
    return std::ranges::find(usual, *key) != usual.end() && *iv == wire::envelope::iv_bytes &&
           *extension <= wire::envelope::max_extension_bytes;
}

/// Base64 letters of the beginning without line breaks, as many as make whole bytes; empty when
/// something else stands between them.
std::string base64_letters(std::string_view text) {
    std::string letters;
    for (const char c : text) {
        if (c == '\r' || c == '\n') continue;
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9') || c == '+' || c == '/';
        // Padding ends the text, and line ends may follow it.
        if (c == '=') break;
        if (!letter) return {};
        letters += c;
    }
    letters.resize(letters.size() / 4 * 4);
    return letters;
}

/// Every second byte, for text whose letters are all below 256.
platform::ByteBuffer narrowed(platform::Bytes bytes) {
    const bool marked =
        bytes.size() >= 2 && (bytes[0] == std::byte{0xFF} || bytes[0] == std::byte{0xFE});
    const bool high_first = bytes[0] == std::byte{0xFE} || bytes[0] == std::byte{0};
    platform::ByteBuffer low;
    for (std::size_t i = (marked ? 2U : 0U) + (high_first ? 1U : 0U); i < bytes.size(); i += 2) {
        low.push_back(bytes[i]);
    }
    return low;
}

/// The first bytes that come out of a gzip stream, as far as its beginning tells them.
platform::ByteBuffer inflated(platform::Bytes bytes) {
    z_stream stream{};
    constexpr int gzip_with_largest_window = 16 + MAX_WBITS;
    if (inflateInit2(&stream, gzip_with_largest_window) != Z_OK) return {};
    platform::ByteBuffer input = platform::to_buffer(bytes);
    platform::ByteBuffer output(known_content_bytes);
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(output.data());
    stream.avail_out = static_cast<uInt>(output.size());
    inflate(&stream, Z_SYNC_FLUSH);
    inflateEnd(&stream);
    return platform::to_buffer(platform::Bytes(output).first(output.size() - stream.avail_out));
}

Content simple_content(platform::Bytes bytes) {
    const std::string_view text = platform::as_text(bytes);
    if (text.starts_with("PK\x03\x04"))
        return is_open_packaging(text) ? Content::xps : Content::zip;
    for (const Beginning& beginning : beginnings) {
        if (text.starts_with(beginning.bytes)) return beginning.content;
    }
    if (is_marked_utf16(text)) return Content::utf16_text;
    const bool sequence = text.starts_with("\x30");
    if (sequence && text.substr(0, 32).find(enveloped_data) != text.npos) return Content::cms;
    return is_envelope(bytes) ? Content::envelope : Content::unknown;
}

std::string_view name_of(Content content) {
    switch (content) {
        case Content::zip:
            return "a zip archive";
        case Content::empty_zip:
            return "an empty zip archive";
        case Content::xps:
            return "an XPS document (or another Open Packaging archive)";
        case Content::xml:
            return "an XML document";
        case Content::pdf:
            return "a PDF document";
        case Content::gzip:
            return "a gzip stream";
        case Content::base64_text:
            return "base64 text";
        case Content::utf16_text:
            return "UTF-16 text";
        case Content::pem:
            return "a PEM file";
        case Content::cms:
            return "a CMS (PKCS#7) envelope";
        case Content::envelope:
            return "an encrypted export file";
        case Content::unknown:
            break;
    }
    return "unknown bytes";
}

}  // namespace

KnownContent recognise(platform::Bytes beginning) {
    const platform::Bytes bytes = beginning.first(std::min(beginning.size(), known_content_bytes));
    const Content content = simple_content(bytes);
    if (content == Content::gzip) return {content, simple_content(inflated(bytes))};
    if (content == Content::utf16_text) {
        const platform::ByteBuffer low = narrowed(bytes);
        const KnownContent inner = recognise(low);
        return {content, inner.content == Content::base64_text ? inner.inner : inner.content};
    }
    if (content != Content::unknown) return {.content = content};
    const std::string letters = base64_letters(platform::as_text(bytes));
    const auto decoded = wire::decode_base64(letters);
    const Content inner = decoded ? simple_content(*decoded) : Content::unknown;
    // Any word is base64; only what comes out of it tells.
    if (inner == Content::unknown) return {};
    return {.content = Content::base64_text, .inner = inner};
}

std::string describe(KnownContent known) {
    std::string text(name_of(known.content));
    if (known.inner != Content::unknown) text += " of " + std::string(name_of(known.inner));
    return text;
}

}  // namespace sfmkit::verifier
