#pragma once

#include "tests/mockserver/strict_talk.hpp"

#include <span>
#include <string_view>

namespace sfmkit::test {

/// One thing that tus 1.0.0 asks of a server with MUST or MUST NOT.
struct StrictRow {
    std::string_view id;
    std::string_view what;
    boost::asio::awaitable<bool> (*holds)(StrictTalk& talk);
    bool without_extensions = false;  ///< asked of a server with all of them switched off
};

/// The protocol itself, then creation with expiration, then the other extensions. Servers take
/// 1 000 bytes at most.
std::span<const StrictRow> core_rows() noexcept;
std::span<const StrictRow> creation_rows() noexcept;
std::span<const StrictRow> extension_rows() noexcept;

}  // namespace sfmkit::test
