#pragma once

#include "platform/random.hpp"
#include "wire/jose/jws.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::mockserver {

/// A token or proof before it is signed. A broken one is a good one with a change to this.
struct TokenParts {
    wire::JsonValue header{};
    wire::JsonValue claims{};
    wire::SignatureAlgorithm algorithm = wire::SignatureAlgorithm::rs256;
    EVP_PKEY* key = nullptr;  ///< that signs; not owned
    /// Instead of header and claims as JSON, for what no JSON value can hold.
    std::optional<std::string> header_text{};
    std::optional<std::string> payload_text{};
    /// Instead of the signature by key.
    std::function<platform::ByteBuffer(std::string_view signing_input)> signer{};
    /// What happens to the finished text.
    std::function<std::string(std::string)> afterwards{};
    std::chrono::sys_seconds now{};
};

/// The compact form. Errors are those of wire::sign.
wire::JoseResult<std::string> assemble(const TokenParts& parts);

/// One way to be wrong. The names are stable; `token mint --bad` and `token proof --bad` take them.
struct BrokenVariant {
    std::string_view name;
    std::string_view what;  ///< for help, a clause
    void (*apply)(TokenParts& parts);
};

/// Null for a name that is none.
const BrokenVariant* find_variant(std::span<const BrokenVariant> variants, std::string_view name);

std::span<const BrokenVariant> broken_tokens() noexcept;
std::span<const BrokenVariant> broken_proofs() noexcept;

/// 8-4-4-4-12 hex digits (RFC 9562, version 4).
std::string new_uuid(platform::Random& random);

}  // namespace sfmkit::mockserver
