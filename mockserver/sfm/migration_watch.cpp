#include "mockserver/sfm/migration_watch.hpp"

#include "mockserver/sfm/enforcement.hpp"
#include "platform/log.hpp"
#include "wire/sfm_names.hpp"

#include <utility>

namespace sfmkit::mockserver {
namespace {

void tell(Site& site, const Migrations::Findings& found, const FoundAt& at) {
    for (const findings::Finding& finding : found) site.evidence.found(finding, at);
}

/// The last word on an upload that lacks bytes.
void tell_end(Site& site, const Upload& upload) {
    tell(site, judge_end(upload, "upload " + upload.id), {.upload_id = upload.id});
}

/// Not at the start: a server that was left with many uploads must be up at once.
void restore_stored(Site& site) {
    if (site.knows_stored_migrations) return;
    const auto uploads = site.store.list();
    if (!uploads) {
        platform::log_warning(platform::describe(uploads.error()));
        return;
    }
    const platform::WallTime now = site.clock.wall_now();
    for (const Upload& stored : *uploads) site.migrations.restore(stored, now);
    site.knows_stored_migrations = true;
}

void restore_before(Site& site, const Upload& upload) {
    const bool names_session =
        upload.metadata.find(wire::sfm::metadata_session_id) != std::string::npos;
    if (names_session) restore_stored(site);
}

/// Whoever sends too much at a time may come again soon.
constexpr std::string_view seconds_to_wait = "1";

}  // namespace

std::optional<Answer> refuse_arrival(
    Site& site, const CreatePlan& plan, const std::string& request_line
) {
    restore_before(site, plan.upload);
    if (site.rules.settings.enforced.empty()) return std::nullopt;
    auto found = site.migrations.arriving(plan.upload, request_line);
    found.insert(found.begin(), plan.findings.begin(), plan.findings.end());
    auto refusal = refuse_enforced(site.rules, found, 400);
    if (refusal || !plan.write) return refusal;
    return refuse_call(site, plan.upload, request_line);
}

std::optional<Answer> refuse_call(
    Site& site, const Upload& upload, const std::string& request_line
) {
    restore_before(site, upload);
    if (site.rules.settings.enforced.empty()) return std::nullopt;
    const auto found = site.migrations.calling(upload, request_line);
    auto refusal = refuse_enforced(site.rules, found, 429);
    if (refusal) refusal->fields.add("Retry-After", seconds_to_wait);
    return refusal;
}

void note_arrival(Site& site, const Upload& upload, const RequestEvidence& request) {
    const platform::WallTime now = site.clock.wall_now();
    tell(site, site.migrations.created(upload, request_line(request), now), place_of(request));
}

void note_removal(Site& site, const Upload& upload) {
    if (site.migrations.has(upload.id)) tell_end(site, upload);
    site.migrations.removed(upload.id);
}

void tell_unfinished(Site& site) {
    for (const std::string& id : site.migrations.unfinished()) {
        const auto upload = site.store.find(id);
        if (!upload) {
            platform::log_warning(platform::describe(upload.error()));
            continue;
        }
        const std::optional<Upload>& known = *upload;
        if (known) tell_end(site, *known);
    }
}

Answer migration_reports(Site& site, const MigrationReportQuery& query) {
    restore_stored(site);
    const auto taken = [](const std::string&) {
        return std::optional(ImportOutcome::without_warnings);
    };
    auto migrations =
        site.migrations.summaries(site.outcome_of ? site.outcome_of : Migrations::OutcomeOf(taken));
    std::erase_if(migrations, [&](const MigrationSummary& migration) {
        return !is_asked_for(query, migration);
    });
    Answer answer = bare_answer(200);
    answer.text = print_migration_reports(migrations);
    answer.text_type = "application/fhir+json";
    return answer;
}

OpenCall::OpenCall(Site& site, const RequestEvidence& request)
    : site_(site),
      at_(place_of(request)),
      request_line_(request_line(request)),
      migration_(site.migrations.call_began(request.upload_id)) {}

OpenCall::~OpenCall() {
    tell(site_, site_.migrations.call_ended(migration_, request_line_), at_);
}

}  // namespace sfmkit::mockserver
