#include "cli/recipient_certificate.hpp"

namespace sfmkit::cli {
namespace {

/// Far above any certificate; keeps a wrong file from being read whole.
constexpr std::uint64_t max_certificate_bytes = 1 << 20;

}  // namespace

platform::Result<platform::Certificate> read_recipient_certificate(
    World& world, const std::string& path
) {
    const auto content = world.files.read_all(path, max_certificate_bytes);
    if (!content) return platform::fail(content.error());
    return platform::parse_certificate(*content, path);
}

}  // namespace sfmkit::cli
