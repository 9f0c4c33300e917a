#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace sfmkit::verifier {

/// The timestamp of a zip entry: local time of the writer without zone, even seconds. Nothing for
/// 1980-01-01 00:00:00, which writers use for "not set", and for impossible dates.
std::optional<std::chrono::sys_seconds> dos_timestamp(std::uint16_t date, std::uint16_t time);

}  // namespace sfmkit::verifier
