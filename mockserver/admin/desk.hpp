#pragma once

#include "mockserver/admin/admin_message.hpp"
#include "mockserver/admin/live_events.hpp"
#include "mockserver/evidence/sqlite_evidence.hpp"
#include "mockserver/shifted_clock.hpp"
#include "mockserver/site.hpp"

#include <filesystem>
#include <string>

namespace sfmkit::mockserver::admin {

/// What the handlers of the admin API see and change. One thread uses it, that of the server.
struct Desk {
    Site& site;
    ShiftedClock& clock;
    LiveEvents& live;
    SqliteEvidence* evidence = nullptr;  ///< null: none is kept
    std::filesystem::path data_dir;      ///< where evidence is read from
    std::string url;                     ///< of the service
    std::string imitates;
};

/// One request that has a route; id: the part of the path that the route leaves open.
struct Call {
    Desk& desk;
    const Request& request;
    std::string id;
};

// What can be asked (views.cpp).
Answer show_ready(const Call& call);
Answer list_sessions(const Call& call);
Answer list_uploads(const Call& call);
Answer show_upload(const Call& call);
Answer list_requests(const Call& call);
Answer show_request(const Call& call);
Answer list_findings(const Call& call);
Answer list_faults(const Call& call);
Answer show_clock(const Call& call);
Answer stream_events(const Call& call);
Answer show_overview(const Call& call);  // overview.cpp
Answer show_dashboard(const Call& call);
Answer show_style(const Call& call);
Answer show_script(const Call& call);
Answer show_open_api(const Call& call);

// What changes something (actions.cpp).
Answer arm_fault(const Call& call);
Answer clear_fault(const Call& call);
Answer clear_faults(const Call& call);
Answer advance_clock(const Call& call);
Answer expire_upload(const Call& call);
Answer remove_upload(const Call& call);
Answer expire_tokens(const Call& call);
Answer renew_tokens(const Call& call);
Answer reset(const Call& call);

}  // namespace sfmkit::mockserver::admin
