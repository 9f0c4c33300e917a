#include "wire/jose/algorithm.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::wire {
namespace {

constexpr std::array algorithms = {
    AlgorithmRow{SignatureAlgorithm::ps256, "PS256", SignatureFamily::rsa_pss, "SHA256"},
    AlgorithmRow{SignatureAlgorithm::ps384, "PS384", SignatureFamily::rsa_pss, "SHA384"},
    AlgorithmRow{SignatureAlgorithm::ps512, "PS512", SignatureFamily::rsa_pss, "SHA512"},
    AlgorithmRow{SignatureAlgorithm::es256, "ES256", SignatureFamily::ecdsa, "SHA256", Curve::p256},
    AlgorithmRow{SignatureAlgorithm::es384, "ES384", SignatureFamily::ecdsa, "SHA384", Curve::p384},
    AlgorithmRow{SignatureAlgorithm::es512, "ES512", SignatureFamily::ecdsa, "SHA512", Curve::p521},
    AlgorithmRow{SignatureAlgorithm::rs256, "RS256", SignatureFamily::rsa_pkcs1, "SHA256"},
    AlgorithmRow{SignatureAlgorithm::rs384, "RS384", SignatureFamily::rsa_pkcs1, "SHA384"},
    AlgorithmRow{SignatureAlgorithm::rs512, "RS512", SignatureFamily::rsa_pkcs1, "SHA512"},
};

constexpr auto in_order = [] {
    std::array<SignatureAlgorithm, algorithms.size()> order{};
    std::ranges::transform(algorithms, order.begin(), &AlgorithmRow::algorithm);
    return order;
}();

// RFC 7518 sections 6.2.1.2 and 3.4: 32, 48 and 66 bytes.
constexpr std::array curves = {
    CurveRow{Curve::p256, "P-256", "prime256v1", 32},
    CurveRow{Curve::p384, "P-384", "secp384r1", 48},
    CurveRow{Curve::p521, "P-521", "secp521r1", 66},
};

bool is_word(std::string_view text, std::string_view lower_case) {
    return std::ranges::equal(text, lower_case, [](char letter, char wanted) {
        return (letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter) == wanted;
    });
}

}  // namespace

const AlgorithmRow& row_of(SignatureAlgorithm algorithm) noexcept {
    return *std::ranges::find(algorithms, algorithm, &AlgorithmRow::algorithm);
}

const CurveRow& row_of(Curve curve) noexcept {
    return *std::ranges::find(curves, curve, &CurveRow::curve);
}

std::string_view name_of(SignatureAlgorithm algorithm) noexcept {
    return row_of(algorithm).name;
}

JoseResult<Curve> curve_named(std::string_view name) {
    const auto at = std::ranges::find(curves, name, &CurveRow::name);
    if (at != curves.end()) return at->curve;
    return refuse({.fault = JoseFault::key_curve, .member = "crv"});
}

std::span<const SignatureAlgorithm> all_algorithms() noexcept {
    return in_order;
}

JoseResult<SignatureAlgorithm> algorithm_named(
    std::string_view name, std::span<const SignatureAlgorithm> allowed
) {
    if (is_word(name, "none")) {
        return refuse({.fault = JoseFault::algorithm_none, .member = "alg"});
    }
    for (const std::string_view symmetric : {"hs256", "hs384", "hs512"}) {
        if (!is_word(name, symmetric)) continue;
        return refuse({.fault = JoseFault::algorithm_symmetric, .member = "alg"});
    }
    const auto at = std::ranges::find(algorithms, name, &AlgorithmRow::name);
    if (at == algorithms.end()) {
        return refuse({.fault = JoseFault::algorithm_unknown, .member = "alg"});
    }
    if (std::ranges::find(allowed, at->algorithm) == allowed.end()) {
        return refuse(
            {.fault = JoseFault::algorithm_not_listed,
             .member = "alg",
             .actual = std::string(at->name)}
        );
    }
    return at->algorithm;
}

}  // namespace sfmkit::wire
