#include "client/upload/upload_plan.hpp"
#include "platform/random.hpp"
#include "tests/client/plan_play.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"
#include "wire/tus_headers.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

// Oracle: answers of tusdotnet 2.5.0 and 2.11.1, direct and behind nginx, as recorded.

namespace sfmkit::client {
namespace {

using nlohmann::json;

client::Outcome outcome_of(const json& answer) {
    wire::ResponseHead head;
    head.status = answer.at("status").get<int>();
    head.reason = answer.at("reason").get<std::string>();
    for (const auto& field : answer.at("headers")) {
        head.fields.add(field.at(0).get<std::string>(), field.at(1).get<std::string>());
    }
    return {std::move(head), answer.value("body", "")};
}

/// X-HTTP-Method-Override: the answer is not that of the method in the request line.
bool names_another_method(const json& head) {
    for (const json& line : head) {
        const std::string text = line.get<std::string>();
        const std::string name = text.substr(0, text.find(':'));
        if (wire::equal_ignoring_case(name, "X-HTTP-Method-Override")) return true;
    }
    return false;
}

/// The step after this outcome, in a conversation about a file of that size that has come to that
/// request.
std::string step_after_outcome(
    const std::string& method,
    const Outcome& outcome,
    std::uint64_t size_bytes = test::plan_file_bytes
) {
    PlanInput input = test::plan_input(size_bytes);
    if (method == "HEAD") {
        input.begun = BegunUpload{parse_url("http://127.0.0.1:8080/files/1").value(), {}, 0};
    }
    platform::SeededRandom random(1);
    UploadPlan plan(std::move(input), random);
    plan.start(test::noon);
    if (method == "PATCH") plan.after(test::created(), test::noon);
    const std::string step = test::text_of(plan.after(outcome, test::noon));
    return step.substr(0, step.find(' '));
}

std::string step_after(const std::string& method, const json& answer) {
    const Outcome outcome = outcome_of(answer);
    const auto length = outcome.answer->fields.first(wire::tus::upload_length);
    const auto size = wire::parse_number_strictly(length.value_or(""));
    // A HEAD tells of the upload that the recording had made.
    return step_after_outcome(method, outcome, size ? *size : test::plan_file_bytes);
}

std::string step_after_no_answer(const std::string& method) {
    return step_after_outcome(method, test::no_answer());
}

/// What may follow, by method and status: the rules of the tus specification and of RFC 9110. Kept
/// apart from the uploader's own table.
const std::map<std::string, std::map<int, std::set<std::string>>> allowed_next = {
    {"POST",
     {{201, {"PATCH", "refused"}},  // refused: an absolute Location on another host
      {400, {"refused"}},
      {401, {"refused"}},
      {404, {"refused"}},
      {405, {"refused"}},
      {408, {"POST"}},
      {412, {"refused"}},
      {413, {"refused"}},
      {414, {"refused"}},
      {431, {"refused"}},
      {500, {"POST"}},
      {501, {"POST"}},
      {502, {"POST"}},
      {505, {"POST"}}}},
    {"HEAD",
     // refused: an upload whose length was deferred holds more than the file of the test
     {{200, {"PATCH", "done", "refused"}},
      {400, {"refused"}},
      {401, {"refused"}},
      {404, {"POST"}},
      {412, {"refused"}},
      {423, {"HEAD"}},
      {500, {"HEAD"}},
      {502, {"HEAD"}}}},
    {"PATCH",
     {{204, {"PATCH", "HEAD", "done"}},
      {400, {"refused"}},
      {401, {"refused"}},
      {403, {"refused"}},
      {404, {"POST"}},
      {408, {"HEAD"}},
      {409, {"HEAD"}},
      {412, {"refused"}},
      {413, {"refused"}},
      {415, {"refused"}},
      {423, {"HEAD"}},
      {460, {"HEAD"}},
      {500, {"HEAD"}},
      {501, {"HEAD"}},
      {502, {"HEAD"}}}},
};

class RecordedAnswers : public testing::TestWithParam<const char*> {};

/// The first word of a step, by the decision that the uploader's table names for the status.
std::set<std::string> named_by_the_table(const std::string& method, int status) {
    const auto request = method == "POST"   ? RequestKind::create
                         : method == "HEAD" ? RequestKind::ask_offset
                                            : RequestKind::send_chunk;
    switch (decide(request, status)) {
        case Decision::take:
            // What is taken is still looked at: another host, another length, no offset.
            return {"PATCH", "done", "HEAD", "refused"};
        case Decision::ask_offset:
            return {"HEAD"};
        case Decision::repeat:
            return {method};
        case Decision::new_upload:
            return {"POST"};
        case Decision::new_token:  // these plans have no other token
        case Decision::give_up:
            break;
    }
    return {"refused"};
}

/// The recorded answer and those that other runs of the same step gave.
std::vector<json> answers_of(const json& step) {
    std::vector<json> answers = {step["answer"]};
    for (const json& other : step.value("also", json::array())) answers.push_back(other);
    return answers;
}

TEST_P(RecordedAnswers, EachLeadsToTheActionOfItsStatus) {
    const auto file = test::reference_file(std::string("wire/") + GetParam());
    if (!file) SFM_SKIP_OR_FAIL("no recording " << GetParam());
    const json recording = json::parse(test::read_file(*file));
    std::size_t seen = 0;
    std::size_t silent = 0;
    std::map<std::string, std::size_t> actions;
    for (const json& one_case : recording.at("cases")) {
        for (const json& step : one_case.value("steps", json::array())) {
            if (!step.contains("head") || !step.contains("answer")) continue;
            const std::string line = step["head"].at(0).get<std::string>();
            const std::string method = line.substr(0, line.find(' '));
            if (!allowed_next.contains(method) || names_another_method(step["head"])) continue;
            for (const json& answer : answers_of(step)) {
                if (!answer.contains("status")) {
                    const std::string next = step_after_no_answer(method);
                    EXPECT_EQ(next, method == "PATCH" ? "HEAD" : method) << one_case.at("id");
                    ++silent;
                    continue;
                }
                const int status = answer["status"].get<int>();
                const auto& rows = allowed_next.at(method);
                if (!rows.contains(status)) {
                    ADD_FAILURE() << "no row for " << method << ' ' << status;
                    continue;
                }
                const std::string next = step_after(method, answer);
                EXPECT_TRUE(rows.at(status).contains(next))
                    << one_case.at("id") << ": " << method << ' ' << status << " led to " << next;
                EXPECT_TRUE(named_by_the_table(method, status).contains(next))
                    << one_case.at("id") << ": " << method << ' ' << status << " led to " << next;
                ++actions[method + ' ' + next];
                ++seen;
            }
        }
    }
    std::cout << GetParam() << ": " << seen << " answers, " << silent << " times none\n";
    for (const auto& [action, count] : actions)
        std::cout << "  " << count << "  " << action << '\n';
    for (const char* common :
         {"POST PATCH",
          "POST refused",
          "HEAD PATCH",
          "HEAD POST",
          "PATCH PATCH",
          "PATCH HEAD",
          "PATCH refused"}) {
        EXPECT_GE(actions[common], 5U) << common;
    }
    EXPECT_GE(silent, 3U);
    EXPECT_GT(seen, 500U);
}

INSTANTIATE_TEST_SUITE_P(
    Tusdotnet,
    RecordedAnswers,
    testing::Values(
        "tusdotnet-2021-direct.json",
        "tusdotnet-2021-nginx.json",
        "tusdotnet-current-direct.json",
        "tusdotnet-current-nginx.json"
    )
);

}  // namespace
}  // namespace sfmkit::client
