#pragma once

#include <chrono>

namespace sfmkit::client {

/// What a clock on a wall in Norway shows: the entries of the official archives carry it. By the
/// rule that holds since 1996 (directive 2000/84/EC): summer time from the last Sunday of March to
/// the last Sunday of October, changing at 01:00 UTC.
std::chrono::local_seconds norwegian_wall_clock(std::chrono::sys_seconds time);

}  // namespace sfmkit::client
