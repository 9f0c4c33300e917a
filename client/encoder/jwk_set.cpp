#include "client/encoder/jwk_set.hpp"

#include "platform/assert.hpp"
#include "wire/base64.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <algorithm>

namespace sfmkit::client {
namespace {

using platform::ByteBuffer;
using platform::Openssl;

/// RFC 7515 section 2: the URL-safe alphabet without padding.
std::string base64url(platform::Bytes bytes) {
    std::string text = wire::encode_base64(bytes);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    text.erase(std::min(text.find('='), text.size()));
    return text;
}

ByteBuffer number_of(const EVP_PKEY& key, const char* name) {
    BIGNUM* found = nullptr;
    SFM_ASSERT(EVP_PKEY_get_bn_param(&key, name, &found) == 1);
    const Openssl<BIGNUM> number(found);
    ByteBuffer bytes(static_cast<std::size_t>(BN_num_bytes(number.get())));
    BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(bytes.data()));
    return bytes;
}

}  // namespace

std::string jwk_set(const EVP_PKEY& key, const EVP_MD& sha256) {
    const std::string n = base64url(number_of(key, OSSL_PKEY_PARAM_RSA_N));
    const std::string e = base64url(number_of(key, OSSL_PKEY_PARAM_RSA_E));
    // RFC 7638 section 3: the required members in this order, without blanks.
    const std::string canonical = fmt::format(R"({{"e":"{}","kty":"RSA","n":"{}"}})", e, n);
    const std::string thumbprint =
        base64url(platform::digest_of(sha256, platform::as_bytes(canonical)));
    const nlohmann::ordered_json set = {
        {"keys",
         nlohmann::ordered_json::array(
             {{{"kty", "RSA"},
               {"use", "sig"},
               {"alg", "RS256"},
               {"kid", thumbprint},
               {"n", n},
               {"e", e}}}
         )}
    };
    return set.dump(2) + "\n";
}

}  // namespace sfmkit::client
