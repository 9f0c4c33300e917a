#include "platform/bytes.hpp"
#include "tests/mockserver/simulated_site.hpp"
#include "wire/base64.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

// Oracles: the digests of "abc" in RFC 1321 A.5 (MD5), RFC 3174 7.3 (SHA-1) and FIPS 180-2 B.1.

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;

constexpr const char* md5_of_abc = "900150983cd24fb0d6963f7d28e17f72";
constexpr const char* sha1_of_abc = "a9993e364706816aba3e25717850c26c9cd0d89d";
constexpr const char* sha256_of_abc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

std::string base64_of_hex(const std::string& hex) {
    platform::ByteBuffer bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        bytes.push_back(static_cast<std::byte>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return wire::encode_base64(bytes);
}

enum class Carrier { header, trailer };

std::string lines_of_patch(const std::string& checksum, Carrier carrier) {
    const std::string head =
        "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n";
    const std::string field = "Upload-Checksum: " + checksum + "\r\n";
    if (carrier == Carrier::header) {
        return head + field + "Content-Length: 3\r\n\r\nabc";
    }
    return head + "Trailer: Upload-Checksum\r\nTransfer-Encoding: chunked\r\n\r\n" +
           "3\r\nabc\r\n0\r\n" + field + "\r\n";
}

struct Outcome {
    RawAnswer answer;
    std::string offset;  ///< that HEAD tells afterwards

    bool operator==(const std::pair<int, std::string>& expected) const {
        return answer.status == expected.first && offset == expected.second;
    }
};

std::ostream& operator<<(std::ostream& stream, const Outcome& outcome) {
    return stream << outcome.answer.status << " at " << outcome.offset << ": "
                  << outcome.answer.body;
}

/// What a server says to the three bytes `abc` with this checksum.
Outcome outcome_of(
    const mockserver::Profile& profile, const std::string& checksum, Carrier carrier
) {
    SimulatedSite::Options options;
    options.rules.profile = &profile;
    SimulatedSite world(options);
    Outcome outcome;
    world.play([&](SimulatedSite& site) -> awaitable<void> {
        const std::string length = "Upload-Length: 3\r\n\r\n";
        const RawAnswer created = co_await site.ask("POST", "/files", length);
        const std::string path = header_of(created, "Location");
        const std::string lines = lines_of_patch(checksum, carrier);
        outcome.answer = co_await site.ask("PATCH", path, lines);
        const RawAnswer asked = co_await site.ask("HEAD", path, "\r\n");
        outcome.offset = header_of(asked, "Upload-Offset");
    });
    return outcome;
}

struct Row {
    const char* algorithm;
    const char* digest;
};
constexpr Row rows[] = {{"md5", md5_of_abc}, {"sha1", sha1_of_abc}, {"sha256", sha256_of_abc}};

TEST(Checksum, InStrictSpec_IsComparedByEachAlgorithm) {
    for (const Carrier carrier : {Carrier::header, Carrier::trailer}) {
        for (const Row& row : rows) {
            SCOPED_TRACE(row.algorithm);
            const std::string name = std::string(row.algorithm) + " ";
            std::string other = row.digest;
            other.back() = other.back() == '0' ? '1' : '0';
            const auto& profile = mockserver::strict_spec();
            EXPECT_EQ(
                outcome_of(profile, name + base64_of_hex(row.digest), carrier),
                std::pair(204, std::string("3"))
            );
            EXPECT_EQ(
                outcome_of(profile, name + base64_of_hex(other), carrier),
                std::pair(460, std::string("0"))
            );
        }
    }
}

TEST(Checksum, ByTusdotnet_IsComparedBySha1Only) {
    for (const auto* profile : {&mockserver::tusdotnet_2021(), &mockserver::tusdotnet_current()}) {
        for (const Row& row : rows) {
            SCOPED_TRACE(row.algorithm);
            const bool known = std::string_view(row.algorithm) == "sha1";
            const std::string checksum =
                std::string(row.algorithm) + " " + base64_of_hex(row.digest);
            EXPECT_EQ(
                outcome_of(*profile, checksum, Carrier::header),
                std::pair(known ? 204 : 400, std::string(known ? "3" : "0"))
            );
        }
    }
}

TEST(Checksum, ByAnAlgorithmThatNobodyOffers_NamesThoseThatAre) {
    const auto outcome = outcome_of(
        mockserver::strict_spec(), "sha512 " + base64_of_hex(sha256_of_abc), Carrier::header
    );
    EXPECT_EQ(outcome, std::pair(400, std::string("0")));
    EXPECT_NE(outcome.answer.body.find("sha1, sha256, md5"), std::string::npos) << outcome;
}

TEST(Checksum, OfWrongLength_IsNoDigest) {
    // A SHA-1 under the name of SHA-256.
    EXPECT_EQ(
        outcome_of(
            mockserver::strict_spec(), "sha256 " + base64_of_hex(sha1_of_abc), Carrier::header
        ),
        std::pair(460, std::string("0"))
    );
}

std::string algorithms_told(const mockserver::Profile& profile) {
    SimulatedSite::Options options;
    options.rules.profile = &profile;
    SimulatedSite world(options);
    std::string told;
    world.play([&](SimulatedSite& site) -> awaitable<void> {
        const RawAnswer answer = co_await site.ask("OPTIONS", "/files", "\r\n");
        told = header_of(answer, "Tus-Checksum-Algorithm");
    });
    return told;
}

TEST(Checksum, InOptions_HasTheAlgorithmsOfTheProfile) {
    EXPECT_EQ(algorithms_told(mockserver::strict_spec()), "sha1,sha256,md5");
    EXPECT_EQ(algorithms_told(mockserver::tusdotnet_2021()), "sha1");
}

}  // namespace
}  // namespace sfmkit::test
