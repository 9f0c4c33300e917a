#pragma once

#include "mockserver/profile.hpp"
#include "mockserver/router.hpp"
#include "mockserver/sfm/migration_report.hpp"
#include "mockserver/tus/answer.hpp"
#include "mockserver/tus/upload.hpp"
#include "wire/tus_headers.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

// The tus engine judges; it reads no socket, file or clock. Everything that it needs to know comes
// in, everything that must happen goes out as a value.

namespace sfmkit::mockserver {

/// What the operator chose with options; the rest is the profile's.
struct Settings {
    std::optional<platform::Duration> expire_after = std::chrono::hours(5);  ///< empty: never
    bool sliding_expiry = false;  ///< every 204 counts anew
    std::optional<std::uint64_t> max_size_bytes;
    std::string required_metadata;       ///< key without which the application refuses; empty: none
    bool require_authorization = false;  ///< any value of Authorization will do
    /// Ids of rules of the importer that refuse; the others are only told.
    std::set<std::string, std::less<>> enforced;
    bool finding_header = false;       ///< refusals say why in the header Sfmkit-Finding
    std::vector<std::string> without;  ///< extensions that are switched off
    /// Instead of the profile's read time-out; 0: none.
    std::optional<platform::Duration> read_timeout;
};

struct Rules {
    const Profile* profile = nullptr;
    bool behind_nginx = false;
    Settings settings;

    /// True when the profile has the extension and the operator did not switch it off.
    bool offers(std::string_view extension) const;
};

/// A tus request after its claim: which method on which place.
enum class Action {
    none,
    options,
    create,
    head,
    patch,
    terminate,
    product_version,
    migration_report
};

struct Claim {
    Action action = Action::none;
    Route where;
};

/// The server's choice of what to do with a request, before any state is looked at.
Claim claim(const Rules& rules, const wire::RequestHead& head);

/// What the store knows about the uploads that a request names.
struct Known {
    std::optional<Upload> upload;  ///< that of the URL
    bool locked = false;           ///< another request writes to it
    /// Those of `Upload-Concat: final`, in the order and number of part_ids().
    std::vector<std::optional<Upload>> parts;
};

/// Bytes of the body go to the end of this upload.
struct WritePlan {
    Upload upload;  ///< as it is before the first byte, a new length included
    std::optional<wire::Checksum> checksum;
    bool checksum_in_trailer = false;
    bool length_is_new = false;  ///< store upload.length_bytes before the first byte
};

struct CreatePlan {
    Upload upload;
    std::string base;                         ///< creation URL, for Location
    std::optional<WritePlan> write;           ///< set when a body comes with it
    bool data_refused = false;                ///< a body came, and its write was refused
    std::optional<Answer> data_refusal;       ///< then, why; the creation is answered all the same
    std::vector<std::string> parts;           ///< ids whose bytes make this final upload
    std::vector<findings::Finding> findings;  ///< what the client got wrong without being refused
};

struct TerminatePlan {
    std::string id;
};

using Decision = std::variant<Answer, CreatePlan, WritePlan, TerminatePlan, MigrationReportQuery>;

/// Ids in `Upload-Concat: final;…`, empty for everything else.
std::vector<std::string> part_ids(const Claim& claim, const wire::RequestHead& head);

/// Judges in the order of tusdotnet. new_id is used when an upload is created.
Decision decide(
    const Rules& rules,
    const Claim& claim,
    const wire::RequestHead& head,
    const Known& known,
    const std::string& new_id,
    platform::WallTime now
);

/// Digests of one body by the algorithm's name in Upload-Checksum.
using Digests = std::map<std::string, platform::ByteBuffer, std::less<>>;

/// How the body of a WritePlan ended.
struct WriteEnd {
    std::uint64_t received_bytes = 0;  ///< of the body, until reading stopped
    bool too_much_data = false;
    Digests digests;              ///< of the body, as far as they may be asked for
    wire::HeaderFields trailers;  ///< of a chunked body
};

/// Nothing when the bytes are to be kept; else why not.
std::optional<Answer> judge_write(const Rules& rules, const WritePlan& plan, const WriteEnd& end);

/// True when the bytes of a judged write are thrown away, so that the upload is as before.
bool drops_bytes(const Rules& rules, const WriteEnd& end);

Answer created(const Rules& rules, const CreatePlan& plan, const Upload& upload, bool data_refused);
Answer patched(const Upload& upload);
Answer terminated();

/// The expiry that an upload has from now on, when it expires at all.
std::optional<platform::WallTime> expiry_from(const Settings& settings, platform::WallTime now);

}  // namespace sfmkit::mockserver
