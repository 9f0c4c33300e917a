#include "mockserver/sfm/migration_watch.hpp"

#include "platform/log.hpp"
#include "wire/sfm_names.hpp"

#include <utility>

namespace sfmkit::mockserver {
namespace {

void tell(Site& site, const Migrations::Findings& found) {
    for (const findings::Finding& finding : found) site.evidence.found(finding);
}

/// Not at the start: a server that was left with many uploads must be up at once.
void restore(Site& site, const std::string& but) {
    const auto uploads = site.store.list();
    if (!uploads) {
        platform::log_warning(platform::describe(uploads.error()));
        return;
    }
    for (const Upload& upload : *uploads) {
        if (upload.id != but) site.migrations.restore(upload);
    }
    site.knows_stored_migrations = true;
}

}  // namespace

void note_arrival(Site& site, const Upload& upload, const std::string& request_line) {
    const bool names_session =
        upload.metadata.find(wire::sfm::metadata_session_id) != std::string::npos;
    if (!names_session) return;
    if (!site.knows_stored_migrations) restore(site, upload.id);
    tell(site, site.migrations.created(upload, request_line));
}

void tell_unfinished(Site& site) {
    for (const std::string& id : site.migrations.unfinished()) {
        const auto upload = site.store.find(id);
        if (!upload) {
            platform::log_warning(platform::describe(upload.error()));
            continue;
        }
        const std::optional<Upload>& known = *upload;
        if (known) tell(site, judge_end(*known, "upload " + id));
    }
}

OpenCall::OpenCall(Site& site, const std::string& upload_id, std::string request_line)
    : site_(site),
      request_line_(std::move(request_line)),
      migration_(site.migrations.call_began(upload_id)) {}

OpenCall::~OpenCall() {
    tell(site_, site_.migrations.call_ended(migration_, request_line_));
}

}  // namespace sfmkit::mockserver
