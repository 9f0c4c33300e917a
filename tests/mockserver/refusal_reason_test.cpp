#include "mockserver/why/refusal_reason.hpp"

#include "mockserver/why/client_rules.hpp"
#include "tests/mockserver/recording_text.hpp"
#include "tests/mockserver/simulated_site.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

// Every refusal tells the client's author which field, what is wanted, what came and what to do.

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;
using mockserver::Refusal;

TEST(RefusalReason, OfEveryRefusal_NamesARuleThatIsKnown) {
    std::set<std::string_view> known;
    for (const auto* rule : mockserver::server_catalogue()) {
        EXPECT_TRUE(known.insert(rule->id).second) << rule->id << " stands there twice";
        EXPECT_FALSE(rule->title.empty());
        EXPECT_FALSE(rule->remedy.empty()) << rule->id;
    }
    std::set<Refusal> explained;
    for (const auto& reason : mockserver::reasons_of_refusal()) {
        explained.insert(reason.refusal);
        EXPECT_TRUE(known.contains(reason.rule)) << reason.rule;
        EXPECT_FALSE(reason.field.empty() || reason.expected.empty() || reason.message.empty());
    }
    // A profile has a row for each refusal there is.
    for (const auto& row : mockserver::strict_spec().refusals) {
        EXPECT_TRUE(explained.contains(row.refusal)) << row.text;
    }
}

struct Case {
    const char* name;
    const char* method;
    const char* target;  ///< `*`: the upload
    const char* lines;   ///< behind Host and Tus-Resumable
    const char* rule;
    const char* field;
    const char* expected;
    const char* actual;
    const char* twin;                   ///< the same but for the mistake; not refused
    const char* twin_method = nullptr;  ///< where the mistake is the method
    const char* twin_target = nullptr;  ///< or the place
};

constexpr const char* good_patch =
    "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n"
    "Content-Length: 5\r\n\r\nhello";

const Case cases[] = {
    {"Offset",
     "PATCH",
     "*",
     "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 3\r\n"
     "Content-Length: 5\r\n\r\nhello",
     "CORE-29",
     "Upload-Offset",
     "0",
     "3",
     good_patch},
    {"ContentType",
     "PATCH",
     "*",
     "Content-Type: application/octet-stream\r\nUpload-Offset: 0\r\n"
     "Content-Length: 5\r\n\r\nhello",
     "CORE-27",
     "Content-Type",
     "application/offset+octet-stream",
     "application/octet-stream",
     good_patch},
    {"NoOffset",
     "PATCH",
     "*",
     "Content-Type: application/offset+octet-stream\r\nContent-Length: 5\r\n\r\nhello",
     "CORE-29",
     "Upload-Offset",
     "the offset of the upload",
     "no such header",
     good_patch},
    {"Checksum",
     "PATCH",
     "*",
     "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nUpload-Checksum: sha1 "
     "AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\nContent-Length: 5\r\n\r\nhello",
     "CHK-06",
     "Upload-Checksum",
     "the digest of the body that came",
     "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
     // printf hello | openssl sha1 -binary | base64
     "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nUpload-Checksum: sha1 "
     "qvTGHdzF6KLavt4PO0gs2a6pQ00=\r\nContent-Length: 5\r\n\r\nhello"},
    {"TooLong",
     "PATCH",
     "*",
     "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n"
     "Content-Length: 6\r\n\r\nhello!",
     "F-20",
     "body",
     "an end at byte 5 of the upload",
     "at least 6",
     good_patch},
    {"UnknownUpload",
     "HEAD",
     "/files/00000000000000000000000000000000",
     "\r\n",
     "F-13",
     "request target",
     "an upload that is there",
     "one that is not, or no longer",
     "\r\n",
     nullptr,
     "*"},
    {"NoLength",
     "POST",
     "/files",
     "\r\n",
     "CRE-16",
     "Upload-Length",
     "the size of the file in bytes, or Upload-Defer-Length: 1",
     "no such header",
     "Upload-Length: 5\r\n\r\n"},
    {"Metadata",
     "POST",
     "/files",
     "Upload-Length: 5\r\nUpload-Metadata: name a-b_\r\n\r\n",
     "CRE-10",
     "Upload-Metadata",
     "padded Base64 as the value of name",
     "name a-b_",
     "Upload-Length: 5\r\nUpload-Metadata: name YQ==\r\n\r\n"},
    {"WrongPlace",
     "PUT",
     "/files",
     "Content-Length: 0\r\n\r\n",
     "CRE-15",
     "request target",
     "POST on a creation URL such as /files, or HEAD, PATCH or DELETE on an upload",
     "PUT /files",
     "Content-Length: 0\r\n\r\n",
     "OPTIONS"},
    {"TwoLengths",
     "POST",
     "/files",
     "Upload-Length: 5\r\nContent-Length: 0\r\nContent-Length: 1\r\n\r\n",
     "F-46",
     "request",
     "a request whose framing every server reads alike",
     "",
     "Upload-Length: 5\r\n\r\n"},
};

void PrintTo(const Case& row, std::ostream* out) {
    *out << row.name;
}

TEST(RefusalReason, OfDataInACreation_IsToldAlthoughTheAnswerIs201) {
    const auto reasons_of = [](const char* type) {
        SimulatedSite world({.rules = {.profile = &mockserver::strict_spec(), .settings = {}}});
        int status = 0;
        world.play([&](SimulatedSite& site) -> awaitable<void> {
            const std::string lines =
                "Upload-Length: 5\r\nContent-Length: 5\r\nContent-Type: " + std::string(type) +
                "\r\n\r\nhello";
            const RawAnswer answer = co_await site.ask("POST", "/files", lines);
            status = answer.status;
        });
        EXPECT_EQ(status, 201);
        return world.evidence().refusals;
    };
    const auto told = reasons_of("text/plain");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told.front().rule, "CORE-27");
    EXPECT_TRUE(reasons_of("application/offset+octet-stream").empty());
}

class Refused : public testing::TestWithParam<Case> {
  protected:
    /// The refusals that one request is told, after a creation; and its answer.
    std::vector<findings::Finding> reasons(const Case& row, bool header, RawAnswer& answer) {
        mockserver::Rules rules{.profile = &mockserver::strict_spec(), .settings = {}};
        rules.settings.finding_header = header;
        SimulatedSite world({.rules = rules});
        world.play([&](SimulatedSite& site) -> awaitable<void> {
            const std::string creation = "Upload-Length: 5\r\n\r\n";
            const RawAnswer made = co_await site.ask("POST", "/files", creation);
            const std::string path = row.target == std::string("*") ? header_of(made, "Location")
                                                                    : std::string(row.target);
            answer = co_await site.ask(row.method, path, row.lines);
        });
        return world.evidence().refusals;
    }
};

TEST_P(Refused, Request_WithOneMistake_IsToldWhy) {
    const Case& row = GetParam();
    RawAnswer answer;
    const auto told = reasons(row, true, answer);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_GE(answer.status, 400);
    EXPECT_EQ(told[0].rule, row.rule);
    EXPECT_EQ(told[0].place.entry, row.field);
    EXPECT_EQ(told[0].expected, row.expected);
    if (*row.actual != '\0') {
        EXPECT_EQ(told[0].actual, row.actual);
    }
    EXPECT_FALSE(told[0].actual.empty());
    EXPECT_FALSE(told[0].next.empty());
    const std::string header = header_of(answer, "Sfmkit-Finding");
    EXPECT_TRUE(header.starts_with(std::string(row.rule) + "; field=\"")) << header;
    const auto quiet = reasons(row, false, answer);
    EXPECT_EQ(quiet.size(), 1U);
    EXPECT_EQ(header_of(answer, "Sfmkit-Finding"), "");
}

TEST_P(Refused, Twin_WithoutTheMistake_IsNot) {
    Case row = GetParam();
    row.lines = row.twin;
    if (row.twin_method != nullptr) row.method = row.twin_method;
    if (row.twin_target != nullptr) row.target = row.twin_target;
    RawAnswer answer;
    EXPECT_TRUE(reasons(row, true, answer).empty());
    EXPECT_LT(answer.status, 400);
}

INSTANTIATE_TEST_SUITE_P(Rows, Refused, testing::ValuesIn(cases), [](const auto& row) {
    return row.param.name;
});

}  // namespace
}  // namespace sfmkit::test
