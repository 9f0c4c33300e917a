#pragma once

#include "mockserver/profile.hpp"

#include <array>

namespace sfmkit::mockserver {

/// Reason phrases that .NET and the HTTP standards agree on.
inline constexpr std::array<ReasonRow, 20> common_reasons = {{
    {200, "OK"},
    {201, "Created"},
    {204, "No Content"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Payload Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {423, "Locked"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
}};

/// What this server is able to do, in the order in which tusdotnet lists it.
inline constexpr std::array<std::string_view, 8> built_extensions = {
    "creation",
    "creation-with-upload",
    "termination",
    "checksum",
    "checksum-trailer",
    "concatenation",
    "expiration",
    "creation-defer-length"
};

}  // namespace sfmkit::mockserver
