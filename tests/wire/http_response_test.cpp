#include "tests/wire/http_reading.hpp"

#include <gtest/gtest.h>

namespace sfmkit::wire {
namespace {

using State = ResponseReader::State;

// Recorded of tusdotnet 2.5.0: an empty reason, a body in one chunk.
constexpr std::string_view mismatch =
    "HTTP/1.1 460 \r\n"
    "Content-Type: text/plain\r\n"
    "Date: Wed, 13 Oct 2021 13:12:57 GMT\r\n"
    "Server: Kestrel\r\n"
    "Transfer-Encoding: chunked\r\n"
    "Tus-Resumable: 1.0.0\r\n"
    "\r\n"
    "3e\r\n"
    "Header Upload-Checksum does not match the checksum of the file\r\n"
    "0\r\n"
    "\r\n";

// As nginx prints a 201 of the real service in the captured exchange of the NHN page.
constexpr std::string_view created =
    "HTTP/1.1 201 Created\r\n"
    "Date: Wed, 13 Oct 2021 13:12:00 GMT\r\n"
    "Content-Length: 0\r\n"
    "Connection: close\r\n"
    "Location: /files/0123456789abcdef0123456789abcdef\r\n"
    "Tus-Resumable: 1.0.0\r\n"
    "\r\n";

constexpr std::string_view unavailable =
    "HTTP/1.1 100 Continue\r\n\r\n"
    "HTTP/1.1 503 Service Temporarily Unavailable\r\n"
    "content-type: text/html\r\n"
    "content-length: 7\r\n"
    "\r\n"
    "<html/>";

TEST(ResponseReader, Push_OfStatus460_GivesEmptyReasonAndBody) {
    const auto reading = read_response({std::string(mismatch)}, Then::more);
    EXPECT_EQ(reading.state, State::complete) << reading.fault;
    EXPECT_EQ(reading.head.status, 460);
    EXPECT_EQ(reading.head.reason, "");
    EXPECT_EQ(reading.head.framing, BodyFraming::chunked);
    EXPECT_TRUE(reading.head.keep_alive);
    EXPECT_EQ(reading.body, "Header Upload-Checksum does not match the checksum of the file");
}

TEST(ResponseReader, Push_OfCreated_HasNoBodyAndCloses) {
    const auto reading = read_response({std::string(created)}, Then::more);
    EXPECT_EQ(reading.state, State::complete) << reading.fault;
    EXPECT_EQ(reading.head.status, 201);
    EXPECT_EQ(reading.head.reason, "Created");
    EXPECT_EQ(reading.head.fields.first("location"), "/files/0123456789abcdef0123456789abcdef");
    EXPECT_FALSE(reading.head.keep_alive);
    EXPECT_EQ(reading.body, "");
}

TEST(ResponseReader, Push_WithInterimAnswer_SkipsAndCountsIt) {
    const auto reading = read_response({std::string(unavailable)}, Then::more);
    EXPECT_EQ(reading.state, State::complete) << reading.fault;
    EXPECT_EQ(reading.interim, std::vector<int>{100});
    EXPECT_EQ(reading.head.status, 503);
    EXPECT_EQ(reading.body, "<html/>");
}

TEST(ResponseReader, Push_SplitAtEveryByte_GivesTheSame) {
    for (const std::string_view view : {mismatch, created, unavailable}) {
        const std::string text(view);
        const auto whole = read_response({text}, Then::more);
        for (std::size_t at = 0; at < text.size(); ++at) {
            SCOPED_TRACE(testing::Message() << "split at " << at << " of " << text);
            const auto two = read_response({text.substr(0, at), text.substr(at)}, Then::more);
            EXPECT_EQ(two.state, whole.state);
            EXPECT_EQ(two.head.status, whole.head.status);
            EXPECT_EQ(two.head.fields, whole.head.fields);
            EXPECT_EQ(two.interim, whole.interim);
            EXPECT_EQ(two.body, whole.body);
            EXPECT_EQ(two.consumed, text.size());
        }
    }
}

TEST(ResponseReader, PushEnd_BeforeTheAnswerIsWhole_Fails) {
    for (const std::string_view text : {mismatch, created, unavailable}) {
        for (std::size_t length = 0; length < text.size(); ++length) {
            const auto reading = read_response({std::string(text.substr(0, length))}, Then::end);
            EXPECT_EQ(reading.state, State::failed) << text.substr(0, length);
            EXPECT_FALSE(reading.fault.empty());
        }
    }
}

// RFC 9112 section 6.3: answers to HEAD, 204 and 304 have no body whatever their fields say.
TEST(ResponseReader, Push_WhereNoBodyCanBe_IsCompleteAfterTheHead) {
    const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
    EXPECT_EQ(read_response({ok}, Then::more, true).state, State::complete);
    EXPECT_EQ(read_response({ok}, Then::more, false).state, State::reading_body);
    for (const std::string status : {"204 No Content", "304 Not Modified"}) {
        const auto reading = read_response(
            {"HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n\r\nhello"}, Then::more
        );
        EXPECT_EQ(reading.state, State::complete) << status;
        EXPECT_EQ(reading.body, "") << status;
        EXPECT_EQ(reading.head.framing, BodyFraming::none) << status;
    }
    const auto head =
        read_response({"HTTP/1.1 200 OK\r\nTus-Resumable: 1.0.0\r\n\r\n"}, Then::more, true);
    EXPECT_EQ(head.state, State::complete);
    EXPECT_TRUE(head.head.keep_alive);
}

// Recorded of tusdotnet 2.5.0: errors on HTTP/1.0 are framed by the end of the connection.
TEST(ResponseReader, Push_WithoutAnyLength_ReadsUntilClose) {
    const std::string text =
        "HTTP/1.1 409 Conflict\r\nConnection: close\r\n\r\nOffset does not match";
    EXPECT_EQ(read_response({text}, Then::more).state, State::reading_body);
    const auto reading = read_response({text}, Then::end);
    EXPECT_EQ(reading.state, State::complete);
    EXPECT_EQ(reading.head.framing, BodyFraming::until_close);
    EXPECT_EQ(reading.body, "Offset does not match");
    EXPECT_FALSE(reading.head.keep_alive);
}

TEST(ResponseReader, Push_OfMalformedAnswer_Fails) {
    std::string interims;
    for (int i = 0; i < 17; ++i) interims += "HTTP/1.1 102 Processing\r\n\r\n";
    for (const std::string& text : {
             std::string("HTTP/1.1 20 OK\r\n\r\n"),
             std::string("HTTP/2.0 200 OK\r\n\r\n"),
             std::string("ICY 200 OK\r\n\r\n"),
             std::string("\r\nHTTP/1.1 200 OK\r\n\r\n"),
             std::string("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
             std::string("HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n"),
             std::string("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n"),
             std::string("HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\n"),
             std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"),
             std::string("HTTP/1.1 200 OK\r\nno colon\r\n\r\n"),
             std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"),
             "HTTP/1.1 200 OK\r\nX: " + std::string(40000, 'a') + "\r\n\r\n",
             interims,
         }) {
        EXPECT_EQ(read_response({text}, Then::more).state, State::failed) << text.substr(0, 80);
    }
}

// RFC 9112 sections 3, 4 and 7.1, and the recorded 460 with its blank before the empty reason.
TEST(Print, Heads_InTheOrderGiven_AreAsOnTheWire) {
    HeaderFields fields;
    fields.add("Content-Length", "0");
    fields.add("Tus-Resumable", "1.0.0");
    EXPECT_EQ(
        print_response_head(460, "", fields),
        "HTTP/1.1 460 \r\nContent-Length: 0\r\nTus-Resumable: 1.0.0\r\n\r\n"
    );
    EXPECT_EQ(
        print_request_head("POST", "/files/", fields),
        "POST /files/ HTTP/1.1\r\nContent-Length: 0\r\nTus-Resumable: 1.0.0\r\n\r\n"
    );
    EXPECT_EQ(print_chunk(platform::as_bytes("0123456789abcdefg")), "11\r\n0123456789abcdefg\r\n");
    EXPECT_EQ(print_chunk({}), "0\r\n\r\n");
}

}  // namespace
}  // namespace sfmkit::wire
