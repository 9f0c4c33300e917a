#pragma once

#include "platform/clock.hpp"
#include "wire/http_message.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// A fault is data: where it strikes (point), whom (match) and what it does (action).

namespace sfmkit::mockserver {

/// The places in the life of a connection and of a request where a fault can strike, in their
/// order.
enum class FaultPoint {
    accept,        ///< a connection was accepted, nothing is read
    head,          ///< the head of a request is read, nothing is judged
    before_store,  ///< the request is found to be good, nothing is stored
    body,          ///< so many bytes of the body are taken
    after_body,    ///< the body is there; it does not count yet
    after_store,   ///< all is stored, nothing is answered
    answer,        ///< so many bytes of the answer are sent
    after_answer,  ///< the answer is sent
};

enum class FaultKind {
    reset,              ///< breaks the connection (TCP RST)
    close,              ///< ends the connection in order (FIN) without a word
    stall,              ///< does nothing for a time, or until the client leaves; then goes on
    slow,               ///< reads the body, or sends the answer, at so many bytes a second
    answer,             ///< answers this instead of what the server would
    edit_answer,        ///< changes the answer: status, fields, offset, version, framing
    withhold_continue,  ///< never says 100 Continue and waits for the body
    corrupt,            ///< turns one bit of the body over
    keep_part,          ///< stores only what came so far and says so in the answer
    storage_full,       ///< the disk takes no more
    lose_store,         ///< forgets what the request stored, but for so many bytes
    expire_upload,      ///< the time of the upload is over
    expire_tokens,      ///< credentials that were seen so far are refused from now on
    lock,               ///< the upload counts as being written to for a time
    buffer,             ///< collects the whole body first, as nginx does; a broken one is lost
    restart,            ///< ends all connections and starts anew, with or without its uploads
    crash               ///< ends the process as kill -9 does
};

/// Which requests a fault strikes; what is empty matches all.
struct FaultMatch {
    std::string method{};
    std::string upload{};     ///< id of the upload, or name of its file
    std::string session{};    ///< SessionId of its migration
    std::string file_type{};  ///< FileType of its metadata, e.g. PatientFile
    std::uint64_t nth = 1;    ///< of the requests that match; earlier ones pass
    /// How often in a million it strikes a request that matches.
    std::uint32_t per_million = 1'000'000;

    bool operator==(const FaultMatch&) const = default;
};

/// What happens; each kind reads its own members (fault_rows.hpp).
struct FaultAction {
    FaultKind kind = FaultKind::reset;
    std::optional<platform::Duration> time{
    };  ///< of stall, lock, restart; stall: empty is for ever
    std::uint64_t bytes = 0;  ///< slow: a second; lose_store: how many stay
    int status = 0;           ///< answer; edit_answer: 0 leaves it
    std::optional<std::string> reason{};
    wire::HeaderFields set{};             ///< fields to add, or to put in place of those there
    std::vector<std::string> remove{};    ///< names of fields
    std::string text{};                   ///< body of the answer
    std::optional<std::int64_t> shift{};  ///< edit_answer: added to Upload-Offset
    bool close = false;                   ///< answer: the connection ends with it
    bool lower_case = false;              ///< names of fields
    bool http_1_0 = false;
    bool chunked = false;  ///< the body goes out chunked
    bool gzip = false;     ///< the body goes out compressed
    bool silent = false;  ///< corrupt: the checksum is taken of what came, the store gets the other
    bool keep_state = true;  ///< restart: the uploads stay

    bool operator==(const FaultAction&) const = default;
};

struct Fault {
    std::string name{};
    FaultPoint point = FaultPoint::head;
    std::uint64_t at_byte = 0;  ///< with body and answer
    FaultMatch match{};
    FaultAction action{};
    std::uint64_t times = 1;  ///< how often it strikes; 0: always

    bool operator==(const Fault&) const = default;
};

/// After it nothing more happens to the request.
bool ends_request(FaultKind kind) noexcept;

std::string_view name_of(FaultPoint point) noexcept;
std::string_view name_of(FaultKind kind) noexcept;

/// What one kind of action is allowed to say, by the names of the file format.
struct FaultKindRow {
    FaultKind kind;
    std::string_view name;
    std::span<const FaultPoint> points;         ///< where it can strike
    std::span<const std::string_view> members;  ///< beside `do`
    std::string_view what;                      ///< for people
};

/// All points and kinds, in the order in which they are documented.
std::span<const FaultPoint> fault_points() noexcept;
std::span<const FaultKindRow> fault_kinds() noexcept;

}  // namespace sfmkit::mockserver
