#include "mockserver/body_digests.hpp"

#include "platform/assert.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::mockserver {
namespace {

struct AlgorithmRow {
    std::string_view name;  ///< as Upload-Checksum spells it
    platform::Openssl<EVP_MD> platform::CryptoAlgorithms::* algorithm;
};

constexpr std::array<AlgorithmRow, 3> rows = {{
    {"md5", &platform::CryptoAlgorithms::md5},
    {"sha1", &platform::CryptoAlgorithms::sha1},
    {"sha256", &platform::CryptoAlgorithms::sha256},
}};

}  // namespace

BodyDigests::BodyDigests(
    const platform::CryptoAlgorithms& algorithms, const Rules& rules, const WritePlan& plan
) {
    for (const std::string_view offered : rules.profile->checksum_algorithms) {
        const bool named = plan.checksum && plan.checksum->algorithm == offered;
        if (!named && !plan.checksum_in_trailer) continue;
        const auto row = std::ranges::find(rows, offered, &AlgorithmRow::name);
        SFM_ASSERT(row != rows.end());
        running_.emplace_back(row->name, platform::Digest(*(algorithms.*row->algorithm)));
    }
}

void BodyDigests::update(platform::Bytes bytes) {
    for (auto& [name, digest] : running_) digest.update(bytes);
}

Digests BodyDigests::finish() {
    Digests digests;
    for (auto& [name, digest] : running_) digests.emplace(name, digest.finish());
    return digests;
}

}  // namespace sfmkit::mockserver
