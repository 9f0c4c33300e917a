#pragma once

#include "platform/bytes.hpp"

#include <cstdint>
#include <string>

namespace sfmkit::verifier {

/// What the first bytes of a file, or of its plaintext, say it is.
enum class Content : std::uint8_t {
    unknown,
    zip,
    empty_zip,
    xps,  ///< a zip archive that begins like an Open Packaging one, e.g. an XPS document
    xml,
    pdf,
    gzip,
    base64_text,
    utf16_text,
    pem,
    cms,      ///< PKCS#7 enveloped data, as EnvelopedCms and `openssl cms` write it
    envelope  ///< the three lengths of an encrypted export file
};

/// What something is, and what is inside when it is only a wrapping.
struct KnownContent {
    Content content = Content::unknown;
    Content inner = Content::unknown;  ///< of base64 text, UTF-16 text and gzip

    bool operator==(const KnownContent&) const = default;
    /// An archive that a zip reader opens: 50 4B 03 04.
    bool is_archive() const noexcept { return content == Content::zip || content == Content::xps; }
    /// Encrypted in the end, below base64, UTF-16 or gzip.
    bool wraps_envelope() const noexcept { return inner == Content::envelope; }
};

/// How many bytes of a beginning are looked at, at most.
inline constexpr std::size_t known_content_bytes = 512;

/// Looks at a beginning; more than known_content_bytes of it are ignored. Nothing is trusted to be
/// whole: a recognised beginning says nothing about the rest.
KnownContent recognise(platform::Bytes beginning);

/// e.g. `a gzip stream of XML text`.
std::string describe(KnownContent known);

}  // namespace sfmkit::verifier
