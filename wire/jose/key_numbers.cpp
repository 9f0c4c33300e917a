#include "wire/jose/key_numbers.hpp"

#include "platform/assert.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <bit>

namespace sfmkit::wire {
namespace {

using platform::Bytes;
using platform::Openssl;

// RFC 7518 section 3.3 asks for 2048 bits or more; the upper limits keep a hostile key from costing
// seconds.
constexpr std::size_t fewest_modulus_bits = 2048;
constexpr std::size_t most_modulus_bits = 8192;
constexpr std::size_t most_exponent_bytes = 8;

std::size_t bits_of(Bytes number) {
    if (number.empty()) return 0;
    const auto first = std::to_integer<unsigned char>(number.front());
    return number.size() * 8 - static_cast<std::size_t>(std::countl_zero(first));
}

bool is_odd(Bytes number) {
    return !number.empty() && (number.back() & std::byte{1}) != std::byte{0};
}

bool is_one(Bytes number) {
    return number.size() == 1 && number.front() == std::byte{1};
}

Openssl<BIGNUM> big_number(Bytes bytes) {
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    Openssl<BIGNUM> number(BN_bin2bn(data, static_cast<int>(bytes.size()), nullptr));
    SFM_ASSERT(number != nullptr);
    return number;
}

/// Collects the parts of a key and hands them to OpenSSL together.
class KeyParts {
  public:
    KeyParts() : builder_(OSSL_PARAM_BLD_new()) { SFM_ASSERT(builder_ != nullptr); }

    void add(const char* name, Bytes number) {
        numbers_.push_back(big_number(number));
        SFM_ASSERT(OSSL_PARAM_BLD_push_BN(builder_.get(), name, numbers_.back().get()) == 1);
    }
    void add_text(const char* name, const char* text) {
        SFM_ASSERT(OSSL_PARAM_BLD_push_utf8_string(builder_.get(), name, text, 0) == 1);
    }
    void add_octets(const char* name, Bytes octets) {
        const auto pushed =
            OSSL_PARAM_BLD_push_octet_string(builder_.get(), name, octets.data(), octets.size());
        SFM_ASSERT(pushed == 1);
    }

    /// Null when OpenSSL takes the parts for no key.
    Openssl<EVP_PKEY> key(const char* type, bool is_private) {
        const Openssl<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder_.get()));
        const Openssl<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
        SFM_ASSERT(parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1);
        const int selection = is_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
        EVP_PKEY* made = nullptr;
        const int done = EVP_PKEY_fromdata(context.get(), &made, selection, parameters.get());
        Openssl<EVP_PKEY> key(made);
        if (done != 1) key.reset();
        ERR_clear_error();
        return key;
    }

  private:
    Openssl<OSSL_PARAM_BLD> builder_;
    std::vector<Openssl<BIGNUM>> numbers_;
};

bool passes(EVP_PKEY& key, int (*check)(EVP_PKEY_CTX*)) {
    const Openssl<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_pkey(nullptr, &key, nullptr));
    SFM_ASSERT(context != nullptr);
    const bool passed = check(context.get()) == 1;
    ERR_clear_error();
    return passed;
}

JoseResult<void> check_public(const RsaNumbers& numbers) {
    const auto begins_with_zero = [](const platform::ByteBuffer& number) {
        return number.empty() || number.front() == std::byte{0};
    };
    if (begins_with_zero(numbers.n)) {
        return refuse({.fault = JoseFault::key_not_minimal, .member = "n"});
    }
    if (begins_with_zero(numbers.e)) {
        return refuse({.fault = JoseFault::key_not_minimal, .member = "e"});
    }
    const std::size_t bits = bits_of(numbers.n);
    if (bits < fewest_modulus_bits || bits > most_modulus_bits) {
        const bool small = bits < fewest_modulus_bits;
        return refuse(
            {.fault = small ? JoseFault::key_too_small : JoseFault::key_too_large,
             .member = "n",
             .expected = small ? "2048 bits or more" : "8192 bits or fewer",
             .actual = std::to_string(bits) + " bits"}
        );
    }
    if (!is_odd(numbers.n)) return refuse({.fault = JoseFault::key_modulus, .member = "n"});
    if (numbers.e.size() > most_exponent_bytes) {
        return refuse(
            {.fault = JoseFault::key_too_large, .member = "e", .expected = "64 bits or fewer"}
        );
    }
    if (!is_odd(numbers.e) || is_one(numbers.e)) {
        return refuse({.fault = JoseFault::key_exponent, .member = "e"});
    }
    return {};
}

bool is_product(Bytes product, Bytes left, Bytes right) {
    const Openssl<BIGNUM> expected = big_number(product);
    const Openssl<BIGNUM> p = big_number(left);
    const Openssl<BIGNUM> q = big_number(right);
    const Openssl<BIGNUM> found(BN_new());
    const Openssl<BN_CTX> context(BN_CTX_new());
    SFM_ASSERT(found && context && BN_mul(found.get(), p.get(), q.get(), context.get()) == 1);
    return BN_cmp(found.get(), expected.get()) == 0;
}

}  // namespace

JoseResult<Openssl<EVP_PKEY>> make_rsa_key(const RsaNumbers& numbers) {
    if (auto checked = check_public(numbers); !checked) return std::unexpected(checked.error());
    KeyParts parts;
    parts.add(OSSL_PKEY_PARAM_RSA_N, numbers.n);
    parts.add(OSSL_PKEY_PARAM_RSA_E, numbers.e);
    if (const auto& secret = numbers.secret) {
        if (!is_product(numbers.n, secret->p.view(), secret->q.view())) {
            return refuse({.fault = JoseFault::key_modulus, .member = "n"});
        }
        parts.add(OSSL_PKEY_PARAM_RSA_D, secret->d.view());
        parts.add(OSSL_PKEY_PARAM_RSA_FACTOR1, secret->p.view());
        parts.add(OSSL_PKEY_PARAM_RSA_FACTOR2, secret->q.view());
        parts.add(OSSL_PKEY_PARAM_RSA_EXPONENT1, secret->dp.view());
        parts.add(OSSL_PKEY_PARAM_RSA_EXPONENT2, secret->dq.view());
        parts.add(OSSL_PKEY_PARAM_RSA_COEFFICIENT1, secret->qi.view());
    }
    auto key = parts.key("RSA", numbers.secret.has_value());
    if (!key || (numbers.secret && !passes(*key, &EVP_PKEY_pairwise_check))) {
        return refuse(JoseFault::key_pair);
    }
    return key;
}

JoseResult<Openssl<EVP_PKEY>> make_ec_key(const EcNumbers& numbers) {
    const CurveRow& curve = row_of(numbers.curve);
    const auto wrong_length = [&curve](const char* member, Bytes number) {
        return refuse(
            {.fault = JoseFault::coordinate_length,
             .member = member,
             .expected = std::to_string(curve.number_bytes) + " bytes",
             .actual = std::to_string(number.size()) + " bytes"}
        );
    };
    if (numbers.x.size() != curve.number_bytes) return wrong_length("x", numbers.x);
    if (numbers.y.size() != curve.number_bytes) return wrong_length("y", numbers.y);
    if (numbers.d && numbers.d->view().size() != curve.number_bytes) {
        return wrong_length("d", numbers.d->view());
    }
    // An uncompressed point of SEC 1 section 2.3.3.
    platform::ByteBuffer point = {std::byte{4}};
    platform::append(point, numbers.x);
    platform::append(point, numbers.y);
    KeyParts parts;
    parts.add_text(OSSL_PKEY_PARAM_GROUP_NAME, curve.group);
    parts.add_octets(OSSL_PKEY_PARAM_PUB_KEY, point);
    auto public_key = parts.key("EC", false);
    if (!public_key || !passes(*public_key, &EVP_PKEY_public_check)) {
        return refuse(JoseFault::point_off_curve);
    }
    if (!numbers.d) return public_key;
    parts.add_text(OSSL_PKEY_PARAM_GROUP_NAME, curve.group);
    parts.add_octets(OSSL_PKEY_PARAM_PUB_KEY, point);
    parts.add(OSSL_PKEY_PARAM_PRIV_KEY, numbers.d->view());
    auto key = parts.key("EC", true);
    if (!key || !passes(*key, &EVP_PKEY_pairwise_check)) return refuse(JoseFault::key_pair);
    return key;
}

std::optional<platform::ByteBuffer> number_of(const EVP_PKEY& key, const char* name) {
    BIGNUM* found = nullptr;
    const bool there = EVP_PKEY_get_bn_param(&key, name, &found) == 1;
    const Openssl<BIGNUM> number(found);
    ERR_clear_error();
    if (!there) return std::nullopt;
    platform::ByteBuffer bytes(static_cast<std::size_t>(BN_num_bytes(number.get())));
    BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(bytes.data()));
    return bytes;
}

}  // namespace sfmkit::wire
