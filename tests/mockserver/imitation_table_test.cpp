#include "tests/mockserver/recording_text.hpp"
#include "tests/mockserver/simulated_site.hpp"

#include <gtest/gtest.h>

#include <span>
#include <string>

// What tusdotnet 2.5.0 and 2.11.1 on Kestrel were measured to answer to single requests: status,
// names and order of headers, text. A part of the recordings that needs no file of theirs.

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;

constexpr const char* of_404 = "Content-Length,Date,Server";
constexpr const char* of_kestrel = "Content-Length,Connection,Date,Server";
constexpr const char* of_refusal = "Content-Type,Date,Server,Transfer-Encoding,Tus-Resumable";
constexpr const char* of_version =
    "Content-Type,Date,Server,Transfer-Encoding,Tus-Resumable,Tus-Version";
constexpr const char* of_unknown = "Content-Length,Date,Server,Cache-Control,Tus-Resumable";
constexpr const char* of_created =
    "Content-Length,Date,Server,Location,Upload-Expires,Tus-Resumable";
constexpr const char* of_written = "Date,Server,Tus-Resumable,Upload-Offset,Upload-Expires";
constexpr const char* of_options =
    "Date,Server,Tus-Resumable,Tus-Version,Tus-Extension,Tus-Checksum-Algorithm";
constexpr const char* of_head =
    "Date,Server,Cache-Control,Tus-Resumable,Upload-Length,Upload-Offset";

constexpr const char* bad_length = "Could not parse Upload-Length";
constexpr const char* bad_defer =
    "Header Upload-Defer-Length must have the value '1' or be omitted";
constexpr const char* bad_offset = "Could not parse Upload-Offset header";
constexpr const char* bad_checksum = "Could not parse Upload-Checksum header";
constexpr const char* bad_algorithm =
    "Unsupported checksum algorithm. Supported algorithms are: sha1";
constexpr const char* bad_digest = "Header Upload-Checksum does not match the checksum of the file";

/// One request, and what came back. UPLOAD in the request is the URL of an upload of 100 bytes that
/// has none yet.
struct Row {
    std::string request;  ///< request line and fields, divided by `|`; Host is added
    std::size_t body_bytes = 0;
    int status = 0;
    const char* names = "";
    const char* text = "";
};

std::string post(const std::string& fields) {
    return "POST /files HTTP/1.1|Tus-Resumable: 1.0.0|Content-Length: 0|" + fields;
}

std::string patch(const std::string& fields, const std::string& path = "UPLOAD") {
    return "PATCH " + path + " HTTP/1.1|Tus-Resumable: 1.0.0|" + fields;
}

/// With the type that tus asks for, and 40 bytes at this offset.
std::string data(const std::string& offset, const std::string& fields = {}) {
    return patch(
        "Content-Type: application/offset+octet-stream|Content-Length: 40|Upload-Offset: " +
        offset + (fields.empty() ? "" : "|" + fields)
    );
}

std::string wrong_type(const std::string& type, const std::string& offset = "0") {
    return patch("Content-Length: 40|Upload-Offset: " + offset + "|Content-Type: " + type);
}

const Row of_both[] = {
    {"HEAD UPLOAD HTTP/1.1", 0, 404, "Date,Server"},
    {"PUT UPLOAD HTTP/1.1|Tus-Resumable: 1.0.0|Content-Length: 0", 0, 404, of_404},
    {"FOO /files HTTP/1.1|Tus-Resumable: 1.0.0", 0, 404, of_404},
    {"OPTIONS /files HTTP/1.1", 0, 204, of_options},
    {"OPTIONS /files HTTP/1.1|Tus-Resumable: 9.9.9", 0, 204, of_options},
    {"OPTIONS UPLOAD HTTP/1.1", 0, 404, of_404},
    {"POST /files HTTP/1.1|Tus-Resumable: 1.0|Upload-Length: 1|Content-Length: 0",
     0,
     412,
     of_version,
     "Tus version 1.0 is not supported. Supported versions: 1.0.0"},
    {"DELETE UPLOAD HTTP/1.1|Tus-Resumable: 0.2.2",
     0,
     412,
     of_version,
     "Tus version 0.2.2 is not supported. Supported versions: 1.0.0"},
    {post("X-A: 1"), 0, 400, of_refusal, "Missing Upload-Length header"},
    {post("Upload_Length: 10"), 0, 400, of_refusal, "Missing Upload-Length header"},
    {post("Upload-Length: 10"), 0, 201, of_created},
    {post("Upload-Length: -1"), 0, 400, of_refusal, "Header Upload-Length must be a positive number"
    },
    {post("Upload-Length: -9999999999999999999999"), 0, 400, of_refusal, bad_length},
    {post("Upload-Length: abc"), 0, 400, of_refusal, bad_length},
    {post("Upload-Length: 1.5"), 0, 400, of_refusal, bad_length},
    {post("Upload-Length: 1e3"), 0, 400, of_refusal, bad_length},
    {post("Upload-Length: 1,000"), 0, 400, of_refusal, bad_length},
    {post("Upload-Length: 5 5"), 0, 400, of_refusal, bad_length},
    {post("Upload-Defer-Length: 0"), 0, 400, of_refusal, bad_defer},
    {post("Upload-Defer-Length: +1"), 0, 400, of_refusal, bad_defer},
    {post("Upload-Defer-Length: "), 0, 400, of_refusal, bad_defer},
    {"POST /%66iles HTTP/1.1|Tus-Resumable: 1.0.0|Upload-Length: 1|Content-Length: 0",
     0,
     201,
     of_created},
    {"POST /files// HTTP/1.1|Tus-Resumable: 1.0.0|Upload-Length: 1|Content-Length: 0",
     0,
     201,
     of_created},
    {"POST //files HTTP/1.1|Tus-Resumable: 1.0.0|Upload-Length: 1|Content-Length: 0", 0, 404, of_404
    },
    {"POST /files HTTP/2.0|Tus-Resumable: 1.0.0|Upload-Length: 1|Content-Length: 0",
     0,
     505,
     of_kestrel},
    {"POST /files HTTP/1.2|Tus-Resumable: 1.0.0|Upload-Length: 1|Content-Length: 0",
     0,
     505,
     of_kestrel},
    {"HEAD UPLOAD HTTP/1.1|Tus-Resumable: 1.0.0", 0, 200, of_head},
    {"HEAD /files/00000000000000000000000000000000 HTTP/1.1|Tus-Resumable: 1.0.0",
     0,
     404,
     "Date,Server,Cache-Control,Tus-Resumable"},
    {"DELETE /files/00000000000000000000000000000000 HTTP/1.1|Tus-Resumable: 1.0.0",
     0,
     404,
     of_unknown},
    {"DELETE UPLOAD HTTP/1.1|Tus-Resumable: 1.0.0", 0, 204, "Date,Server,Tus-Resumable"},
    {wrong_type("application/json"),
     40,
     415,
     of_refusal,
     "Content-Type application/json is invalid. Must be application/offset+octet-stream"},
    {wrong_type("text/plain", "7"),
     40,
     415,
     of_refusal,
     "Content-Type text/plain is invalid. Must be application/offset+octet-stream"},
    {wrong_type("APPLICATION/OFFSET+OCTET-STREAM"), 40, 204, of_written},
    {patch("Content-Type: text/plain|Upload-Offset: 0|Content-Length: 40", "/files/abc"),
     40,
     400,
     of_refusal,
     "Invalid file id"},
    {data("abc"), 40, 400, of_refusal, bad_offset},
    {data("0x0"), 40, 400, of_refusal, bad_offset},
    {data(""), 40, 400, of_refusal, bad_offset},
    {data("999999999999999999999999999999"), 40, 400, of_refusal, bad_offset},
    {data("0"), 40, 204, of_written},
    {data("+0"), 40, 204, of_written},
    {data("000"), 40, 204, of_written},
    {data("9223372036854775807"),
     40,
     409,
     of_refusal,
     "Offset does not match file. File offset: 0. Request offset: 9223372036854775807"},
    {data("0", "Upload-Length: abc"),
     40,
     400,
     of_refusal,
     "Upload-Length cannot be updated once set"},
    {data("0", "Upload-Checksum: sha1"), 40, 400, of_refusal, bad_checksum},
    {data("0", "Upload-Checksum: "), 40, 400, of_refusal, bad_checksum},
    {data("0", "Upload-Checksum: sha1 !!!!"), 40, 400, of_refusal, bad_checksum},
    {data("0", "Upload-Checksum: sha1 3q2+78r+ur7erb7vyv66vt6tvu8"),
     40,
     400,
     of_refusal,
     bad_checksum},
    {data("0", "Upload-Checksum: sha1 3q2+78r+ur7erb7vyv66vt6tvu8="),
     40,
     460,
     of_refusal,
     bad_digest},
    {data("0", "Upload-Checksum: crc32 AAAAAA=="), 40, 400, of_refusal, bad_algorithm},
    {data("9", "Upload-Checksum: md5 AAAA"), 40, 400, of_refusal, bad_algorithm},
    {data("9", "Upload-Checksum: sha1 3q2+78r+ur7erb7vyv66vt6tvu8="),
     40,
     409,
     of_refusal,
     "Offset does not match file. File offset: 0. Request offset: 9"},
    {"POST UPLOAD HTTP/1.1|Tus-Resumable: 1.0.0|X-HTTP-Method-Override: patch|Content-Length: 40|"
     "Upload-Offset: 0|Content-Type: application/offset+octet-stream",
     40,
     204,
     of_written},
};

const std::string too_long =
    patch("Content-Type: application/offset+octet-stream|Upload-Offset: 0|Content-Length: 150");

const Row of_2021[] = {
    {too_long,
     150,
     400,
     of_refusal,
     "Stream contains more data than the file's upload length. Stream data: 150, upload length: "
     "100."},
};

const Row of_current[] = {
    {too_long, 150, 413, of_refusal, "Request contains more data than the file's upload length"},
};

std::string bytes_of(const Row& row, const std::string& upload) {
    std::string text = row.request;
    if (const std::size_t at = text.find("UPLOAD"); at != std::string::npos) {
        text.replace(at, std::string("UPLOAD").size(), upload);
    }
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos;) {
        text.replace(at, 1, "\r\n");
    }
    return text + "\r\nHost: mock\r\n\r\n" + stream_slice(0, row.body_bytes);
}

std::string names_in(const RawAnswer& answer) {
    std::string names;
    for (const auto& [name, value] : answer.headers) names += (names.empty() ? "" : ",") + name;
    return names;
}

void expect_answers(const mockserver::Profile& profile, std::span<const Row> rows) {
    for (const Row& row : rows) {
        SCOPED_TRACE(std::string(profile.name) + ": " + row.request);
        SimulatedSite::Options options;
        options.rules.profile = &profile;
        SimulatedSite world(options);
        RawAnswer answer;
        world.play([&](SimulatedSite& site) -> awaitable<void> {
            const RawAnswer created =
                co_await site.ask("POST", "/files", "Upload-Length: 100\r\n\r\n");
            const std::string bytes = bytes_of(row, header_of(created, "Location"));
            const auto connection = co_await site.connect();
            co_await connection->send(bytes);
            const platform::Duration most = std::chrono::seconds(10);
            const std::string method = bytes.substr(0, bytes.find(' '));
            const auto got = co_await connection->read_answer(method, most);
            if (got) answer = *got;
        });
        EXPECT_EQ(answer.status, row.status);
        EXPECT_EQ(names_in(answer), row.names);
        EXPECT_EQ(answer.body, row.text);
    }
}

TEST(ImitationTable, OfWhatBothLibrariesAnswer_HoldsForBoth) {
    expect_answers(mockserver::tusdotnet_2021(), of_both);
    expect_answers(mockserver::tusdotnet_current(), of_both);
}

TEST(ImitationTable, OfWhatTheyAnswerDifferently_HoldsForEach) {
    expect_answers(mockserver::tusdotnet_2021(), of_2021);
    expect_answers(mockserver::tusdotnet_current(), of_current);
}

}  // namespace
}  // namespace sfmkit::test
