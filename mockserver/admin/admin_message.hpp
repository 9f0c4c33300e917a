#pragma once

#include "wire/http_message.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

// What the admin API is asked and answers, before HTTP frames it.

namespace sfmkit::mockserver::admin {

struct Request {
    std::string method{};
    std::string path{};  ///< decoded, without the query
    std::map<std::string, std::string, std::less<>> query{};
    wire::HeaderFields fields{};
    std::string body{};
};

struct Answer {
    int status = 200;
    std::string type = "application/json";
    std::string body{};
    std::string policy{};  ///< Content-Security-Policy of a page; empty: none
    /// Not an answer but a stream of events, from behind this number on.
    std::optional<std::uint64_t> events_after{};
};

/// Reads a request target: path and query, percent coding undone.
Request read_target(std::string_view method, std::string_view target);

/// `{"error": {"what", "expected", "actual", "next"}}`.
Answer refuse(
    int status,
    std::string_view what,
    std::string_view expected,
    std::string_view actual,
    std::string_view next
);

}  // namespace sfmkit::mockserver::admin
