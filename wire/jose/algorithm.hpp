#pragma once

#include "wire/jose/fault.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sfmkit::wire {

/// The asymmetric algorithms of RFC 7518 section 3.1.
enum class SignatureAlgorithm { rs256, rs384, rs512, ps256, ps384, ps512, es256, es384, es512 };

enum class SignatureFamily { rsa_pkcs1, rsa_pss, ecdsa };
enum class Curve { p256, p384, p521 };

struct AlgorithmRow {
    SignatureAlgorithm algorithm;
    std::string_view name;
    SignatureFamily family;
    const char* digest;  ///< as OpenSSL names it
    Curve curve = {};    ///< with ECDSA: RFC 7518 section 3.4 ties it to the algorithm
};

struct CurveRow {
    Curve curve;
    std::string_view name;
    const char* group;         ///< as OpenSSL names it
    std::size_t number_bytes;  ///< of a coordinate, of r, of s, of the private number
};

const AlgorithmRow& row_of(SignatureAlgorithm algorithm) noexcept;
const CurveRow& row_of(Curve curve) noexcept;
std::string_view name_of(SignatureAlgorithm algorithm) noexcept;
/// JoseFault::key_curve for any other name.
JoseResult<Curve> curve_named(std::string_view name);

/// All nine, in the order in which challenges name them.
std::span<const SignatureAlgorithm> all_algorithms() noexcept;

/// The algorithm of an `alg` member, if it is among the allowed ones. Letter case counts; `none`
/// and HMAC have faults of their own in any letter case.
JoseResult<SignatureAlgorithm> algorithm_named(
    std::string_view name, std::span<const SignatureAlgorithm> allowed = all_algorithms()
);

}  // namespace sfmkit::wire
