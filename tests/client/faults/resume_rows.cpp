#include "client/upload/url.hpp"
#include "platform/openssl.hpp"
#include "tests/client/faults/catalogue.hpp"

#include <algorithm>

namespace sfmkit::test {

using client::Outcome;
using client::Step;
using platform::Duration;
using Kind = Step::Kind;
using World = FaultWorld;

namespace {

constexpr const char* organisation_path = "export/ExportData.dat";

FakeAnswer tells(int status, std::uint64_t offset, std::uint64_t length) {
    return {
        status,
        {{"Upload-Offset", std::to_string(offset)}, {"Upload-Length", std::to_string(length)}},
        {},
        ""
    };
}

unsigned most_patches_at_one_offset(const World& world) {
    std::map<std::uint64_t, unsigned> count;
    unsigned most = 0;
    for (const SeenRequest& request : world.seen()) {
        if (request.method != "PATCH") continue;
        most = std::max(most, ++count[number_in(request, "Upload-Offset")]);
    }
    return most;
}

/// Which requests go to an upload after it was told to be gone.
bool leaves_gone_uploads(const World& world) {
    for (std::size_t i = 0; i < world.seen().size(); ++i) {
        const int status = world.seen()[i].status;
        if (status != 404 && status != 410) continue;
        if (world.next_on_same(i) != world.seen().size()) return false;
    }
    return true;
}

bool no_chunk_at_the_end(const World& world) {
    return std::ranges::none_of(world.seen(), [](const SeenRequest& request) {
        return request.method == "PATCH" && number_in(request, "Upload-Offset") == 2500;
    });
}

/// The file gets other content while it is sent.
std::function<void(World&)> content_changes_after(Duration time, std::size_t new_bytes) {
    return [time, new_bytes](World& world) {
        world.add_export(2500, 0, 0);
        world.slow_network(Duration(10));
        world.strike_after(time, [&world, new_bytes] {
            const auto file = world.files.open_for_appending(organisation_path).value();
            const std::size_t size = world.contents[0].second.size();
            const auto changed =
                new_bytes < size
                    ? file->truncate(new_bytes)
                    : file->append(platform::as_bytes(std::string(new_bytes - size, '+')));
            if (!changed) throw std::runtime_error(platform::describe(changed.error()));
        });
    };
}

std::string sha256_of(const World& world, const std::string& bytes) {
    const auto digest = platform::digest_of(*world.algorithms.sha256, platform::as_bytes(bytes));
    return platform::to_hex(digest);
}

/// The journal says that the upload began with what the file holds now.
void trust_the_name(World& world) {
    std::string journal = world.files.content("export.journal").value();
    const std::string before = sha256_of(world, world.contents[0].second);
    const std::string now = sha256_of(world, world.files.content(organisation_path).value());
    for (std::size_t at = journal.find(before); at != std::string::npos;
         at = journal.find(before)) {
        journal.replace(at, before.size(), now);
    }
    world.files.put("export.journal", journal);
}

std::vector<FaultRow> offset_rows() {
    return {
        {.id = "F-01",
         .fault = "reset in the body of the second chunk",
         .good = "no chunk begins before an offset that was told",
         .mistake = "starts again at byte 0",
         .stage =
             one_file_with("PATCH", 2, {.break_after_body_bytes = 400, .keep_body_bytes = 300}),
         .check = never_goes_back,
         .spoil = known_mistake(Mistake::starts_again)},
        {.id = "F-02",
         .fault = "503 to a chunk",
         .good = "one upload for each file",
         .mistake = "creates another upload for each retry",
         .stage = one_file_with("PATCH", 2, {.instead = FakeAnswer{503}}),
         .check = one_upload_for_each_file,
         .spoil = known_mistake(Mistake::creates_anew)},
        {.id = "F-03",
         .fault = "a chunk is stored and its answer lost",
         .good = "no stored chunk is sent again",
         .mistake = "repeats the chunk without HEAD",
         .stage = one_file_with("PATCH", 2, {.lose_answer = true}),
         .check = [](const World& world) { return no_answer_with(world, 409); },
         .spoil = known_mistake(Mistake::skips_asking)},
        {.id = "F-04",
         .fault = "a chunk is stored in part",
         .good = "every chunk begins at the offset told last",
         .mistake = "counts its own bytes",
         .stage = one_file_with("PATCH", 1, {.keep_body_bytes = 600, .store_part_only = true}),
         .check = follows_told_offset,
         .spoil = known_mistake(Mistake::counts_own_bytes)},
        {.id = "F-05",
         .fault = "an offset beyond what was sent",
         .good = "what it calls completed is whole",
         .mistake = "believes any offset",
         .stage = one_file_with("PATCH", 1, {.after = tells(204, 2500, 2500)}),
         .check = success_is_true,
         .spoil = after_status(
             204,
             [](const Asked& asked, Step good) {
                 const bool lied_to = good.kind == Kind::ask_offset;
                 return lied_to ? asked.chunk_at(good, asked.input.size_bytes) : good;
             }
         )},
        {.id = "F-06",
         .fault = "every chunk is accepted and the offset stays",
         .good = "at most ten chunks at one offset",
         .mistake = "goes on for ever",
         .stage = one_file_with("PATCH", 0, {.instead = tells(204, 0, 2500)}),
         .check = [](const World& world) { return most_patches_at_one_offset(world) <= 10; },
         .spoil = after_status(
             204, [](const Asked& asked, Step good) { return asked.chunk_at(std::move(good), 0); }
         ),
         .completes = false},
        {.id = "F-07",
         .fault = "409 twice",
         .good = "HEAD after each 409",
         .mistake = "repeats the chunk at the same offset",
         .stage =
             [](World& world) {
                 one_file_with("PATCH", 2, {.instead = FakeAnswer{409}})(world);
                 world.server.on("PATCH", 3, {.instead = FakeAnswer{409}});
             },
         .check = [](const World& world) { return asks_after(world, 409); },
         .spoil = after_status(409, repeat)},
        {.id = "F-08",
         .fault = "409 once",
         .good = "the file arrives",
         .mistake = "takes 409 for final",
         .stage = one_file_with("PATCH", 2, {.instead = FakeAnswer{409}}),
         .check = everything_arrived,
         .spoil = after_status(409, give_up)},
        {.id = "F-09",
         .fault = "409 for a lock",
         .good = "every chunk begins at the offset told last",
         .mistake = "takes the chunk for stored",
         .stage = one_file_with(
             "PATCH",
             2,
             {.instead = FakeAnswer{409, {{"Content-Type", "text/plain"}}, "in use", ""}}
         ),
         .check = follows_told_offset,
         .spoil = after_status(
             409,
             [](const Asked& asked, Step good) {
                 return asked.chunk_at(std::move(good), asked.step.offset + asked.step.length);
             }
         )},
        {.id = "F-10",
         .fault = "423 to a chunk and to HEAD",
         .good = "one upload for each file",
         .mistake = "starts a new upload",
         .stage =
             [](World& world) {
                 one_file_with("PATCH", 2, {.instead = FakeAnswer{423}})(world);
                 world.server.on("HEAD", 1, {.instead = FakeAnswer{423}});
             },
         .check = one_upload_for_each_file,
         .spoil = after_status(423, create_anew)},
        {.id = "F-11",
         .fault = "HEAD tells a length that is too small",
         .good = "what it calls completed is whole",
         .mistake = "believes the length of HEAD",
         .stage =
             [](World& world) {
                 one_file_with("PATCH", 1, {.lose_answer = true})(world);
                 world.server.on("HEAD", 0, {.instead = tells(200, 1000, 1000)});
             },
         .check = success_is_true,
         .spoil = after_status(
             200,
             [](const Asked& asked, Step good) {
                 good.failure.reset();
                 return asked.chunk_at(std::move(good), asked.input.size_bytes);
             }
         ),
         .completes = false},
    };
}

std::vector<FaultRow> lifetime_rows() {
    return {
        {.id = "F-12",
         .fault = "HEAD answered 503 three times",
         .good = "one upload for each file",
         .mistake = "takes a 5xx of HEAD for gone",
         .stage =
             [](World& world) {
                 one_file_with("PATCH", 2, {.lose_answer = true})(world);
                 for (unsigned nth = 1; nth <= 3; ++nth) {
                     world.server.on("HEAD", nth, {.instead = FakeAnswer{503}});
                 }
             },
         .check = one_upload_for_each_file,
         .spoil = after_status(503, create_anew)},
        {.id = "F-13",
         .fault = "the upload is gone: 404",
         .good = "no request to an upload that is gone",
         .mistake = "asks the same upload again",
         .stage = one_file_with("PATCH", 2, {.forget_upload = true}),
         .check = leaves_gone_uploads,
         .spoil = after_status(404, repeat)},
        {.id = "F-14",
         .fault = "the upload expires between two runs",
         .good = "the second run begins with POST",
         .mistake = "ignores Upload-Expires",
         .stage =
             [](World& world) {
                 one_file_with("PATCH", 2, {.instead = FakeAnswer{403}})(world);
                 world.server.set_lifetime(std::chrono::hours(5));
             },
         .check = [](const World& world
                  ) { return world.seen().at(world.first_of_second_run).method == "POST"; },
         .spoil = reads_answers([](std::string& head) { drop_field(head, "Upload-Expires"); }),
         .act = two_runs([](World& world) { world.clock.shift_calendar(std::chrono::hours(6)); })},
        {.id = "F-15",
         .fault = "the client is killed at the second chunk",
         .good = "the second run asks for the upload that it began",
         .mistake = "forgets the upload with the process",
         .stage =
             [](World& world) {
                 world.add_export(2500, 0, 0);
                 world.slow_network(Duration(10));
             },
         .check =
             [](const World& world) {
                 return world.seen().at(world.first_of_second_run).method == "HEAD" &&
                        one_upload_for_each_file(world);
             },
         .spoil =
             [](World& world) {
                 world.between_runs = [](World& later) {
                     static_cast<void>(later.files.remove("export.journal"));
                 };
             },
         .act = killed_and_started_again(Duration(50))},
        {.id = "F-16",
         .fault = "the file changes between two runs",
         .good = "nothing of the changed file is sent to the old upload",
         .mistake = "resumes whatever has the same name",
         .stage = one_file_with("PATCH", 2, {.instead = FakeAnswer{403}}),
         .check =
             [](const World& world) {
                 const auto second =
                     world.seen().begin() + static_cast<std::ptrdiff_t>(world.first_of_second_run);
                 return std::none_of(second, world.seen().end(), [](const SeenRequest& request) {
                     return request.method == "PATCH";
                 });
             },
         .spoil = [](World& world) { world.between_runs = trust_the_name; },
         .completes = false,
         .act = two_runs([](World& world) {
             world.files.put(organisation_path, std::string(2500, 'x'));
         })},
        {.id = "F-17",
         .fault = "the last chunk is stored in part",
         .good = "what it calls completed is whole",
         .mistake = "calls itself done after the last chunk",
         .stage = one_file_with("PATCH", 3, {.keep_body_bytes = 300, .store_part_only = true}),
         .check = success_is_true,
         .spoil = after_status(
             204,
             [](const Asked& asked, Step good) {
                 const std::uint64_t sent = asked.step.offset + asked.step.length;
                 return sent == asked.input.size_bytes ? asked.chunk_at(good, sent) : good;
             }
         )},
        {.id = "F-18",
         .fault = "the answer to the last chunk is lost",
         .good = "no chunk at the end of the file",
         .mistake = "sends to an upload that is complete",
         .stage = one_file_with("PATCH", 3, {.lose_answer = true}),
         .check = no_chunk_at_the_end,
         .spoil = after_status(
             200,
             [](const Asked&, Step good) {
                 if (good.kind == Kind::done) good.kind = Kind::send_chunk;
                 return good;
             }
         )},
        {.id = "F-19",
         .fault = "a file of no bytes",
         .good = "a POST and nothing else",
         .mistake = "sends an empty chunk for it",
         .stage = [](World& world) { world.add_export(0, 0, 0); },
         .check = [](const World& world) { return world.server.trace() == "POST 201"; },
         .spoil = after_status(
             201,
             [](const Asked&, Step good) {
                 good.kind = Kind::send_chunk;
                 return good;
             }
         ),
         .strikes = [](const World& world) { return world.count("POST"); }},
        {.id = "F-20",
         .fault = "the file grows while it is sent",
         .good = "no chunk goes beyond Upload-Length",
         .mistake = "sends what the file holds now",
         .stage = content_changes_after(Duration(45), 2600),
         .check =
             [](const World& world) {
                 return std::ranges::none_of(world.seen(), [](const SeenRequest& request) {
                     return number_in(request, "Upload-Offset") + request.body_bytes > 2500;
                 });
             },
         .spoil =
             [](World& world) {
                 world.look_away();
                 world.plans([](const Asked& asked, Step good, const Outcome&) {
                     const bool last = good.offset + good.length == asked.input.size_bytes;
                     if (good.kind == Kind::send_chunk && last) good.length += 100;
                     return good;
                 });
             },
         .completes = false},
        {.id = "F-21",
         .fault = "the file shrinks while it is sent",
         .good = "no empty chunk",
         .mistake = "sends empty chunks for what is missing",
         .stage = content_changes_after(Duration(45), 1500),
         .check =
             [](const World& world) {
                 return std::ranges::none_of(world.seen(), [](const SeenRequest& request) {
                     return request.method == "PATCH" && request.body_bytes == 0;
                 });
             },
         .spoil =
             [](World& world) {
                 world.look_away();
                 world.plans([&world](const Asked&, Step good, const Outcome&) {
                     if (good.kind == Kind::send_chunk && world.struck > 0) good.length = 0;
                     return good;
                 });
             },
         .completes = false},
    };
}

}  // namespace

std::vector<FaultRow> resume_rows() {
    std::vector<FaultRow> rows = offset_rows();
    for (FaultRow& row : lifetime_rows()) rows.push_back(std::move(row));
    return rows;
}

}  // namespace sfmkit::test
