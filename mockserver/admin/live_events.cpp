#include "mockserver/admin/live_events.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace sfmkit::mockserver::admin {
namespace {

using nlohmann::ordered_json;

std::string finding_json(const findings::Finding& finding, const FoundAt& at) {
    const ordered_json out = {
        {"connection", at.connection},
        {"request", at.request},
        {"upload", at.upload_id},
        {"rule", finding.rule},
        {"severity", findings::name_of(finding.severity)},
        {"file", finding.file},
        {"field", finding.place.entry},
        {"expected", finding.expected},
        {"actual", finding.actual},
        {"message", finding.message},
        {"next", finding.next},
    };
    return out.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string upload_json(std::string_view what, const std::string& id) {
    return ordered_json{{"what", what}, {"upload", id}}.dump();
}

}  // namespace

void LiveEvents::add(std::string kind, std::string data) {
    if (events_.size() == most_kept) events_.pop_front();
    events_.push_back({.id = ++last_id_, .kind = std::move(kind), .data = std::move(data)});
}

void LiveEvents::request_ended(const RequestEvidence& request) {
    ordered_json out = {
        {"connection", request.connection},
        {"number", request.request},
        {"method", request.method},
        {"target", request.target},
        {"upload", request.upload_id},
        {"status", request.status},
        {"end", name_of(request.end)},
        {"body_bytes", request.body_bytes},
        {"offset_after", nullptr},
        {"faults", request.faults},
        {"ended", request.ended.time_since_epoch().count()},
    };
    if (request.offset_after) out["offset_after"] = *request.offset_after;
    add("request", out.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

void LiveEvents::upload_created(const Upload& upload) {
    add("upload", upload_json("created", upload.id));
}

void LiveEvents::upload_finished(const Upload& upload) {
    add("upload", upload_json("finished", upload.id));
}

void LiveEvents::upload_removed(const std::string& upload_id) {
    add("upload", upload_json("removed", upload_id));
}

void LiveEvents::refused(const findings::Finding& reason, const FoundAt& at) {
    add("refusal", finding_json(reason, at));
}

void LiveEvents::found(const findings::Finding& finding, const FoundAt& at) {
    add("finding", finding_json(finding, at));
}

void LiveEvents::fault_struck(const std::string& name, const FoundAt& at) {
    const ordered_json out = {
        {"name", name},
        {"connection", at.connection},
        {"request", at.request},
        {"upload", at.upload_id},
    };
    add("fault", out.dump());
}

const LiveEvents::Event* LiveEvents::after(std::uint64_t id) const {
    const auto next = std::ranges::upper_bound(events_, id, {}, &Event::id);
    return next == events_.end() ? nullptr : &*next;
}

std::string print_event(const LiveEvents::Event& event) {
    return fmt::format("id: {}\nevent: {}\ndata: {}\n\n", event.id, event.kind, event.data);
}

}  // namespace sfmkit::mockserver::admin
