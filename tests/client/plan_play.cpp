#include "tests/client/plan_play.hpp"

#include "platform/random.hpp"

namespace sfmkit::test {

using client::Outcome;
using client::Plan;
using client::PlanInput;
using client::Step;
using Kind = Step::Kind;

Outcome answer(int status, const std::vector<std::pair<std::string, std::string>>& fields) {
    wire::ResponseHead head;
    head.status = status;
    for (const auto& [name, value] : fields) head.fields.add(name, value);
    return {std::move(head), ""};
}

Outcome no_answer(platform::Errc code) {
    return {std::unexpected(platform::Error{.code = code, .what = "no answer"}), ""};
}

Outcome created() {
    return answer(201, {{"Location", "/files/1"}});
}

Outcome told(std::uint64_t offset) {
    return answer(
        200,
        {{"Upload-Offset", std::to_string(offset)},
         {"Upload-Length", std::to_string(plan_file_bytes)}}
    );
}

Outcome stored(std::uint64_t offset) {
    return answer(204, {{"Upload-Offset", std::to_string(offset)}});
}

PlanInput plan_input(std::uint64_t size_bytes) {
    PlanInput input;
    input.service = client::parse_url("http://127.0.0.1:8080/files").value();
    input.size_bytes = size_bytes;
    input.chunk_bytes = plan_chunk_bytes;
    return input;
}

std::string text_of(const Step& step) {
    switch (step.kind) {
        case Kind::create:
            return "POST";
        case Kind::ask_offset:
            return "HEAD";
        case Kind::send_chunk:
            return "PATCH " + std::to_string(step.offset) + "+" + std::to_string(step.length);
        case Kind::done:
            return "done";
        case Kind::give_up:
            return step.failure->run_again ? "run again" : "refused";
    }
    return "";
}

Steps play(Plan& plan, const std::vector<Outcome>& outcomes) {
    Steps steps = {text_of(plan.start(noon))};
    for (const Outcome& outcome : outcomes) steps.push_back(text_of(plan.after(outcome, noon)));
    return steps;
}

Steps play(const std::vector<Outcome>& outcomes, PlanInput input) {
    platform::SeededRandom random(1);
    client::UploadPlan plan(std::move(input), random);
    return play(plan, outcomes);
}

}  // namespace sfmkit::test
