#pragma once

#include "mockserver/profile.hpp"

#include <ostream>
#include <span>

namespace sfmkit::test {

/// One fault that strikes one upload of two chunks.
struct FaultCase {
    const char* name = "";
    const char* fault = "";  ///< point, match and action
    /// Status and offset of POST, PATCH, HEAD, PATCH with the rest, HEAD; 0 when no answer came.
    const char* seen = "";
    /// The stored bytes are those that were sent.
    bool intact = true;
    mockserver::Profile const& (*profile)() noexcept = &mockserver::tusdotnet_2021;
};

inline void PrintTo(const FaultCase& row, std::ostream* out) {
    *out << row.name;
}

/// At least one for each kind of fault that needs no credentials and no process of its own.
std::span<const FaultCase> fault_cases();

}  // namespace sfmkit::test
