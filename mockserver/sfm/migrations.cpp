#include "mockserver/sfm/migrations.hpp"

#include "platform/bytes.hpp"
#include "wire/tus_headers.hpp"

#include <algorithm>
#include <utility>

namespace sfmkit::mockserver {
namespace {

using wire::sfm::FileKind;

constexpr std::string_view organisation_first = "SFM-13";

template <class Facts>
std::vector<findings::Finding> judged(
    std::span<const findings::CheckedRule<Facts>> rules, const Facts& facts, const std::string& file
) {
    findings::Report report;
    findings::Judge judge(report, findings::Profile::strict);
    judge.run(rules, facts, file);
    return std::move(report.findings);
}

std::string value_of(const std::vector<wire::MetadataPair>& pairs, std::string_view key) {
    const auto pair = std::ranges::find(pairs, key, &wire::MetadataPair::key);
    return pair == pairs.end() ? std::string() : std::string(platform::as_text(pair->value));
}

FileKind kind_of(std::string_view file_type) {
    for (const auto kind : {FileKind::organisation, FileKind::patient, FileKind::report}) {
        if (file_type == wire::sfm::upload_file_type(kind)) return kind;
    }
    return FileKind::unknown;
}

/// Letter case makes no other GUID.
std::string session_key(std::string_view session_id) {
    if (!wire::sfm::is_guid(session_id)) return std::string(session_id);
    std::string key;
    for (const char c : session_id) {
        key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return key;
}

/// Null for files of a kind that the report does not count.
ImportCounts* counts_of(MigrationSummary& summary, FileKind kind) {
    switch (kind) {
        case FileKind::organisation:
            return &summary.organisations;
        case FileKind::patient:
            return &summary.patients;
        case FileKind::report:
            return &summary.reports;
        case FileKind::unknown:
            break;
    }
    return nullptr;
}

}  // namespace

std::optional<Migrations::Claims> Migrations::claims_of(const Upload& upload) {
    if (upload.role == ConcatRole::partial) return std::nullopt;
    const auto pairs = wire::parse_metadata_as_tusdotnet(upload.metadata);
    if (!pairs) return std::nullopt;
    const std::string session_id = value_of(*pairs, wire::sfm::metadata_session_id);
    Claims claims{
        .session = session_key(session_id),
        .session_id = session_id,
        .name = value_of(*pairs, wire::sfm::metadata_name),
        .kind = kind_of(value_of(*pairs, wire::sfm::metadata_file_type))
    };
    if (claims.session.empty()) return std::nullopt;
    return claims;
}

void Migrations::take_in(const std::string& id, const Claims& claims, platform::WallTime now) {
    const auto [place, is_new] = members_.try_emplace(id);
    if (!is_new) return;
    const auto [known, begins] = sessions_.try_emplace(claims.session);
    Session& session = known->second;
    if (begins) {
        session.id = claims.session_id;
        session.began = now;
    }
    auto& name = *session.names.try_emplace(claims.name).first;
    ++name.second.begun;
    place->second = {.session = &*known, .name = &name, .kind = claims.kind};
    if (claims.kind == FileKind::organisation) ++session.awaited_organisations;
}

void Migrations::restore(const Upload& upload, platform::WallTime now) {
    const auto claims = claims_of(upload);
    if (!claims) return;
    take_in(upload.id, *claims, now);
    if (upload.is_complete()) finished(upload.id, now);
}

ArrivalFacts Migrations::facts_of(const Claims& claims) const {
    const auto known = sessions_.find(claims.session);
    const Session none;
    const Session& session = known == sessions_.end() ? none : known->second;
    // A session that has begun an organisation file of its own continues nobody's.
    const bool continues = session.awaited_organisations == 0 && any_organisation_;
    Earlier same_name = Earlier::none;
    const auto name = session.names.find(claims.name);
    if (!claims.name.empty() && name != session.names.end() && name->second.begun > 0) {
        same_name = name->second.finished > 0 ? Earlier::finished : Earlier::unfinished;
    }
    return {
        .kind = claims.kind,
        .organisation_awaited = !session.has_organisation && !continues,
        .same_name = same_name
    };
}

Migrations::Findings Migrations::arriving(const Upload& upload, const std::string& file) const {
    const auto claims = claims_of(upload);
    return claims ? judged(arrival_rules(), facts_of(*claims), file) : Findings();
}

Migrations::Findings Migrations::created(
    const Upload& upload, const std::string& file, platform::WallTime now
) {
    const auto claims = claims_of(upload);
    if (!claims) return {};
    Findings found = judged(arrival_rules(), facts_of(*claims), file);
    take_in(upload.id, *claims, now);
    // A migration that begins with the wrong file would tell it for each of thousands.
    const auto order = std::ranges::find(found, organisation_first, &findings::Finding::rule);
    const bool told_before =
        order != found.end() &&
        !sessions_[claims->session].told.insert(std::string(organisation_first)).second;
    if (told_before) found.erase(order);
    return found;
}

void Migrations::finished(const std::string& id, platform::WallTime now) {
    const auto member = members_.find(id);
    if (member == members_.end() || member->second.finished) return;
    member->second.finished = true;
    ++member->second.name->second.finished;
    Session& session = member->second.session->second;
    session.last_finished = now;
    if (member->second.kind != FileKind::organisation) return;
    --session.awaited_organisations;
    session.has_organisation = true;
    any_organisation_ = true;
}

void Migrations::removed(const std::string& id) {
    const auto found = members_.find(id);
    if (found == members_.end()) return;
    const Member& member = found->second;
    // What a server once took stays taken: a finished organisation file still counts.
    const bool awaited = member.kind == FileKind::organisation && !member.finished;
    Session& session = member.session->second;
    if (awaited) --session.awaited_organisations;
    SameName& same = member.name->second;
    if (member.finished) --same.finished;
    if (--same.begun == 0) session.names.erase(session.names.find(member.name->first));
    members_.erase(found);
}

Migrations::Findings Migrations::calling(const Upload& upload, const std::string& file) const {
    const auto claims = claims_of(upload);
    if (!claims) return {};
    const auto session = sessions_.find(claims->session);
    const std::size_t open = session == sessions_.end() ? 0 : session->second.open_calls;
    return judged(parallel_rules(), ParallelFacts{.calls = open + 1}, file);
}

std::string Migrations::call_began(const std::string& id) {
    const auto member = members_.find(id);
    if (member == members_.end()) return {};
    auto& [key, session] = *member->second.session;
    ++session.open_calls;
    session.most_calls = std::max(session.most_calls, session.open_calls);
    return key;
}

Migrations::Findings Migrations::call_ended(const std::string& migration, const std::string& file) {
    const auto place = sessions_.find(migration);
    if (place == sessions_.end()) return {};
    Session& session = place->second;
    if (--session.open_calls > 0) return {};
    const ParallelFacts facts{.calls = std::exchange(session.most_calls, 0)};
    Findings found = judged(parallel_rules(), facts, file);
    std::erase_if(found, [&](const findings::Finding& finding) {
        return !session.told.insert(finding.rule).second;
    });
    return found;
}

std::vector<std::string> Migrations::unfinished() const {
    std::vector<std::string> ids;
    for (const auto& [id, member] : members_) {
        if (!member.finished) ids.push_back(id);
    }
    std::ranges::sort(ids);
    return ids;
}

std::vector<MigrationSummary> Migrations::summaries(const OutcomeOf& outcome_of) const {
    std::map<std::string_view, MigrationSummary> summaries;
    for (const auto& [key, session] : sessions_) {
        summaries[key] = {
            .session_id = session.id, .started = session.began, .ended = session.last_finished
        };
    }
    for (const auto& [id, member] : members_) {
        MigrationSummary& summary = summaries.at(member.session->first);
        const auto outcome = member.finished ? outcome_of(id) : std::nullopt;
        if (!outcome) {
            summary.ended.reset();
        } else if (ImportCounts* const counts = counts_of(summary, member.kind)) {
            ++counts->at(static_cast<std::size_t>(*outcome));
        }
    }
    std::vector<MigrationSummary> sorted;
    for (auto& [key, summary] : summaries) sorted.push_back(std::move(summary));
    return sorted;
}

std::vector<findings::Finding> judge_end(const Upload& upload, const std::string& file) {
    if (upload.is_complete()) return {};
    const EndFacts facts{.offset_bytes = upload.offset_bytes, .length_bytes = upload.length_bytes};
    return judged(end_rules(), facts, file);
}

}  // namespace sfmkit::mockserver
