#include "tests/client/faults/catalogue.hpp"

#include <algorithm>

namespace sfmkit::test {

using client::FileResult;
using client::Outcome;
using client::Step;
using platform::Duration;
using Kind = Step::Kind;
using World = FaultWorld;

namespace {

constexpr const char* organisation = "ExportData.dat";

std::function<void(World&)> slow_answers(std::size_t patients) {
    return [patients](World& world) {
        world.add_export(100, patients, 2500);
        world.server.on("PATCH", 0, {.delay = std::chrono::seconds(2)});
    };
}

bool no_overlap(const World& world) {
    return world.server.overlaps() == 0;
}

/// Nothing else is created before all of the organisation file is there.
bool organisation_comes_first(const World& world) {
    std::uint64_t told = 0;
    for (const SeenRequest& request : world.seen()) {
        const bool other = request.method == "POST" && World::name_in(request) != organisation;
        if (other) return told == 1500;
        told = std::max(told, request.told_offset.value_or(0));
    }
    return false;
}

/// Each file is either whole on the server or reported, and only the refused one is missing.
bool others_arrive(const World& world) {
    return world.result_of("Patients0/p0.pat") == FileResult::refused &&
           world.whole_uploads("Patients0/p1.pat") == 1 &&
           world.whole_uploads("Patients0/p2.pat") == 1;
}

bool one_completion_for_each_file(const World& world) {
    return std::ranges::all_of(world.contents, [&](const auto& file) {
        return world.whole_uploads(file.first) == 1;
    });
}

/// Creates it again after a doubt, and sends it all to the new upload.
Step upload_again(const Asked& asked, Step good, const Outcome& outcome) {
    if (asked.is_doubt(good)) return create_anew(asked, std::move(good));
    const bool made = asked.step.kind == Kind::create && status_of(outcome) == 201;
    if (asked.step.kind == Kind::send_chunk) good.upload = asked.step.upload;
    if (!made || good.kind == Kind::send_chunk) return good;
    const auto where = outcome.answer->fields.first("Location").value_or("");
    good.upload = client::resolve_location(asked.input.service, where).value();
    good.pause = Duration(0);
    return asked.chunk_at(std::move(good), 0);
}

void refused_patient(World& world) {
    world.add_export(100, 3, 2500);
    world.settings.parallel = 1;
    world.server.on("PATCH", 3, {.instead = FakeAnswer{413}});
}

/// Another backend without the uploads of this one takes over.
void pods_switch(World& world) {
    world.add_export(5000, 0, 0);
    world.slow_network(Duration(10));
    world.strike_after(Duration(75), [&world] {
        for (auto& [id, upload] : world.server.uploads()) upload.deleted = true;
    });
}

std::vector<FaultRow> concurrency_rows() {
    return {
        {.id = "F-53",
         .fault = "every chunk takes two seconds",
         .good = "at most five requests at once",
         .mistake = "twelve at once",
         .stage = slow_answers(12),
         .check = [](const World& world) { return world.server.most_at_once() <= 5; },
         .spoil = [](World& world) { world.settings.parallel = 12; }},
        {.id = "F-54",
         .fault = "every chunk takes two seconds",
         .good = "one request at a time on an upload",
         .mistake = "asks while a chunk is under way",
         .stage = slow_answers(1),
         .check = no_overlap,
         .spoil = [](World& world) { world.tamper({.asks_meanwhile = true}); }},
        {.id = "F-55",
         .fault = "a chunk without an answer for ten minutes",
         .good = "the old connection is closed first",
         .mistake = "leaves the old connection open",
         .stage =
             one_file_with("PATCH", 2, {.lose_answer = true, .delay = std::chrono::minutes(10)}),
         .check = no_overlap,
         .spoil = [](World& world) { world.tamper({.keeps_open = true}); }},
        {.id = "F-56",
         .fault = "many small files",
         .good = "at most one connection for each slot",
         .mistake = "one connection for each request",
         .stage = [](World& world) { world.add_export(100, 30, 500); },
         .check = [](const World& world
                  ) { return world.network.connections() <= world.settings.parallel; },
         .spoil = reads_answers([](std::string& head) { add_field(head, "Connection", "close"); }),
         .strikes = [](const World& world) { return world.count("POST"); }},
    };
}

std::vector<FaultRow> run_rows() {
    return {
        {.id = "F-57",
         .fault = "the organisation file meets a 503",
         .good = "nothing else is created before it is there",
         .mistake = "begins with a patient",
         .stage =
             [](World& world) {
                 world.add_export(1500, 3, 500);
                 world.server.on("PATCH", 1, {.instead = FakeAnswer{503}});
             },
         .check = organisation_comes_first,
         .spoil =
             [](World& world) {
                 world.change_listing = [](client::ExportListing& listing) {
                     std::swap(listing.organisation, listing.others.front());
                 };
             }},
        {.id = "F-58",
         .fault = "413 to one patient for good",
         .good = "it is reported and the others arrive",
         .mistake = "one refused file stops the run",
         .stage = refused_patient,
         .check = others_arrive,
         .spoil =
             [](World& world) {
                 world.plans([&world](const Asked&, Step good, const Outcome&) {
                     if (good.kind == Kind::give_up) world.stop.requested = true;
                     return good;
                 });
             },
         .completes = false},
        {.id = "F-59",
         .fault = "the answer to the last chunk is lost",
         .good = "each file is completed once",
         .mistake = "uploads the file again",
         .stage = one_file_with("PATCH", 3, {.lose_answer = true}),
         .check = one_completion_for_each_file,
         .spoil = [](World& world) { world.plans(upload_again); }},
        {.id = "F-60",
         .fault = "413 to one patient for good",
         .good = "what it calls completed is whole",
         .mistake = "leaves it unfinished without a word",
         .stage = refused_patient,
         .check = success_is_true,
         .spoil = after_status(
             413,
             [](const Asked& asked, Step good) {
                 good.failure.reset();
                 return asked.chunk_at(std::move(good), asked.input.size_bytes);
             }
         ),
         .completes = false},
        {.id = "F-61",
         .fault = "another pod without the uploads takes over",
         .good = "the file arrives",
         .mistake = "takes 404 for final",
         .stage = pods_switch,
         .check = everything_arrived,
         .spoil = after_status(404, give_up)},
    };
}

}  // namespace

std::vector<FaultRow> session_rows() {
    std::vector<FaultRow> rows = concurrency_rows();
    for (FaultRow& row : run_rows()) rows.push_back(std::move(row));
    return rows;
}

}  // namespace sfmkit::test
