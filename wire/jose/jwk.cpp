#include "wire/jose/jwk.hpp"

#include "platform/assert.hpp"
#include "wire/jose/base64url.hpp"
#include "wire/jose/key_numbers.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <array>

namespace sfmkit::wire {
namespace {

using platform::ByteBuffer;
using platform::SecretBytes;

// RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1.
constexpr std::array<std::string_view, 8> private_members = {
    "d", "p", "q", "dp", "dq", "qi", "oth", "k"
};

JoseResult<ByteBuffer> number_member(const JsonValue& object, std::string_view name) {
    const auto text = text_member(object, name);
    if (!text) return std::unexpected(text.error());
    auto bytes = decode_base64url(*text);
    if (!bytes) bytes.error().member = name;
    return bytes;
}

/// Reads several numbers and remembers the first error.
class NumberReader {
  public:
    explicit NumberReader(const JsonValue& object) : object_(object) {}
    ByteBuffer operator()(std::string_view name) {
        if (error_) return {};
        auto number = number_member(object_, name);
        if (number) return std::move(*number);
        error_ = std::move(number.error());
        return {};
    }
    const std::optional<JoseError>& error() const noexcept { return error_; }

  private:
    const JsonValue& object_;
    std::optional<JoseError> error_;
};

JoseResult<platform::Openssl<EVP_PKEY>> rsa_key(const JsonValue& object, bool is_private) {
    NumberReader read(object);
    RsaNumbers numbers;
    numbers.n = read("n");
    numbers.e = read("e");
    if (is_private) {
        auto& secret = numbers.secret.emplace();
        secret.d = SecretBytes(read("d"));
        secret.p = SecretBytes(read("p"));
        secret.q = SecretBytes(read("q"));
        secret.dp = SecretBytes(read("dp"));
        secret.dq = SecretBytes(read("dq"));
        secret.qi = SecretBytes(read("qi"));
    }
    if (read.error()) return std::unexpected(*read.error());
    return make_rsa_key(numbers);
}

JoseResult<platform::Openssl<EVP_PKEY>> ec_key(
    const JsonValue& object, Curve curve, bool is_private
) {
    NumberReader read(object);
    EcNumbers numbers{.curve = curve, .x = {}, .y = {}};
    numbers.x = read("x");
    numbers.y = read("y");
    if (is_private) numbers.d = SecretBytes(read("d"));
    if (read.error()) return std::unexpected(*read.error());
    return make_ec_key(numbers);
}

JoseResult<std::string> word_member(const JsonValue& object, std::string_view name) {
    const auto text = optional_text_member(object, name);
    if (!text) return std::unexpected(text.error());
    return std::string(text->value_or(""));
}

/// RFC 7638 section 3.2, in the order of section 3.3.
JsonValue thumbprint_members(const JsonValue& object, bool is_rsa) {
    constexpr std::array<std::string_view, 3> of_rsa = {"e", "kty", "n"};
    constexpr std::array<std::string_view, 4> of_ec = {"crv", "kty", "x", "y"};
    JsonValue required;
    for (const std::string_view name : is_rsa ? std::span<const std::string_view>(of_rsa) : of_ec) {
        required.set(name, *object.find(name));
    }
    return required;
}

}  // namespace

JoseResult<void> Jwk::fits(SignatureAlgorithm algorithm) const {
    const AlgorithmRow& row = row_of(algorithm);
    const bool wants_rsa = row.family != SignatureFamily::ecdsa;
    if (wants_rsa != is_rsa()) {
        return refuse(
            {.fault = JoseFault::key_algorithm,
             .member = "kty",
             .expected = wants_rsa ? "RSA" : "EC",
             .actual = is_rsa() ? "RSA" : "EC"}
        );
    }
    if (curve_ != nullptr && curve_->curve != row.curve) {
        return refuse(
            {.fault = JoseFault::key_algorithm,
             .member = "crv",
             .expected = std::string(row_of(row.curve).name),
             .actual = std::string(curve_->name)}
        );
    }
    if (!algorithm_.empty() && algorithm_ != row.name) {
        return refuse(
            {.fault = JoseFault::key_algorithm, .member = "alg", .expected = std::string(row.name)}
        );
    }
    if (!use_.empty() && use_ != "sig") {
        return refuse({.fault = JoseFault::key_use, .member = "use", .expected = "sig"});
    }
    return {};
}

JoseResult<Jwk> Jwk::parse_public(const JsonValue& object) {
    for (const std::string_view name : private_members) {
        if (object.find(name) == nullptr) continue;
        return refuse({.fault = JoseFault::key_is_private, .member = std::string(name)});
    }
    return parse(object, false);
}

JoseResult<Jwk> Jwk::parse_private(const JsonValue& object) {
    return parse(object, true);
}

JoseResult<Jwk> Jwk::parse(const JsonValue& object, bool wants_private) {
    if (object.object() == nullptr) return refuse(JoseFault::not_an_object);
    Jwk jwk;
    jwk.is_private_ = wants_private;
    const auto type = text_member(object, "kty");
    if (!type) return std::unexpected(type.error());
    const bool is_rsa = *type == "RSA";
    if (!is_rsa && *type != "EC") {
        return refuse({.fault = JoseFault::key_type, .member = "kty", .expected = "RSA or EC"});
    }
    if (!is_rsa) {
        const auto name = text_member(object, "crv");
        if (!name) return std::unexpected(name.error());
        const auto curve = curve_named(*name);
        if (!curve) return std::unexpected(curve.error());
        jwk.curve_ = &row_of(*curve);
    }
    auto key =
        is_rsa ? rsa_key(object, wants_private) : ec_key(object, jwk.curve_->curve, wants_private);
    if (!key) return std::unexpected(std::move(key.error()));
    jwk.key_ = std::move(*key);
    for (auto& [name, place] :
         {std::pair("kid", &jwk.kid_), {"alg", &jwk.algorithm_}, {"use", &jwk.use_}}) {
        auto text = word_member(object, name);
        if (!text) return std::unexpected(std::move(text.error()));
        *place = std::move(*text);
    }
    jwk.required_ = thumbprint_members(object, is_rsa);
    jwk.signature_bytes_ = is_rsa ? static_cast<std::size_t>(EVP_PKEY_get_size(jwk.get()))
                                  : 2 * jwk.curve_->number_bytes;
    return jwk;
}

JoseResult<JsonValue> public_members(const EVP_PKEY& key) {
    JsonValue object;
    const auto put = [&](const char* member, const char* name, std::size_t size) {
        auto number = number_of(key, name);
        SFM_ASSERT(number.has_value());
        if (number->size() < size) number->insert(number->begin(), size - number->size(), {});
        object.set(member, encode_base64url(*number));
    };
    if (EVP_PKEY_is_a(&key, "RSA") == 1) {
        object.set("kty", "RSA");
        put("n", OSSL_PKEY_PARAM_RSA_N, 0);
        put("e", OSSL_PKEY_PARAM_RSA_E, 0);
        return object;
    }
    std::array<char, 64> group{};
    std::size_t length = 0;
    const bool has_group = EVP_PKEY_is_a(&key, "EC") == 1 &&
                           EVP_PKEY_get_group_name(&key, group.data(), group.size(), &length) == 1;
    for (const Curve curve : {Curve::p256, Curve::p384, Curve::p521}) {
        const CurveRow& row = row_of(curve);
        if (!has_group || std::string_view(group.data(), length) != row.group) continue;
        object.set("kty", "EC");
        object.set("crv", row.name);
        put("x", OSSL_PKEY_PARAM_EC_PUB_X, row.number_bytes);
        put("y", OSSL_PKEY_PARAM_EC_PUB_Y, row.number_bytes);
        return object;
    }
    return refuse({.fault = JoseFault::key_type, .expected = "RSA, or EC on a curve of RFC 7518"});
}

std::string thumbprint(const Jwk& key, const EVP_MD& sha256) {
    const std::string canonical = print_json(key.required_members());
    return encode_base64url(platform::digest_of(sha256, platform::as_bytes(canonical)));
}

}  // namespace sfmkit::wire
