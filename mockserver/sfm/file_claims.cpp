#include "mockserver/sfm/file_claims.hpp"

#include "platform/bytes.hpp"
#include "wire/sfm_names.hpp"
#include "wire/tus_headers.hpp"

#include <algorithm>

namespace sfmkit::mockserver {

FileClaims file_claims(std::string_view metadata) {
    const auto pairs = wire::parse_metadata_as_tusdotnet(metadata);
    if (!pairs) return {};
    const auto value_of = [&](std::string_view key) {
        const auto pair = std::ranges::find(*pairs, key, &wire::MetadataPair::key);
        return pair == pairs->end() ? std::string() : std::string(platform::as_text(pair->value));
    };
    return {
        .name = value_of(wire::sfm::metadata_name),
        .session_id = value_of(wire::sfm::metadata_session_id),
        .file_type = value_of(wire::sfm::metadata_file_type),
    };
}

}  // namespace sfmkit::mockserver
