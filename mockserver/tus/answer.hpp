#pragma once

#include "findings/finding.hpp"
#include "mockserver/profile.hpp"
#include "platform/clock.hpp"
#include "wire/http_message.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::mockserver {

/// What is answered, before framing: the engine sets status, headers of its own and text; the
/// printer adds what the server in front adds.
struct Answer {
    int status = 0;
    wire::HeaderFields fields;
    std::string text;  ///< body; empty: none
    std::string text_type;
    std::vector<findings::Finding> findings = {};  ///< why it is refused, where a rule of SFM did
    std::optional<Refusal> refusal = {};           ///< why tus refuses it
    /// Why it is refused, where whoever refused it has said so already.
    std::optional<findings::Finding> reason = {};
    std::vector<std::string> parts = {};  ///< what varies in that reason, as {0}, {1}

    bool operator==(const Answer&) const = default;
};

/// The refusal with status and text of the profile; parts fill {0} and {1} of the text.
Answer refuse(
    const Profile& profile, Refusal refusal, std::initializer_list<std::string> parts = {}
);

/// An answer of the application around tus: nothing of tus in it.
Answer bare_answer(int status);

/// An answer with the headers of the server in front, in its order, and the body as coded.
struct PrintedAnswer {
    std::string_view reason;
    wire::HeaderFields fields;
    std::string body;
};

/// As print_answer(), before it is put together.
PrintedAnswer arrange_answer(
    const Profile& profile,
    const Answer& answer,
    const wire::RequestHead* request,
    bool closing,
    platform::WallTime now
);

/// Status line, headers in the order of the profile, and body. request: what is answered, null when
/// no head could be read. closing: this answer ends the connection.
std::string print_answer(
    const Profile& profile,
    const Answer& answer,
    const wire::RequestHead* request,
    bool closing,
    platform::WallTime now
);

}  // namespace sfmkit::mockserver
