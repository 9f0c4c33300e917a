#include "mockserver/admin/desk.hpp"
#include "mockserver/admin/rows_json.hpp"
#include "mockserver/faults/fault_file.hpp"
#include "mockserver/limits.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>

namespace sfmkit::mockserver::admin {
namespace {

using nlohmann::ordered_json;

Answer json_answer(const ordered_json& body) {
    Answer answer;
    answer.body = body.dump() + "\n";
    return answer;
}

Answer done(std::string_view what) {
    return json_answer({{"done", what}});
}

Answer refuse_error(int status, const platform::Error& error) {
    return refuse(
        status, error.what + ": " + error.where, error.expected, error.actual, "see /openapi.json"
    );
}

/// Of an upload that is there; what to do with it comes as a function.
template <class Change>
Answer change_upload(const Call& call, std::string_view what, Change change) {
    const auto found = call.desk.site.store.find(call.id);
    if (!found) return refuse_error(503, found.error());
    if (!*found) {
        return refuse(
            404, "there is no such upload", "an id that was listed", call.id, "GET /api/uploads"
        );
    }
    if (call.desk.site.locks.contains(call.id)) {
        return refuse(
            409, "a request is writing to the upload", "an upload at rest", call.id, "ask again"
        );
    }
    const platform::Result<void> changed = change(**found);
    if (!changed) return refuse_error(503, changed.error());
    return done(what);
}

}  // namespace

Answer arm_fault(const Call& call) {
    FaultTable& faults = call.desk.site.faults;
    ordered_json ids = ordered_json::array();
    const auto body = nlohmann::json::parse(call.request.body, nullptr, false);
    if (body.is_object() && body.contains("faults")) {
        auto parsed = parse_scenario(call.request.body, "body");
        if (!parsed) return refuse_error(400, parsed.error());
        for (Fault& fault : parsed->faults) ids.push_back(faults.arm(std::move(fault)));
    } else {
        auto parsed = parse_fault(call.request.body, "body");
        if (!parsed) return refuse_error(400, parsed.error());
        ids.push_back(faults.arm(std::move(*parsed)));
    }
    return json_answer({{"ids", ids}});
}

Answer clear_fault(const Call& call) {
    std::uint64_t id = 0;
    const auto read = std::from_chars(call.id.data(), call.id.data() + call.id.size(), id);
    if (read.ec != std::errc() || !call.desk.site.faults.clear(id)) {
        return refuse(
            404, "there is no such fault", "an id that was listed", call.id, "GET /api/faults"
        );
    }
    return done("the fault is cleared");
}

Answer clear_faults(const Call& call) {
    call.desk.site.faults.clear_all();
    return done("all faults are cleared");
}

Answer advance_clock(const Call& call) {
    const auto body = nlohmann::json::parse(call.request.body, nullptr, false);
    const bool told = body.is_object() && body.contains("advance") && body["advance"].is_string();
    const std::string text = told ? body["advance"].get<std::string>() : std::string();
    const auto time = parse_time(text);
    if (!time) {
        return refuse(
            400,
            "the time to advance by cannot be read",
            "{\"advance\": \"6h\"}",
            text,
            "a number with h, m, s or ms"
        );
    }
    call.desk.clock.advance(*time);
    return show_clock(call);
}

Answer expire_upload(const Call& call) {
    return change_upload(call, "the upload has expired", [&](Upload upload) {
        upload.expires = call.desk.clock.wall_now() - std::chrono::seconds(1);
        return call.desk.site.store.update(upload);
    });
}

Answer remove_upload(const Call& call) {
    return change_upload(call, "the upload is removed", [&](const Upload& upload) {
        auto removed = call.desk.site.store.remove(upload.id);
        call.desk.site.migrations.removed(upload.id);
        if (removed) call.desk.site.evidence.upload_removed(upload.id);
        return removed;
    });
}

Answer expire_tokens(const Call& call) {
    call.desk.site.credentials.expire();
    return done("credentials that were seen are refused");
}

Answer renew_tokens(const Call& call) {
    call.desk.site.credentials.renew();
    return done("expired credentials are taken again");
}

Answer reset(const Call& call) {
    Site& site = call.desk.site;
    site.faults.clear_all();
    site.credentials = {};
    if (call.desk.evidence != nullptr) call.desk.evidence->begin_run();
    FaultAction restart;
    restart.kind = FaultKind::restart;
    restart.keep_state = false;
    if (site.restart) site.restart(restart);
    return done("connections end, uploads and faults are gone, a new run begins");
}

}  // namespace sfmkit::mockserver::admin
