#pragma once

#include "findings/finding.hpp"
#include "mockserver/tus/answer.hpp"
#include "wire/http_codec.hpp"

#include <optional>
#include <span>
#include <string>

// Why a request was refused, for whoever wrote the client: which field, what the server wants by
// which rule, what came, and what to do next.

namespace sfmkit::mockserver {

/// One reason. The field is a header, or a part of the request such as `body`.
struct ReasonOfRefusal {
    Refusal refusal;
    std::string_view rule;
    std::string_view field;
    std::string_view expected;  ///< with {0}, {1} for what varies
    std::string_view actual;    ///< the same; empty: the field as it came
    std::string_view message;
};

/// One for each Refusal.
std::span<const ReasonOfRefusal> reasons_of_refusal() noexcept;

/// The finding that belongs to an answer of status 400 and above, nothing when the client is not to
/// blame. request: null when no head could be read. file: how findings name the request.
std::optional<findings::Finding> explain_refusal(
    const Answer& answer, const wire::RequestHead* request, const std::string& file
);
/// The same for a request whose form was refused.
findings::Finding explain_form(const wire::FramingFault& fault, const std::string& file);

/// One line for the header Sfmkit-Finding: rule, field, expected, actual and next step, in ASCII.
std::string print_finding_header(const findings::Finding& finding);

}  // namespace sfmkit::mockserver
