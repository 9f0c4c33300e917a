#include "client/upload/url.hpp"
#include "tests/client/faults/catalogue.hpp"

#include <algorithm>

namespace sfmkit::test {

using client::Outcome;
using client::Step;
using platform::Duration;
using Kind = Step::Kind;
using World = FaultWorld;

namespace {

const FakeAnswer html_502{502, {{"Content-Type", "text/html"}}, "<html>502</html>", "Bad Gateway"};

bool failed(const SeenRequest& request) {
    return request.status == 0 || request.status >= 400;
}

/// More than five failures in a row with less than 0.1 s between them.
bool no_storm(const World& world) {
    unsigned quick = 0;
    for (std::size_t i = 1; i < world.seen().size(); ++i) {
        const SeenRequest& before = world.seen()[i - 1];
        const SeenRequest& request = world.seen()[i];
        const bool hasty =
            failed(before) && request.arrived - before.arrived < std::chrono::milliseconds(100);
        quick = hasty ? quick + 1 : 0;
        if (quick > 5) return false;
    }
    return true;
}

std::size_t failures(const World& world) {
    return static_cast<std::size_t>(std::ranges::count_if(world.seen(), failed));
}

/// Time from the n-th request with that status to the one after it.
Duration pause_after(const World& world, int status) {
    for (std::size_t i = 0; i + 1 < world.seen().size(); ++i) {
        if (world.seen()[i].status != status) continue;
        return std::chrono::floor<Duration>(world.seen()[i + 1].arrived - world.seen()[i].arrived);
    }
    return Duration(0);
}

bool nothing_after(const World& world, int status) {
    for (std::size_t i = 0; i < world.seen().size(); ++i) {
        if (world.seen()[i].status != status) continue;
        if (world.next_on_same(i) != world.seen().size()) return false;
    }
    return true;
}

bool carries_token(const SeenRequest& request) {
    return request.fields.has("Authorization");
}

std::function<void(World&)> permanent(FakeAnswer answer) {
    return [answer = std::move(answer)](World& world) {
        world.add_export(2500, 0, 0);
        world.server.on("PATCH", 0, {.instead = answer});
        world.server.on("HEAD", 0, {.instead = answer});
    };
}

/// Follows what a good client refuses, with the same method and credentials.
Step follow(const Asked& asked, Step good, const Outcome& outcome) {
    if (!outcome.answer || good.kind != Kind::give_up) return good;
    const auto url = client::parse_url(outcome.answer->fields.first("Location").value_or(""));
    if (!url) return good;
    good.failure.reset();
    good.upload = *url;
    if (status_of(outcome) == 201) return asked.chunk_at(std::move(good), 0);
    good.kind = asked.step.kind;
    good.offset = asked.step.offset;
    good.length = asked.step.length;
    return good;
}

std::vector<FaultRow> retry_rows() {
    return {
        {.id = "F-22",
         .fault = "one 503",
         .good = "the file arrives",
         .mistake = "never tries again",
         .stage = one_file_with("PATCH", 1, {.instead = FakeAnswer{503}}),
         .check = everything_arrived,
         .spoil = after_status(503, give_up)},
        {.id = "F-23",
         .fault = "502 for ever",
         .good = "at most five hasty requests after failures",
         .mistake = "makes no pause",
         .stage = permanent(html_502),
         .check = no_storm,
         .spoil =
             [](World& world) {
                 world.settings.retries.first_pause = Duration(0);
                 world.settings.retries.longest_pause = Duration(0);
             },
         .completes = false},
        {.id = "F-24",
         .fault = "503 for ever",
         .good = "at most twenty failed requests",
         .mistake = "never gives up",
         .stage = permanent(FakeAnswer{503}),
         .check = [](const World& world) { return failures(world) <= 20; },
         .spoil = [](World& world) { world.settings.retries.tries = 100; },
         .completes = false},
        {.id = "F-25",
         .fault = "503 with Retry-After: 3",
         .good = "three seconds of pause",
         .mistake = "ignores Retry-After",
         .stage = one_file_with(
             "PATCH", 1, {.instead = FakeAnswer{503, {{"Retry-After", "3"}}, {}, ""}}
         ),
         .check = [](const World& world
                  ) { return pause_after(world, 503) >= std::chrono::seconds(3); },
         .spoil = reads_answers([](std::string& head) { drop_field(head, "Retry-After"); })},
        {.id = "F-26",
         .fault = "429 when more than two requests are open",
         .good = "fewer uploads side by side, and all arrive",
         .mistake = "takes 429 for an error like any other",
         .stage =
             [](World& world) {
                 world.add_export(100, 40, 3000);
                 world.server.set_most_at_once(2);
                 world.server.on("PATCH", 0, {.delay = std::chrono::seconds(1)});
             },
         .check =
             [](const World& world) {
                 const auto& seen = world.seen();
                 const auto last_half = seen.begin() + static_cast<std::ptrdiff_t>(seen.size() / 2);
                 return everything_arrived(world) &&
                        std::none_of(last_half, seen.end(), [](const SeenRequest& request) {
                            return request.status == 429;
                        });
             },
         .spoil = reads_answers([](std::string& head) {
             if (head.starts_with("HTTP/1.1 429")) head.replace(9, 3, "503");
         }),
         .strikes =
             [](const World& world) {
                 return static_cast<unsigned>(
                     std::ranges::count(world.seen(), 429, &SeenRequest::status)
                 );
             }},
        {.id = "F-27",
         .fault = "403 to a chunk",
         .good = "no request to that upload after it",
         .mistake = "goes on after a final answer",
         .stage = one_file_with("PATCH", 2, {.instead = FakeAnswer{403}}),
         .check = [](const World& world) { return nothing_after(world, 403); },
         .spoil = after_status(403, repeat),
         .completes = false},
        {.id = "F-28",
         .fault = "413 of a proxy to every chunk",
         .good = "no second body of the same size",
         .mistake = "sends the same chunk again",
         .stage = one_file_with(
             "PATCH",
             0,
             {.instead = FakeAnswer{413, {{"Content-Type", "text/html"}}, "<html>413</html>", ""}}
         ),
         .check = [](const World& world) { return world.count("PATCH") == 1; },
         .spoil = after_status(413, repeat),
         .completes = false},
        {.id = "F-29",
         .fault = "408, 423, 429 and 460 once each",
         .good = "the file arrives",
         .mistake = "takes every 4xx for final",
         .stage =
             [](World& world) {
                 world.add_export(2500, 0, 0);
                 unsigned nth = 1;
                 for (const int status : {408, 423, 429, 460}) {
                     world.server.on("PATCH", ++nth, {.instead = FakeAnswer{status}});
                 }
             },
         .check = everything_arrived,
         .spoil = known_mistake(Mistake::gives_up_on_4xx)},
    };
}

std::vector<FaultRow> trust_rows() {
    return {
        {.id = "F-30",
         .fault = "the token runs out in the middle",
         .good = "another token on the same upload",
         .mistake = "knows one token only",
         .stage =
             [](World& world) {
                 world.use_tokens();
                 const FakeAnswer refused{401, {{"WWW-Authenticate", "Bearer"}}, {}, ""};
                 one_file_with("PATCH", 2, {.instead = refused})(world);
             },
         .check =
             [](const World& world) {
                 const auto last = world.seen().back().fields.first("Authorization");
                 return last == "Bearer token2" && one_upload_for_each_file(world);
             },
         .spoil = [](World& world) { world.use_tokens(false); }},
        {.id = "F-31",
         .fault = "a service that wants a token",
         .good = "a token with every request",
         .mistake = "a token with POST only",
         .stage =
             [](World& world) {
                 world.use_tokens();
                 world.add_export(2500, 0, 0);
             },
         .check = [](const World& world
                  ) { return std::ranges::all_of(world.seen(), carries_token); },
         .spoil = writes_requests([](std::string& head) {
             if (head.starts_with("PATCH")) drop_field(head, "Authorization");
         }),
         .strikes = [](const World& world) { return world.count("PATCH"); }},
        {.id = "F-32",
         .fault = "a Location on another port",
         .good = "no token arrives there",
         .mistake = "follows with its credentials",
         .stage =
             [](World& world) {
                 world.use_tokens();
                 world.add_export(2500, 0, 0);
                 world.server.set_location_form("http://127.0.0.1:9090/files/{id}");
             },
         .check = [](const World& world
                  ) { return std::ranges::none_of(world.other.requests(), carries_token); },
         .spoil = [](World& world) { world.plans(follow); },
         .completes = false,
         .strikes = [](const World& world) { return world.count("POST"); }},
        {.id = "F-33",
         .fault = "301 to a chunk",
         .good = "nothing is asked at the target",
         .mistake = "follows with GET and without the body",
         .stage = one_file_with(
             "PATCH",
             2,
             {.instead = FakeAnswer{301, {{"Location", "http://127.0.0.1:8080/moved"}}, {}, ""}}
         ),
         .check =
             [](const World& world) {
                 return std::ranges::none_of(world.seen(), [](const SeenRequest& request) {
                     return request.target == "/moved";
                 });
             },
         .spoil =
             [](World& world) {
                 world.plans(follow);
                 world.tamper({.request = [](std::string& head) {
                     if (head.starts_with("PATCH /moved")) head.replace(0, 5, "GET");
                 }});
             },
         .completes = false},
        {.id = "F-34",
         .fault = "ten minutes of silence",
         .good = "the next request within two minutes",
         .mistake = "has no deadline",
         .stage =
             one_file_with("PATCH", 2, {.lose_answer = true, .delay = std::chrono::minutes(10)}),
         .check =
             [](const World& world) {
                 for (std::size_t i = 1; i < world.seen().size(); ++i) {
                     const auto gap = world.seen()[i].arrived - world.seen()[i - 1].arrived;
                     if (gap > std::chrono::minutes(2)) return false;
                 }
                 return true;
             },
         .spoil = [](World& world) { world.settings.exchange.answer = std::chrono::hours(24); }},
        {.id = "F-35",
         .fault = "an HTML page with 502",
         .good = "every chunk begins at the offset told last",
         .mistake = "takes any page for success",
         .stage = one_file_with("PATCH", 2, {.instead = html_502}),
         .check = follows_told_offset,
         .spoil = after_status(
             502,
             [](const Asked& asked, Step good) {
                 return asked.chunk_at(std::move(good), asked.step.offset + asked.step.length);
             }
         )},
        {.id = "F-36",
         .fault = "a cache answers HEAD with 204 and no offset",
         .good = "no chunk begins before an offset that was told",
         .mistake = "takes no offset for 0",
         .stage =
             [](World& world) {
                 one_file_with("PATCH", 2, {.lose_answer = true})(world);
                 world.server.on("HEAD", 1, {.instead = FakeAnswer{204}});
             },
         .check = never_goes_back,
         .spoil =
             [](World& world) {
                 world.plans([](const Asked& asked, Step good, const Outcome& outcome) {
                     const bool bare = asked.step.kind == Kind::ask_offset && outcome.answer &&
                                       !outcome.answer->fields.has("Upload-Offset");
                     return bare ? asked.chunk_at(std::move(good), 0) : good;
                 });
             }},
    };
}

}  // namespace

std::vector<FaultRow> status_rows() {
    std::vector<FaultRow> rows = retry_rows();
    for (FaultRow& row : trust_rows()) rows.push_back(std::move(row));
    return rows;
}

}  // namespace sfmkit::test
