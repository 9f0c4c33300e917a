#include "client/encoder/jwk_set.hpp"

#include "platform/assert.hpp"
#include "wire/jose/jwk.hpp"

#include <nlohmann/json.hpp>

namespace sfmkit::client {

std::string jwk_set(const EVP_PKEY& key, const EVP_MD& sha256) {
    const auto members = wire::public_members(key);
    SFM_ASSERT(members.has_value());
    const auto parsed = wire::Jwk::parse_public(*members);
    SFM_ASSERT(parsed.has_value());
    const nlohmann::ordered_json set = {
        {"keys",
         nlohmann::ordered_json::array(
             {{{"kty", "RSA"},
               {"use", "sig"},
               {"alg", "RS256"},
               {"kid", wire::thumbprint(*parsed, sha256)},
               {"n", *members->find("n")->text()},
               {"e", *members->find("e")->text()}}}
         )}
    };
    return set.dump(2) + "\n";
}

}  // namespace sfmkit::client
