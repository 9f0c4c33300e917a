#include "wire/jose/jws.hpp"

#include "platform/assert.hpp"
#include "wire/jose/base64url.hpp"
#include "wire/jose/ecdsa_form.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>

namespace sfmkit::wire {
namespace {

using platform::ByteBuffer;
using platform::Bytes;
using platform::Openssl;

const unsigned char* data_of(Bytes bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// RFC 7518 section 3.5: MGF1 with the same hash, and a salt as long as the hash.
void set_padding(EVP_PKEY_CTX* context, SignatureFamily family) {
    if (family != SignatureFamily::rsa_pss) return;
    SFM_ASSERT(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1);
    SFM_ASSERT(EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1);
}

JoseResult<void> check_length(const Jws& jws, const AlgorithmRow& row, const Jwk& key) {
    if (jws.signature.empty()) return refuse(JoseFault::signature_missing);
    if (jws.signature.size() == key.signature_bytes()) return {};
    const bool der = row.family == SignatureFamily::ecdsa && is_der_signature(jws.signature);
    return refuse(
        {.fault = der ? JoseFault::signature_der : JoseFault::signature_length,
         .expected = std::to_string(key.signature_bytes()) + " bytes",
         .actual = std::to_string(jws.signature.size()) + " bytes"}
    );
}

}  // namespace

JoseResult<Jws> parse_jws(std::string_view compact, JwsLimits limits) {
    if (compact.size() > limits.token_bytes) {
        return refuse(
            {.fault = JoseFault::token_too_long,
             .expected = std::to_string(limits.token_bytes) + " bytes or fewer",
             .actual = std::to_string(compact.size()) + " bytes"}
        );
    }
    const auto dots = static_cast<std::size_t>(std::ranges::count(compact, '.'));
    if (dots != 2) {
        return refuse(
            {.fault = JoseFault::segment_count,
             .expected = "3 parts",
             .actual = std::to_string(dots + 1) + (dots == 0 ? " part" : " parts")}
        );
    }
    const std::size_t first = compact.find('.');
    const std::size_t second = compact.find('.', first + 1);
    const auto header = decode_base64url(compact.substr(0, first));
    if (!header) return std::unexpected(header.error());
    auto payload = decode_base64url(compact.substr(first + 1, second - first - 1));
    if (!payload) return std::unexpected(payload.error());
    auto signature = decode_base64url(compact.substr(second + 1));
    if (!signature) return std::unexpected(signature.error());
    auto members = parse_json_object(platform::as_text(*header), limits.json);
    if (!members) return std::unexpected(members.error());
    if (members->find("crit") != nullptr) {
        return refuse({.fault = JoseFault::critical_header, .member = "crit"});
    }
    if (members->find("b64") != nullptr) {
        return refuse({.fault = JoseFault::unencoded_payload, .member = "b64"});
    }
    return Jws{
        .signing_input = std::string(compact.substr(0, second)),
        .header = std::move(*members),
        .payload = std::move(*payload),
        .signature = std::move(*signature)
    };
}

JoseResult<JsonValue> claims_of(const Jws& jws, JsonLimits limits) {
    return parse_json_object(platform::as_text(jws.payload), limits);
}

JoseResult<SignatureAlgorithm> algorithm_of(
    const Jws& jws, std::span<const SignatureAlgorithm> allowed
) {
    const auto name = text_member(jws.header, "alg");
    if (!name) return std::unexpected(name.error());
    return algorithm_named(*name, allowed);
}

JoseResult<void> verify(const Jws& jws, SignatureAlgorithm algorithm, const Jwk& key) {
    if (auto fits = key.fits(algorithm); !fits) return fits;
    const AlgorithmRow& row = row_of(algorithm);
    if (auto checked = check_length(jws, row, key); !checked) return checked;
    const bool ecdsa = row.family == SignatureFamily::ecdsa;
    const ByteBuffer signature = ecdsa ? der_of_raw(jws.signature) : jws.signature;
    const Openssl<EVP_MD_CTX> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr;
    ERR_clear_error();
    SFM_ASSERT(context != nullptr);
    const int begun = EVP_DigestVerifyInit_ex(
        context.get(), &parameters, row.digest, nullptr, nullptr, key.get(), nullptr
    );
    SFM_ASSERT(begun == 1);
    set_padding(parameters, row.family);
    const Bytes text = platform::as_bytes(jws.signing_input);
    const int right = EVP_DigestVerify(
        context.get(), data_of(signature), signature.size(), data_of(text), text.size()
    );
    ERR_clear_error();
    if (right != 1) return refuse(JoseFault::signature_wrong);
    return {};
}

JoseResult<ByteBuffer> signature_over(
    std::string_view signing_input, SignatureAlgorithm algorithm, EVP_PKEY& key
) {
    const AlgorithmRow& row = row_of(algorithm);
    const bool ecdsa = row.family == SignatureFamily::ecdsa;
    const char* const type = ecdsa ? "EC" : "RSA";
    if (EVP_PKEY_is_a(&key, type) != 1) {
        return refuse({.fault = JoseFault::key_algorithm, .member = "kty", .expected = type});
    }
    const CurveRow& curve = row_of(row.curve);
    const auto key_bytes = static_cast<std::size_t>(EVP_PKEY_get_bits(&key) + 7) / 8;
    if (ecdsa && key_bytes != curve.number_bytes) {
        return refuse(
            {.fault = JoseFault::key_algorithm, .member = "crv", .expected = std::string(curve.name)
            }
        );
    }
    const Openssl<EVP_MD_CTX> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr;
    ERR_clear_error();
    SFM_ASSERT(context != nullptr);
    const int begun = EVP_DigestSignInit_ex(
        context.get(), &parameters, row.digest, nullptr, nullptr, &key, nullptr
    );
    SFM_ASSERT(begun == 1);
    set_padding(parameters, row.family);
    const Bytes text = platform::as_bytes(signing_input);
    auto size = static_cast<std::size_t>(EVP_PKEY_get_size(&key));
    ByteBuffer signature(size);
    auto* const target = reinterpret_cast<unsigned char*>(signature.data());
    const int done = EVP_DigestSign(context.get(), target, &size, data_of(text), text.size());
    ERR_clear_error();
    // A public key gets as far as here.
    if (done != 1) return refuse(JoseFault::key_pair);
    signature.resize(size);
    return ecdsa ? raw_of_der(signature, curve.number_bytes) : signature;
}

JoseResult<std::string> sign(
    std::string_view header, std::string_view payload, SignatureAlgorithm algorithm, EVP_PKEY& key
) {
    std::string token = encode_base64url(platform::as_bytes(header));
    token += '.';
    token += encode_base64url(platform::as_bytes(payload));
    const auto signature = signature_over(token, algorithm, key);
    if (!signature) return std::unexpected(signature.error());
    token += '.';
    token += encode_base64url(*signature);
    return token;
}

}  // namespace sfmkit::wire
