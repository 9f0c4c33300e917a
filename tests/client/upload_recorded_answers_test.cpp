#include "client/upload/upload_plan.hpp"
#include "platform/random.hpp"
#include "tests/client/plan_play.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"
#include "wire/http_date.hpp"
#include "wire/tus_headers.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

// Oracle: answers of tusdotnet 2.5.0 and 2.11.1, direct and behind nginx, as recorded.

namespace sfmkit::client {
namespace {

using nlohmann::json;

/// Times are recorded as `<now>` and `<created+18000s>`.
std::string filled_in(const std::string& value) {
    const std::string created = "<created+";
    const auto now = std::chrono::floor<std::chrono::seconds>(test::noon);
    if (value == "<now>") return wire::print_http_date(now);
    if (!value.starts_with(created)) return value;
    int seconds = 0;
    std::from_chars(value.data() + created.size(), value.data() + value.size(), seconds);
    return wire::print_http_date(now + std::chrono::seconds(seconds));
}

client::Outcome outcome_of(const json& answer) {
    wire::ResponseHead head;
    head.status = answer.at("status").get<int>();
    head.reason = answer.at("reason").get<std::string>();
    for (const auto& field : answer.at("headers")) {
        head.fields.add(field.at(0).get<std::string>(), filled_in(field.at(1).get<std::string>()));
    }
    return {std::move(head), answer.value("body", "")};
}

/// The method that the server saw: that of the first X-HTTP-Method-Override that names one, or of
/// the request line.
std::string method_of(const json& head) {
    const std::string line = head.at(0).get<std::string>();
    for (const json& field : head) {
        const std::string text = field.get<std::string>();
        const std::string name = text.substr(0, text.find(':'));
        if (!wire::equal_ignoring_case(name, "X-HTTP-Method-Override")) continue;
        const std::size_t value = text.find_first_not_of(' ', name.size() + 1);
        if (value == std::string::npos) continue;
        std::string method = text.substr(value);
        for (char& letter : method) {
            if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
        }
        return method;
    }
    return line.substr(0, line.find(' '));
}

/// Reads the steps of a case in order and knows which request each answer belongs to: those of a
/// connection are answered one after the other, some of them later.
class RequestsOfCase {
  public:
    /// The method that the step's answer is for.
    std::string next(const json& step) {
        std::vector<std::string>& waiting = waiting_[step.value("conn", "")];
        if (!step.contains("conn")) waiting.clear();
        if (step.contains("head")) waiting.push_back(method_of(step["head"]));
        for (const json& method : step.value("methods", json::array())) {
            waiting.push_back(method.get<std::string>());
        }
        if (!step.contains("answer") || waiting.empty()) return {};
        std::string method = waiting.front();
        waiting.erase(waiting.begin());
        return method;
    }

  private:
    std::map<std::string, std::vector<std::string>> waiting_;
};

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
    // A HEAD tells of the upload that the recording had made; no PATCH is sent for no bytes.
    const bool told = size && (*size > 0 || method == "HEAD");
    return step_after_outcome(method, outcome, told ? *size : test::plan_file_bytes);
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

/// What was counted over a recording.
struct Tally {
    std::size_t answers = 0;  ///< all that the recording holds
    std::size_t own = 0;      ///< of them to POST, HEAD and PATCH
    std::size_t silent = 0;   ///< of these, none at all
    std::map<std::string, std::size_t> actions;
};

/// Whatever request an answer came to: each of ours meets it by the table.
void expect_the_tables_action(const json& answer) {
    for (const char* method : {"POST", "HEAD", "PATCH"}) {
        const std::string next =
            answer.contains("status") ? step_after(method, answer) : step_after_no_answer(method);
        if (!answer.contains("status")) {
            EXPECT_EQ(next, method == std::string("PATCH") ? "HEAD" : method);
            continue;
        }
        const int status = answer["status"].get<int>();
        EXPECT_TRUE(named_by_the_table(method, status).contains(next))
            << status << " to " << method << " led to " << next;
    }
}

/// An answer to the request that it was recorded for, by the rules of the specification.
void expect_what_the_specification_allows(
    const std::string& method, const json& answer, Tally& tally
) {
    ++tally.own;
    if (!answer.contains("status")) {
        ++tally.silent;
        return;
    }
    const int status = answer["status"].get<int>();
    const auto& rows = allowed_next.at(method);
    if (!rows.contains(status)) {
        ADD_FAILURE() << "no row for " << method << ' ' << status;
        return;
    }
    const std::string next = step_after(method, answer);
    EXPECT_TRUE(rows.at(status).contains(next)) << method << ' ' << status << " led to " << next;
    ++tally.actions[method + ' ' + next];
}

Tally feed_all_answers(const json& recording) {
    Tally tally;
    for (const json& one_case : recording.at("cases")) {
        SCOPED_TRACE(one_case.at("id").get<std::string>());
        RequestsOfCase requests;
        for (const json& step : one_case.value("steps", json::array())) {
            const std::string method = requests.next(step);
            if (!step.contains("answer")) continue;
            EXPECT_FALSE(method.empty());
            for (const json& answer : answers_of(step)) {
                ++tally.answers;
                expect_the_tables_action(answer);
                if (allowed_next.contains(method)) {
                    expect_what_the_specification_allows(method, answer, tally);
                }
            }
        }
    }
    return tally;
}

TEST_P(RecordedAnswers, EachLeadsToTheActionOfItsStatus) {
    const auto file = test::reference_file(std::string("wire/") + GetParam());
    if (!file) SFM_SKIP_OR_FAIL("no recording " << GetParam());
    const Tally tally = feed_all_answers(json::parse(test::read_file(*file)));
    std::cout << GetParam() << ": " << tally.answers << " answers, " << tally.own
              << " of them to our requests, " << tally.silent << " times none\n";
    for (const auto& [action, count] : tally.actions) {
        std::cout << "  " << count << "  " << action << '\n';
    }
    for (const char* common :
         {"POST PATCH",
          "POST refused",
          "HEAD PATCH",
          "HEAD POST",
          "PATCH PATCH",
          "PATCH HEAD",
          "PATCH refused"}) {
        const auto found = tally.actions.find(common);
        EXPECT_GE(found == tally.actions.end() ? 0U : found->second, 5U) << common;
    }
    EXPECT_GE(tally.silent, 3U);
    EXPECT_GE(tally.own, 800U);
    EXPECT_GE(tally.answers, 845U);
    EXPECT_GE(tally.answers - tally.own, 30U);
}

TEST(RecordedAnswersReading, OfOneConnection_BelongToItsRequestsInOrder) {
    RequestsOfCase requests;
    const json held = {{"head", {"PATCH /a HTTP/1.1"}}, {"conn", "c"}};
    const json other = {
        {"head", {"POST / HTTP/1.1", "X-HTTP-Method-Override: head"}}, {"answer", 1}
    };
    const json pipelined = {{"methods", {"HEAD", "DELETE"}}, {"conn", "p"}, {"answer", 1}};
    EXPECT_EQ(requests.next(held), "");
    EXPECT_EQ(requests.next(other), "HEAD");
    EXPECT_EQ(requests.next(pipelined), "HEAD");
    EXPECT_EQ(requests.next({{"conn", "p"}, {"answer", 1}}), "DELETE");
    EXPECT_EQ(requests.next({{"conn", "c"}, {"answer", 1}}), "PATCH");
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
