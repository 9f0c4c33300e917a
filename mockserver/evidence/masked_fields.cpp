#include "mockserver/evidence/masked_fields.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::mockserver {
namespace {

constexpr std::array<std::string_view, 4> secret_fields = {
    "Authorization", "Proxy-Authorization", "DPoP", "Cookie"
};

bool is_secret(std::string_view name) {
    return std::ranges::any_of(secret_fields, [name](std::string_view secret) {
        return wire::equal_ignoring_case(secret, name);
    });
}

std::string hash_of(std::string_view secret, const platform::CryptoAlgorithms& algorithms) {
    constexpr std::size_t shown_bytes = 8;
    const auto digest = platform::digest_of(*algorithms.sha256, platform::as_bytes(secret));
    return "sha256:" + platform::to_hex(platform::Bytes(digest).first(shown_bytes));
}

/// `Bearer abc` keeps its scheme; a value without one is secret as a whole.
std::string masked(
    std::string_view name, std::string_view value, const platform::CryptoAlgorithms& algorithms
) {
    const bool has_scheme = name.size() > std::string_view("Cookie").size();
    const std::size_t blank = has_scheme ? value.find(' ') : std::string_view::npos;
    if (blank == std::string_view::npos) return hash_of(value, algorithms);
    return std::string(value.substr(0, blank + 1)) + hash_of(value.substr(blank + 1), algorithms);
}

}  // namespace

std::string masked_lines(
    const wire::HeaderFields& fields, const platform::CryptoAlgorithms& algorithms
) {
    constexpr std::size_t usual_bytes = 512;
    std::string lines;
    lines.reserve(usual_bytes);
    for (const wire::HeaderField& field : fields.all()) {
        lines += field.name;
        lines += ": ";
        if (is_secret(field.name)) {
            lines += masked(field.name, field.value, algorithms);
        } else {
            lines += field.value;
        }
        lines += "\r\n";
    }
    return lines;
}

std::string mask_target(std::string_view target) {
    constexpr std::string_view parameter = "access_token=";
    std::string shown(target);
    std::size_t place = shown.find(parameter, shown.find('?'));
    while (place != std::string::npos) {
        const std::size_t begin = place + parameter.size();
        const std::size_t end = std::min(shown.find('&', begin), shown.size());
        shown.replace(begin, end - begin, "masked");
        place = shown.find(parameter, begin);
    }
    return shown;
}

}  // namespace sfmkit::mockserver
