#include "mockserver/tus/extensions.hpp"

namespace sfmkit::mockserver {

Decision decide_termination(const Rules& rules, const Upload& upload, platform::WallTime now) {
    if (is_expired(upload, now)) return refuse(*rules.profile, Refusal::expired);
    return TerminatePlan{upload.id};
}

Answer terminated() {
    Answer answer = bare_answer(204);
    answer.fields.add(wire::tus::resumable, wire::tus::version);
    return answer;
}

}  // namespace sfmkit::mockserver
