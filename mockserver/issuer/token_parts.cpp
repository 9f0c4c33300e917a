#include "mockserver/issuer/token_parts.hpp"

#include "wire/jose/base64url.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::mockserver {

wire::JoseResult<std::string> assemble(const TokenParts& parts) {
    const std::string header = parts.header_text.value_or(print_json(parts.header));
    const std::string payload = parts.payload_text.value_or(print_json(parts.claims));
    std::string token = wire::encode_base64url(platform::as_bytes(header));
    token += '.';
    token += wire::encode_base64url(platform::as_bytes(payload));
    platform::ByteBuffer signature;
    if (parts.signer) {
        signature = parts.signer(token);
    } else {
        auto made = wire::signature_over(token, parts.algorithm, *parts.key);
        if (!made) return std::unexpected(std::move(made.error()));
        signature = std::move(*made);
    }
    token += '.';
    token += wire::encode_base64url(signature);
    return parts.afterwards ? parts.afterwards(std::move(token)) : token;
}

const BrokenVariant* find_variant(std::span<const BrokenVariant> variants, std::string_view name) {
    const auto at = std::ranges::find(variants, name, &BrokenVariant::name);
    return at == variants.end() ? nullptr : &*at;
}

std::string new_uuid(platform::Random& random) {
    std::array<std::byte, 16> bytes{};
    random.fill(bytes);
    bytes[6] = (bytes[6] & std::byte{0x0f}) | std::byte{0x40};
    bytes[8] = (bytes[8] & std::byte{0x3f}) | std::byte{0x80};
    std::string text = platform::to_hex(bytes);
    for (const std::size_t place : {8u, 13u, 18u, 23u}) text.insert(place, 1, '-');
    return text;
}

}  // namespace sfmkit::mockserver
