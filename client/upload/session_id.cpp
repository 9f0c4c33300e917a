#include "client/upload/session_id.hpp"

#include <array>

namespace sfmkit::client {

std::string new_session_id(platform::Random& random) {
    std::array<std::byte, 16> bytes{};
    random.fill(bytes);
    bytes[6] = (bytes[6] & std::byte{0x0f}) | std::byte{0x40};  // version 4
    bytes[8] = (bytes[8] & std::byte{0x3f}) | std::byte{0x80};  // variant 10
    std::string text = platform::to_hex(bytes);
    for (const std::size_t place : {8U, 13U, 18U, 23U}) text.insert(place, 1, '-');
    return text;
}

}  // namespace sfmkit::client
