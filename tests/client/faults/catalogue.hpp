#pragma once

#include "tests/client/faults/fault_world.hpp"

#include <functional>
#include <string>
#include <vector>

namespace sfmkit::test {

/// One fault of the catalogue (reference/tus.md E.1 to E.4).
struct FaultRow {
    std::string id;
    std::string fault;    ///< what server, network, disk or person does
    std::string good;     ///< what the check asks for
    std::string mistake;  ///< of the bad client

    std::function<void(FaultWorld&)> stage;
    std::function<bool(const FaultWorld&)> check;
    std::function<void(FaultWorld&)> spoil;
    bool completes = true;  ///< a good client brings the whole export through
    /// One run of the client when not set.
    std::function<void(FaultWorld&)> act{};
    /// How often the fault struck; troubles of the server and of strike_after() when not set.
    std::function<unsigned(const FaultWorld&)> strikes{};
};

std::vector<FaultRow> resume_rows();   ///< E.1
std::vector<FaultRow> status_rows();   ///< E.2
std::vector<FaultRow> form_rows();     ///< E.3
std::vector<FaultRow> session_rows();  ///< E.4

/// Stages: an organisation file of two chunks and a half, and one trouble.
std::function<void(FaultWorld&)> one_file_with(std::string method, unsigned nth, Trouble trouble);

/// Checks that several rows share.
bool everything_arrived(const FaultWorld& world);
/// No PATCH begins before an offset that the server has told.
bool never_goes_back(const FaultWorld& world);
/// Every PATCH begins at the offset that was told last.
bool follows_told_offset(const FaultWorld& world);
bool one_upload_for_each_file(const FaultWorld& world);
/// What the client calls completed is whole on the server.
bool success_is_true(const FaultWorld& world);
bool no_answer_with(const FaultWorld& world, int status);
/// The request after each answer with that status, on the same upload, is a HEAD.
bool asks_after(const FaultWorld& world, int status);

/// Acts: a run that is killed after that time, and another one.
std::function<void(FaultWorld&)> killed_and_started_again(platform::Duration life);
/// A run, something in between that counts as a strike, and another run.
std::function<void(FaultWorld&)> two_runs(std::function<void(FaultWorld&)> between);

/// Mistakes: what a bad client does in place of the good step.
using Instead = std::function<client::Step(const Asked&, client::Step good)>;
std::function<void(FaultWorld&)> after_status(int status, Instead instead);
std::function<void(FaultWorld&)> known_mistake(Mistake mistake);
std::function<void(FaultWorld&)> writes_requests(std::function<void(std::string& head)> wrong);
std::function<void(FaultWorld&)> reads_answers(std::function<void(std::string& head)> wrong);
client::Step create_anew(const Asked& asked, client::Step good);
client::Step repeat(const Asked& asked, client::Step good);
client::Step give_up(const Asked& asked, client::Step good);
int status_of(const client::Outcome& outcome);

std::uint64_t number_in(const SeenRequest& request, std::string_view field);

}  // namespace sfmkit::test
