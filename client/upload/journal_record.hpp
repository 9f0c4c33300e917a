#pragma once

#include "platform/clock.hpp"
#include "platform/result.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sfmkit::client {

/// What tells whether a file still has the bytes it had when its upload began.
struct Fingerprint {
    std::uint64_t size_bytes = 0;
    platform::WallTime modified = {};
    std::string sha256 = {};  ///< lower-case hex of the whole content; empty: not known

    bool operator==(const Fingerprint&) const = default;
};

/// One line of the journal. Which fields count depends on the event.
struct JournalRecord {
    enum class Event {
        begun,        ///< first line: service, export_name, session
        started,      ///< a run starts: chunk_bytes
        intent,       ///< a POST is about to be sent: file, fingerprint
        not_created,  ///< that POST made no upload for certain: file
        created,      ///< 201: file, upload, expires
        adopted,      ///< begun by another program: file, fingerprint, upload, chunk_bytes
        extended,     ///< the server moved the expiry: file, expires
        gone,         ///< 404 or 410: file
        completed,    ///< all bytes are there: file
        refused,      ///< the server will not have it: file
        failed        ///< ended for another reason, also without an answer: file
    };

    Event event = Event::begun;
    std::string service = {};
    std::string export_name = {};
    std::string session = {};
    std::uint64_t chunk_bytes = 0;
    std::string file = {};
    Fingerprint fingerprint = {};
    std::string upload = {};
    std::optional<platform::WallTime> expires = {};

    bool operator==(const JournalRecord&) const = default;
};

/// One line of JSON with its line feed.
std::string print_record(const JournalRecord& record);
/// Nothing when the line is not such a record.
std::optional<JournalRecord> parse_record(std::string_view line);

/// How the last try of a file that is not completed ended.
enum class Trouble {
    none,
    failed,  ///< the next run tries again
    refused  ///< by the server: tried again only when a person asks for it
};

/// What the journal knows about a file.
struct JournalFile {
    Fingerprint fingerprint;
    std::optional<std::string> upload;  ///< URL, once a 201 was written down
    std::optional<platform::WallTime> expires;
    bool completed = false;
    Trouble trouble = Trouble::none;
    unsigned open_intents = 0;  ///< POSTs that may have made an upload nobody knows

    bool operator==(const JournalFile&) const = default;
};

struct JournalState {
    std::string service;
    std::string export_name;
    std::string session;
    std::uint64_t chunk_bytes = 0;  ///< the largest of all runs
    std::map<std::string, JournalFile> files;

    /// Uploads that may be left on the server without an owner.
    unsigned orphans() const;
    bool operator==(const JournalState&) const = default;
};

/// Adds what a record says. False when the record cannot follow this state.
bool apply(JournalState& state, const JournalRecord& record);

/// A journal read back.
struct Replay {
    JournalState state;
    std::uint64_t good_bytes = 0;  ///< length of the whole lines; what follows was torn by a crash
};

/// A last line that is torn is left out. Errc::malformed, with the line number, when any other line
/// is damaged.
platform::Result<Replay> replay_journal(std::string_view text, const std::string& name);

}  // namespace sfmkit::client
