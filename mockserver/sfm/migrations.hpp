#pragma once

#include "findings/finding.hpp"
#include "mockserver/sfm/migration_report.hpp"
#include "mockserver/sfm/migration_rules.hpp"
#include "mockserver/tus/upload.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sfmkit::mockserver {

/// The uploads of one server, grouped into migrations by SessionId. Uploads without a SessionId and
/// parts of a concatenation belong to none.
///
/// The official uploader takes a new SessionId at every start and sends the organisation file once:
/// a session without an organisation file continues an earlier one when that one's is finished.
class Migrations {
  public:
    Migrations() = default;
    Migrations(Migrations&&) = default;
    Migrations& operator=(Migrations&&) = default;
    Migrations(const Migrations&) = delete;
    Migrations& operator=(const Migrations&) = delete;

    using Findings = std::vector<findings::Finding>;

    /// Takes in an upload of an earlier run of the server; nothing is judged. When it really came
    /// is not known: now counts as the time.
    void restore(const Upload& upload, platform::WallTime now);
    /// What is wrong with an upload that is to come into being; it is not taken in. file: how
    /// findings name it, e.g. `POST /files`.
    Findings arriving(const Upload& upload, const std::string& file) const;
    /// An upload that came into being. Returns what arriving() finds and was not told before.
    Findings created(const Upload& upload, const std::string& file, platform::WallTime now);
    void finished(const std::string& id, platform::WallTime now);
    void removed(const std::string& id);
    /// True for an upload that belongs to one.
    bool has(const std::string& id) const { return members_.contains(id); }

    /// What would be wrong if one more request began to send data now.
    Findings calling(const Upload& upload, const std::string& file) const;
    /// A request that sends data begins. Returns its migration for call_ended(), empty when none.
    std::string call_began(const std::string& id);
    /// Judges when no call of the migration is left; each rule once in a migration.
    Findings call_ended(const std::string& migration, const std::string& file);

    /// Ids of uploads that lack bytes, sorted.
    std::vector<std::string> unfinished() const;

    /// What the importer made of a finished upload; nothing while it is at work on it.
    using OutcomeOf = std::function<std::optional<ImportOutcome>(const std::string& id)>;
    /// All migrations, sorted by SessionId. Files that are neither organisation, patient nor report
    /// file have no place in them.
    std::vector<MigrationSummary> summaries(const OutcomeOf& outcome_of) const;

  private:
    /// Uploads of one name in one migration.
    struct SameName {
        std::uint32_t begun = 0;  ///< that are there
        std::uint32_t finished = 0;
    };
    using Names = std::unordered_map<std::string, SameName>;
    struct Session {
        std::string id;  ///< as the first upload spelt it
        platform::WallTime began;
        platform::WallTime last_finished;
        Names names;
        std::size_t awaited_organisations = 0;  ///< begun and not finished
        bool has_organisation = false;          ///< a finished one
        std::size_t open_calls = 0;
        std::size_t most_calls = 0;
        std::set<std::string, std::less<>> told;  ///< rules that one finding is enough for
    };
    using Sessions = std::map<std::string, Session>;
    /// What the metadata of an upload says.
    struct Claims {
        std::string session;  ///< in one spelling
        std::string session_id;
        std::string name;
        wire::sfm::FileKind kind = wire::sfm::FileKind::unknown;
    };
    /// What stays of it while the server runs; there may be very many.
    struct Member {
        Sessions::value_type* session = nullptr;
        Names::value_type* name = nullptr;
        wire::sfm::FileKind kind = wire::sfm::FileKind::unknown;
        bool finished = false;
    };

    /// Nothing for an upload that belongs to no migration.
    static std::optional<Claims> claims_of(const Upload& upload);
    void take_in(const std::string& id, const Claims& claims, platform::WallTime now);
    ArrivalFacts facts_of(const Claims& claims) const;

    Sessions sessions_;
    std::unordered_map<std::string, Member> members_;  ///< by id; they point into sessions_
    bool any_organisation_ = false;                    ///< a finished one, of whatever session
};

/// Judges an upload when the server ends; none when it is complete.
std::vector<findings::Finding> judge_end(const Upload& upload, const std::string& file);

}  // namespace sfmkit::mockserver
