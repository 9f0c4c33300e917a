#include "tests/wire/http_reading.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace sfmkit::wire {
namespace {

using State = RequestReader::State;

constexpr int fine = -1;
constexpr int told = 0;  ///< served and told as an oddity

/// An odd request, its twin that differs in one thing and is served without a word, and what each
/// policy does: a status, told, or fine.
struct Row {
    std::string id;
    std::string odd;
    std::string twin;
    int strict_spec;
    int tusdotnet;
};

std::string request(const std::string& line, const std::string& fields) {
    return line + "\r\n" + fields + "\r\n";
}

const std::string line = "PATCH /files/x HTTP/1.1";
const std::string line_1_0 = "PATCH /files/x HTTP/1.0";
const std::string host = "Host: a\r\n";
const std::string chunked = "Transfer-Encoding: chunked\r\n";
const std::string last_chunk = "0\r\n\r\n";

std::string with(const std::string& fields) {
    return request(line, host + fields);
}

std::string with_chunks(const std::string& chunks) {
    return with(chunked) + chunks;
}

// The rows of Boost 1.81 (what its parser takes and must not), of RFC 9112 sections 2 to 7, and of
// the recordings of tusdotnet 2.5.0; where these are silent the column tusdotnet is the answer of
// the same Kestrel (ASP.NET Core 10) to these bytes.
const std::vector<Row>& rows() {
    static const std::vector<Row> all = {
        {"bare-lf", line + "\nHost: a\n\n", line + "\r\nHost: a\r\n\r\n", 400, told},
        {"bare-lf", line + "\r\nHost: a\n\r\n", with(""), 400, told},
        {"empty-line-first", "\r\n" + with(""), with(""), told, told},
        {"control-letter", with("X: a\x7f\r\n"), with("X: a\tb\r\n"), 400, 400},
        {"control-letter", with("X: a\rb\r\n"), with("X: a b\r\n"), 400, 400},
        {"control-letter", with(std::string("X: \0\r\n", 6)), with("X: 0\r\n"), 400, 400},
        {"control-letter", "\x16\x03\x01\x02\r\n\r\n", with(""), 400, 400},
        {"folded-line", with("X:\r\n 1\r\n"), with("X: 1\r\n"), 400, 400},
        {"folded-line", with("X: 1\r\n\tY: 2\r\n"), with("X: 1\r\nY: 2\r\n"), 400, 400},
        {"no-colon", with("X 1\r\n"), with("X: 1\r\n"), 400, 400},
        {"blank-before-colon", with("X : 1\r\n"), with("X: 1\r\n"), 400, 400},
        {"blank-before-colon", with("X\t: 1\r\n"), with("X:\t1\r\n"), 400, 400},
        {"name-form", with(": 1\r\n"), with("X: 1\r\n"), 400, 400},
        {"name-form", with("X\xe6: 1\r\n"), with("Xa: 1\r\n"), 400, 400},
        {"value-not-utf-8", with("X: n\xe6vn\r\n"), with("X: n\xc3\xa6vn\r\n"), fine, 400},
        {"value-not-utf-8", with("X: \xed\xa0\x80\r\n"), with("X: \xed\x9f\xbf\r\n"), fine, 400},
        {"value-not-utf-8", with("X: \xc0\xaf\r\n"), with("X: \xf0\x9f\x98\x80\r\n"), fine, 400},
        {"request-line-form", request("PATCH  /x HTTP/1.1", host), with(""), 400, 400},
        {"request-line-form", request("PATCH /x HTTP/1.1 ", host), with(""), 400, 400},
        {"request-line-form", request("PATCH\t/x\tHTTP/1.1", host), with(""), 400, 400},
        {"request-line-form", request("PATCH /x", host), with(""), 400, 400},
        {"method-form", request("PA(TCH /x HTTP/1.1", host), with(""), 400, 400},
        {"lower-case-method", request("patch /x HTTP/1.1", host), with(""), 400, told},
        {"version-form", request("PATCH /x HTTP/1", host), with(""), 400, 400},
        {"version-form", request("PATCH /x HTTP/11.1", host), with(""), 400, 400},
        {"version", request("PATCH /x HTTP/1.2", host), with(""), 505, 505},
        {"version", request("PATCH /x HTTP/2.0", host), with(""), 505, 505},
        {"version", request("PATCH /x http/1.1", host), with(""), 505, 505},
        {"target-letters", request("PATCH /\xc3\xa6 HTTP/1.1", host), with(""), 400, 400},
        {"target-form", request("PATCH x HTTP/1.1", host), with(""), 400, 405},
        {"target-form",
         request("PATCH * HTTP/1.1", host),
         request("OPTIONS * HTTP/1.1", host),
         400,
         405},
        {"target-scheme",
         request("PATCH ftp://a/x HTTP/1.1", host),
         request("PATCH http://a/x HTTP/1.1", host),
         400,
         400},
        {"other-host",
         request("PATCH http://b/x HTTP/1.1", host),
         request("PATCH http://A:80/x HTTP/1.1", host),
         400,
         400},
        {"no-host", request(line, ""), with(""), 400, 400},
        {"no-host-http-1.0", request(line_1_0, ""), request(line_1_0, host), fine, 500},
        {"empty-host", request(line, "Host: \r\n"), with(""), 400, 500},
        {"two-hosts", with("Host: b\r\n"), with("X-Host: b\r\n"), 400, 400},
        {"host-form", request(line, "Host: a b\r\n"), request(line, "Host: a_b\r\n"), 400, 400},
        {"host-form", request(line, "Host: a/b\r\n"), with(""), 400, 400},
        {"host-form", request(line, "Host: u@a\r\n"), with(""), 400, 400},
        {"host-form", request(line, "Host: :80\r\n"), request(line, "Host: a:80\r\n"), 400, 400},
        {"host-form", request(line, "Host: a:b\r\n"), request(line, "Host: [::1]:80\r\n"), 400, 400
        },
        {"content-length-form",
         with("Content-Length: -1\r\n"),
         with("Content-Length: 0\r\n"),
         400,
         400},
        {"content-length-form",
         with("Content-Length: abc\r\n"),
         with("Content-Length: 0\r\n"),
         400,
         400},
        {"content-length-form",
         with("Content-Length: 0x0\r\n"),
         with("Content-Length: 00\r\n"),
         400,
         400},
        {"content-length-form",
         with("Content-Length: \r\n"),
         with("Content-Length: 0\r\n"),
         400,
         400},
        {"content-length-form",
         with("Content-Length: 0, 0\r\n"),
         with("Content-Length: 0\r\n"),
         400,
         400},
        {"content-length-form",
         with("Content-Length: 18446744073709551616\r\n"),
         with("Content-Length: 0\r\n"),
         400,
         400},
        {"two-content-lengths",
         with("Content-Length: 0\r\nContent-Length: 0\r\n"),
         with("Content-Length: 0\r\n"),
         400,
         400},
        {"two-content-lengths",
         with("Content-Length: 0\r\ncontent-length: 5\r\n"),
         with("Content-Length: 0\r\n"),
         400,
         400},
        {"transfer-encoding-not-chunked",
         with("Transfer-Encoding: chunked, gzip\r\n") + last_chunk,
         with_chunks(last_chunk),
         400,
         400},
        {"transfer-encoding-not-chunked",
         with("Transfer-Encoding: xchunked\r\n") + last_chunk,
         with_chunks(last_chunk),
         400,
         400},
        {"transfer-encoding-not-chunked",
         with("Transfer-Encoding: identity\r\n"),
         with_chunks(last_chunk),
         400,
         400},
        {"transfer-encoding-not-chunked",
         with("Transfer-Encoding: \r\n"),
         with_chunks(last_chunk),
         400,
         400},
        {"transfer-encoding-list",
         with("Transfer-Encoding: gzip, chunked\r\n") + last_chunk,
         with("Transfer-Encoding: Chunked\r\n") + last_chunk,
         400,
         told},
        {"transfer-encoding-list",
         with("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n") + last_chunk,
         with_chunks(last_chunk),
         400,
         told},
        {"transfer-encoding-http-1.0",
         request(line_1_0, host + chunked) + last_chunk,
         with_chunks(last_chunk),
         400,
         told},
        {"length-and-chunked",
         with("Content-Length: 5\r\n" + chunked) + last_chunk,
         with_chunks(last_chunk),
         400,
         told},
        {"no-length-http-1.0",
         request("POST /files HTTP/1.0", host),
         request("POST /files HTTP/1.0", host + "Content-Length: 0\r\n"),
         fine,
         400},
        {"repeated-field",
         with("Upload-Offset: 0\r\nUpload-Offset: 5\r\n"),
         with("Upload-Offset: 0\r\n"),
         400,
         told},
        {"repeated-field",
         with("Tus-Resumable: 1.0.0\r\ntus-resumable: 1.0.0\r\n"),
         with("Tus-Resumable: 1.0.0\r\n"),
         400,
         told},
        {"repeated-field",
         with("Content-Type: a/b\r\nContent-Type: a/b\r\n"),
         with("X-A: a\r\nX-A: b\r\n"),
         400,
         told},
        {"chunk-size",
         with_chunks("ZZ\r\nabc\r\n0\r\n\r\n"),
         with_chunks("3\r\nabc\r\n0\r\n\r\n"),
         400,
         400},
        {"chunk-size",
         with_chunks("+3\r\nabc\r\n0\r\n\r\n"),
         with_chunks("03\r\nabc\r\n0\r\n\r\n"),
         400,
         400},
        {"chunk-size", with_chunks("\r\n\r\n"), with_chunks(last_chunk), 400, 400},
        {"chunk-size", with_chunks("00000000000000000\r\n\r\n"), with_chunks(last_chunk), 400, 400},
        {"chunk-end",
         with_chunks("0x3\r\nabc\r\n0\r\n\r\n"),
         with_chunks("3\r\nabc\r\n0\r\n\r\n"),
         400,
         400},
        {"chunk-end",
         with_chunks("3 \r\nabc\r\n0\r\n\r\n"),
         with_chunks("3;\r\nabc\r\n0\r\n\r\n"),
         400,
         400},
        {"chunk-end",
         with_chunks("3\nabc\r\n0\r\n\r\n"),
         with_chunks("3\r\nabc\r\n0\r\n\r\n"),
         400,
         400},
        {"chunk-end",
         with_chunks("3\r\nabcd\r\n0\r\n\r\n"),
         with_chunks("4\r\nabcd\r\n0\r\n\r\n"),
         400,
         400},
        {"chunk-end",
         with_chunks("3\r\nabc\n0\r\n\r\n"),
         with_chunks("3\r\nabc\r\n0\r\n\r\n"),
         400,
         400},
        {"chunk-extension", with_chunks("0;a\n\r\n"), with_chunks("0;a\r\n\r\n"), 400, 400},
        {"chunk-extension",
         with_chunks("0;" + std::string(1 << 20, 'a') + "\r\n\r\n"),
         with_chunks("0;" + std::string(4096, 'a') + "\r\n\r\n"),
         400,
         400},
        {"bare-lf", with_chunks("0\r\nX: 1\n\n"), with_chunks("0\r\nX: 1\r\n\r\n"), 400, told},
        {"folded-line",
         with_chunks("0\r\nX: 1\r\n 2\r\n\r\n"),
         with_chunks("0\r\nX: 1 2\r\n\r\n"),
         400,
         400},
        {"no-colon", with_chunks("0\r\nX1\r\n\r\n"), with_chunks("0\r\nX:1\r\n\r\n"), 400, 400},
    };
    return all;
}

void expect_verdict(const Row& row, FramingPolicy policy, int expected) {
    const auto reading = read_request({row.odd}, policy);
    SCOPED_TRACE(row.id + " in " + row.odd.substr(0, 200));
    if (expected > 0) {
        EXPECT_EQ(reading.state, State::refused);
        EXPECT_EQ(reading.status, expected);
        EXPECT_EQ(reading.fault, row.id);
        return;
    }
    EXPECT_EQ(reading.state, State::complete) << reading.fault;
    EXPECT_EQ(reading.consumed, row.odd.size());
    const bool is_told = std::ranges::find(reading.tolerated, row.id) != reading.tolerated.end();
    EXPECT_EQ(is_told, expected == told);
}

TEST(RequestRefusal, StrictSpec_OfEveryOddRequest_IsAsInTheTable) {
    for (const Row& row : rows()) expect_verdict(row, FramingPolicy::strict_spec, row.strict_spec);
}

TEST(RequestRefusal, Tusdotnet_OfEveryOddRequest_IsAsInTheTable) {
    for (const Row& row : rows()) expect_verdict(row, FramingPolicy::tusdotnet, row.tusdotnet);
}

TEST(RequestRefusal, BothPolicies_OfEveryTwin_ServeItWithoutAWord) {
    for (const Row& row : rows()) {
        for (const FramingPolicy policy : {FramingPolicy::strict_spec, FramingPolicy::tusdotnet}) {
            const auto reading = read_request({row.twin}, policy);
            EXPECT_EQ(reading.state, State::complete)
                << row.id << ' ' << reading.fault << " in " << row.twin.substr(0, 200);
            EXPECT_TRUE(reading.tolerated.empty()) << row.id << " in " << row.twin.substr(0, 200);
        }
    }
}

TEST(RequestRefusal, OfEveryOddRequest_ByteByByte_IsTheSameVerdict) {
    for (const Row& row : rows()) {
        if (row.odd.size() > 2000) continue;
        std::vector<std::string> letters;
        for (const char letter : row.odd) letters.emplace_back(1, letter);
        for (const FramingPolicy policy : {FramingPolicy::strict_spec, FramingPolicy::tusdotnet}) {
            const auto whole = read_request({row.odd}, policy);
            const auto split = read_request(letters, policy);
            EXPECT_EQ(split.state, whole.state) << row.odd;
            EXPECT_EQ(split.fault, whole.fault) << row.odd;
            EXPECT_EQ(split.tolerated, whole.tolerated) << row.odd;
            EXPECT_EQ(split.body, whole.body) << row.odd;
        }
    }
}

std::string fields_of(std::size_t bytes) {
    const std::string start = host + "X: ";
    return start + std::string(bytes - start.size() - 2, 'a') + "\r\n";
}

struct LimitRow {
    std::string id;
    int status;
    std::string odd;
    std::string twin;
};

// The borders of Kestrel (ASP.NET Core 10), found by asking it: a request line of 8192 bytes with
// its CR LF, fields of 32768 bytes together without the empty line, 100 fields.
TEST(RequestRefusal, OfHeadsAboveTheLimits_IsRefusedOneByteAbove) {
    std::string hundred = host;
    for (int i = 1; i < 100; ++i) hundred += "X: 1\r\n";
    const std::string target(8192 - 18, 'a');
    const std::vector<LimitRow> limits = {
        {"start-line-too-long",
         414,
         request("PATCH /" + target + "a HTTP/1.1", host),
         request("PATCH /" + target + " HTTP/1.1", host)},
        {"header-too-long", 431, request(line, fields_of(32769)), request(line, fields_of(32768))},
        {"too-many-fields", 431, request(line, hundred + "X: 1\r\n"), request(line, hundred)},
        {"header-too-long",
         431,
         with_chunks("0\r\n" + fields_of(32769) + "\r\n"),
         with_chunks("0\r\n" + fields_of(32768) + "\r\n")},
        {"too-many-fields",
         431,
         with_chunks("0\r\n" + hundred + "X: 1\r\n\r\n"),
         with_chunks("0\r\n" + hundred + "\r\n")},
    };
    for (const LimitRow& row : limits) {
        const auto odd = read_request({row.odd}, FramingPolicy::tusdotnet);
        EXPECT_EQ(odd.state, State::refused) << row.id;
        EXPECT_EQ(odd.fault, row.id);
        EXPECT_EQ(odd.status, row.status);
        EXPECT_EQ(read_request({row.twin}, FramingPolicy::tusdotnet).state, State::complete)
            << row.id;
    }
}

// A flood without any line end must not be gathered.
TEST(RequestRefusal, OfEndlessLine_ComesBeforeItsEnd) {
    EXPECT_EQ(read_request({std::string(8193, 'a')}).status, 414);
    EXPECT_EQ(read_request({line + "\r\n" + std::string(32769, 'a')}).status, 431);
}

TEST(RequestRefusal, Tusdotnet_OfLengthAndChunked_ReadsChunksAndCloses) {
    const auto reading = read_request(
        {with("Content-Length: 5\r\n" + chunked) + "3\r\nabc\r\n0\r\n\r\n"},
        FramingPolicy::tusdotnet
    );
    EXPECT_EQ(reading.head.framing, BodyFraming::chunked);
    EXPECT_EQ(reading.body, "abc");
    EXPECT_FALSE(reading.head.keep_alive);
}

}  // namespace
}  // namespace sfmkit::wire
