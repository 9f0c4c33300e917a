#include "wire/jose/ecdsa_form.hpp"

#include "platform/assert.hpp"
#include "platform/openssl.hpp"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>

namespace sfmkit::wire {
namespace {

using platform::ByteBuffer;
using platform::Bytes;
using platform::Openssl;

Openssl<BIGNUM> big_number(Bytes bytes) {
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    Openssl<BIGNUM> number(BN_bin2bn(data, static_cast<int>(bytes.size()), nullptr));
    SFM_ASSERT(number != nullptr);
    return number;
}

/// Null when the bytes are no ASN.1 signature, or more than one.
Openssl<ECDSA_SIG> parse_der(Bytes der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const unsigned char* const end = at + der.size();
    Openssl<ECDSA_SIG> signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();
    if (at != end) signature.reset();
    return signature;
}

}  // namespace

ByteBuffer der_of_raw(Bytes raw) {
    const std::size_t half = raw.size() / 2;
    Openssl<BIGNUM> r = big_number(raw.first(half));
    Openssl<BIGNUM> s = big_number(raw.subspan(half));
    const Openssl<ECDSA_SIG> signature(ECDSA_SIG_new());
    SFM_ASSERT(signature && ECDSA_SIG_set0(signature.get(), r.get(), s.get()) == 1);
    // They belong to the signature from here on.
    static_cast<void>(r.release());
    static_cast<void>(s.release());
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    SFM_ASSERT(size > 0);
    ByteBuffer der(static_cast<std::size_t>(size));
    auto* at = reinterpret_cast<unsigned char*>(der.data());
    SFM_ASSERT(i2d_ECDSA_SIG(signature.get(), &at) == size);
    return der;
}

ByteBuffer raw_of_der(Bytes der, std::size_t number_bytes) {
    const Openssl<ECDSA_SIG> signature = parse_der(der);
    SFM_ASSERT(signature != nullptr);
    const int size = static_cast<int>(number_bytes);
    ByteBuffer raw(2 * number_bytes);
    auto* const target = reinterpret_cast<unsigned char*>(raw.data());
    SFM_ASSERT(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), target, size) == size);
    SFM_ASSERT(BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), target + size, size) == size);
    return raw;
}

bool is_der_signature(Bytes bytes) {
    return parse_der(bytes) != nullptr;
}

}  // namespace sfmkit::wire
