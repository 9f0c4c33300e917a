#include "mockserver/tus/extensions.hpp"

namespace sfmkit::mockserver {

Decision decide_termination(const Rules& rules, const Known& known, platform::WallTime now) {
    if (is_expired(*known.upload, now)) return refuse(*rules.profile, Refusal::expired);
    return TerminatePlan{known.upload->id};
}

Answer terminated() {
    Answer answer = bare_answer(204);
    answer.fields.add(wire::tus::resumable, wire::tus::version);
    return answer;
}

}  // namespace sfmkit::mockserver
