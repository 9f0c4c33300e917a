#include "mockserver/tus/engine.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::mockserver {
namespace {

struct MethodRow {
    std::string_view method;
    Place place;
    Action action;
    std::string_view extension;  ///< without which the method is not served; empty: core
};

constexpr std::array<MethodRow, 5> methods = {{
    {"OPTIONS", Place::creation, Action::options, ""},
    {"POST", Place::creation, Action::create, "creation"},
    {"HEAD", Place::upload, Action::head, ""},
    {"PATCH", Place::upload, Action::patch, ""},
    {"DELETE", Place::upload, Action::terminate, "termination"},
}};

/// The override counts on every real method; an empty one does not (recorded).
std::string_view effective_method(const wire::RequestHead& head) {
    const auto override_value = head.fields.first(wire::tus::method_override);
    return override_value && !override_value->empty() ? *override_value
                                                      : std::string_view(head.method);
}

}  // namespace

Claim claim(const Rules& rules, const wire::RequestHead& head) {
    Claim claim{.action = Action::none, .where = route(head.target)};
    if (claim.where.place == Place::product_version) {
        if (wire::equal_ignoring_case(head.method, "GET")) claim.action = Action::product_version;
        return claim;
    }
    if (claim.where.place == Place::migration_report) {
        if (wire::equal_ignoring_case(head.method, "GET")) claim.action = Action::migration_report;
        return claim;
    }
    const std::string_view method = effective_method(head);
    const auto row = std::ranges::find_if(methods, [&](const MethodRow& candidate) {
        return candidate.place == claim.where.place &&
               wire::equal_ignoring_case(candidate.method, method);
    });
    if (row == methods.end()) return claim;
    if (!row->extension.empty() && !rules.offers(row->extension)) return claim;
    const bool needs_version = row->action != Action::options;
    const bool version_missing = needs_version && !head.fields.has(wire::tus::resumable);
    if (version_missing && rules.profile->without_version == WithoutVersion::not_claimed) {
        return claim;
    }
    claim.action = row->action;
    return claim;
}

}  // namespace sfmkit::mockserver
