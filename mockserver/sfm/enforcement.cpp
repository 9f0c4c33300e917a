#include "mockserver/sfm/enforcement.hpp"

#include "wire/tus_headers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::mockserver {

std::optional<Answer> refuse_enforced(
    const Rules& rules, const std::vector<findings::Finding>& found, int status
) {
    const auto refusing = std::ranges::find_if(found, [&](const findings::Finding& finding) {
        return rules.settings.enforced.contains(finding.rule);
    });
    if (refusing == found.end()) return std::nullopt;
    Answer answer = bare_answer(status);
    answer.text = fmt::format(
        "{}: {}; expected {}, got {}\n",
        refusing->rule,
        refusing->message,
        refusing->expected,
        refusing->actual
    );
    answer.text_type = rules.profile->text_type;
    answer.fields.add(wire::tus::resumable, wire::tus::version);
    answer.findings = found;
    return answer;
}

}  // namespace sfmkit::mockserver
