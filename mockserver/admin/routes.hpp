#pragma once

#include "mockserver/admin/desk.hpp"

#include <span>
#include <string_view>

namespace sfmkit::mockserver::admin {

/// One operation of the admin API: the same row routes it and describes it in OpenAPI.
struct Route {
    std::string_view method;
    std::string_view path;  ///< with `{id}` for what varies
    Answer (*handle)(const Call& call);
    std::string_view id;  ///< operationId
    std::string_view summary;
    std::string_view query;  ///< names of parameters, one blank between
    std::string_view takes;  ///< schema of the body; empty: none
    std::string_view gives;  ///< schema of the answer; empty: the type says it
    std::string_view gives_type = "application/json";
    int status = 200;
};

std::span<const Route> routes() noexcept;

/// Guards, routes and answers.
Answer answer(Desk& desk, const Request& request, std::uint16_t port);

}  // namespace sfmkit::mockserver::admin
