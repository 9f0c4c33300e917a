#include "cli/evidence_names.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sfmkit::cli {
namespace {

constexpr const char* one = "00112233445566778899aabbccddeeff";
constexpr const char* other = "ffeeddccbbaa99887766554433221100";

TEST(StableNames, OfIds_AreNumbersInTheirOrder) {
    StableNames names;
    EXPECT_EQ(names.text(std::string("/files/") + one), "/files/<id 1>");
    EXPECT_EQ(names.text(std::string("/files/") + other), "/files/<id 2>");
    EXPECT_EQ(names.text(std::string("/files/") + one + "?x"), "/files/<id 1>?x");
    // The same id with dashes, and in capitals.
    EXPECT_EQ(names.text("00112233-4455-6677-8899-AABBCCDDEEFF.pat"), "<id 1>.pat");
    EXPECT_EQ(names.text("Bearer sha256:0123456789abcdef"), "Bearer <secret 3>");
}

TEST(StableNames, OfWhatIsNoId_AreTheTextItself) {
    StableNames names;
    // One digit more, one less; a checksum in hexadecimal digits is no id either.
    const std::string id = one;
    const std::vector<std::string> texts = {
        id + "0", id.substr(1), id + other, "PATCH /files/5", "2026-11-23"
    };
    for (const std::string& text : texts) {
        EXPECT_EQ(names.text(text), text);
    }
}

TEST(StableNames, OfTimesAndPorts_AreMarks) {
    StableNames names;
    EXPECT_EQ(names.text("at 2026-11-23T12:00:00.123Z."), "at <time>.");
    EXPECT_EQ(names.text("2026-11-23T12:00:00+01:00"), "<time>");
    EXPECT_EQ(names.text("http://127.0.0.1:8080/files"), "http://127.0.0.1:<port>/files");
    EXPECT_EQ(
        names.head("HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 12:00:00 GMT\r\nHost: a:5\r\n\r\n"),
        "HTTP/1.1 200 OK\nDate: <time>\nHost: a:<port>"
    );
    // A date that is none is a difference worth telling.
    EXPECT_EQ(names.head("Date: yesterday\r\n"), "\nDate: yesterday");
    EXPECT_EQ(
        names.head("Upload-Metadata: name YS5wYXQ=,x eQ==\r\n"),
        "\nUpload-Metadata: name a.pat, x y"
    );
}

}  // namespace
}  // namespace sfmkit::cli
