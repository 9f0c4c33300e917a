#include "tests/client/faults/catalogue.hpp"

#include "wire/tus_headers.hpp"

#include <algorithm>
#include <map>

namespace sfmkit::test {

using client::Outcome;
using client::Step;

std::function<void(FaultWorld&)> one_file_with(std::string method, unsigned nth, Trouble trouble) {
    return [method = std::move(method), nth, trouble = std::move(trouble)](FaultWorld& world) {
        world.add_export(2500, 0, 0);
        world.server.on(method, nth, trouble);
    };
}

int status_of(const client::Outcome& outcome) {
    return outcome.answer ? outcome.answer->status : 0;
}

std::function<void(FaultWorld&)> after_status(int status, Instead instead) {
    return [status, instead = std::move(instead)](FaultWorld& world) {
        world.plans([status, instead](const Asked& asked, Step good, const Outcome& outcome) {
            return status_of(outcome) == status ? instead(asked, std::move(good)) : good;
        });
    };
}

std::function<void(FaultWorld&)> known_mistake(Mistake mistake) {
    return [mistake](FaultWorld& world) { world.settings.make_plan = bad_plans(mistake); };
}

std::function<void(FaultWorld&)> writes_requests(std::function<void(std::string& head)> wrong) {
    return [wrong = std::move(wrong)](FaultWorld& world) { world.tamper({.request = wrong}); };
}

std::function<void(FaultWorld&)> reads_answers(std::function<void(std::string& head)> wrong) {
    return [wrong = std::move(wrong)](FaultWorld& world) { world.tamper({.answer = wrong}); };
}

Step create_anew(const Asked& /*asked*/, Step good) {
    good.kind = Step::Kind::create;
    good.upload.reset();
    good.failure.reset();
    return good;
}

Step repeat(const Asked& asked, Step /*good*/) {
    return asked.step;
}

Step give_up(const Asked& /*asked*/, Step good) {
    good.kind = Step::Kind::give_up;
    good.failure = client::UploadFailure{};
    return good;
}

std::uint64_t number_in(const SeenRequest& request, std::string_view field) {
    const auto value = request.fields.first(field);
    return value ? wire::parse_number_strictly(*value).value_or(0) : 0;
}

bool everything_arrived(const FaultWorld& world) {
    const bool whole = std::ranges::all_of(world.contents, [&](const auto& file) {
        return world.whole_uploads(file.first) == 1;
    });
    return whole && world.everything_completed();
}

bool never_goes_back(const FaultWorld& world) {
    std::map<std::string, std::uint64_t> told;
    for (const SeenRequest& request : world.seen()) {
        std::uint64_t& highest = told[request.target];
        if (request.method == "PATCH" && number_in(request, "Upload-Offset") < highest)
            return false;
        highest = std::max(highest, request.told_offset.value_or(0));
    }
    return true;
}

bool follows_told_offset(const FaultWorld& world) {
    std::map<std::string, std::uint64_t> told;
    for (const SeenRequest& request : world.seen()) {
        std::uint64_t& last = told[request.target];
        if (request.method == "PATCH" && number_in(request, "Upload-Offset") != last) return false;
        if (request.told_offset) last = *request.told_offset;
    }
    return true;
}

bool one_upload_for_each_file(const FaultWorld& world) {
    return world.server.uploads().size() == world.contents.size();
}

bool success_is_true(const FaultWorld& world) {
    return std::ranges::all_of(world.contents, [&](const auto& file) {
        return world.result_of(file.first) != client::FileResult::completed ||
               world.whole_uploads(file.first) > 0;
    });
}

bool no_answer_with(const FaultWorld& world, int status) {
    return std::ranges::none_of(world.seen(), [&](const SeenRequest& request) {
        return request.status == status;
    });
}

bool asks_after(const FaultWorld& world, int status) {
    for (std::size_t i = 0; i < world.seen().size(); ++i) {
        if (world.seen()[i].status != status) continue;
        const std::size_t next = world.next_on_same(i);
        if (next == world.seen().size() || world.seen()[next].method != "HEAD") return false;
    }
    return true;
}

std::function<void(FaultWorld&)> killed_and_started_again(platform::Duration life) {
    return [life](FaultWorld& world) {
        world.ended = world.run_until_killed(life);
        if (!world.ended) ++world.struck;
        world.network.end_connections(fuzz::LinkFaults::End::reset);
        if (world.between_runs) world.between_runs(world);
        world.first_of_second_run = world.seen().size();
        world.ended = world.run();
    };
}

std::function<void(FaultWorld&)> two_runs(std::function<void(FaultWorld&)> between) {
    return [between = std::move(between)](FaultWorld& world) {
        world.ended = world.run();
        between(world);
        ++world.struck;
        if (world.between_runs) world.between_runs(world);
        world.first_of_second_run = world.seen().size();
        world.ended = world.run();
    };
}

}  // namespace sfmkit::test
