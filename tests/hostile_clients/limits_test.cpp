#include "mockserver/limits.hpp"

#include "tests/hostile_clients/hostile_world.hpp"
#include "tests/support/measured_run.hpp"

#include <gtest/gtest.h>

#include <set>

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;
using std::chrono::seconds;

struct Row {
    const char* name;
    std::vector<std::string> options;
    std::string inside;  ///< a request just within the limit
    int served;
    std::string beyond;  ///< one that differs by one more
    int refused;
};

std::string creation(const std::string& rest) {
    return tus_request("POST", "/files", rest + "Content-Length: 0\r\n\r\n");
}

std::string with_headers(int count) {
    std::string lines;
    // Host and Tus-Resumable are there already.
    for (int i = 2; i < count; ++i) lines += "X-" + std::to_string(i) + ": y\r\n";
    return tus_request("OPTIONS", "/files", lines + "\r\n");
}

/// `OPTIONS /files?xxx HTTP/1.1` with its end, so long in all.
std::string with_first_line(std::size_t bytes) {
    const std::string frame = "OPTIONS /files? HTTP/1.1\r\n";
    return tus_request("OPTIONS", "/files?" + std::string(bytes - frame.size(), 'x'), "\r\n");
}

/// A value as long as it takes for all header lines, with their ends, to have so many bytes.
std::string with_header_bytes(std::size_t bytes) {
    const std::string frame = "Host: mock\r\nTus-Resumable: 1.0.0\r\nX: \r\n";
    const std::string value(bytes - frame.size(), 'x');
    return tus_request("OPTIONS", "/files", "X: " + value + "\r\n\r\n");
}

std::string with_metadata(std::size_t bytes) {
    const std::string key(bytes, 'k');
    return creation("Upload-Length: 5\r\nUpload-Metadata: " + key + "\r\n");
}

const std::vector<Row>& rows() {
    static const std::vector<Row> all = {
        {"header count",
         {"--limit", "header-count=20"},
         with_headers(20),
         204,
         with_headers(21),
         431},
        {"default header count", {}, with_headers(100), 204, with_headers(101), 431},
        {"first line",
         {"--limit", "request-line=200"},
         with_first_line(200),
         204,
         with_first_line(201),
         414},
        {"header bytes",
         {"--limit", "header-bytes=1000"},
         with_header_bytes(1000),
         204,
         with_header_bytes(1001),
         431},
        {"metadata", {"--limit", "metadata=100"}, with_metadata(100), 201, with_metadata(101), 431},
        {"upload",
         {"--limit", "upload=100"},
         creation("Upload-Length: 100\r\n"),
         201,
         creation("Upload-Length: 101\r\n"),
         413},
    };
    return all;
}

// Each request differs from its twin by one byte or line; the profile makes no difference.
TEST(Limit, OfWhatARequestMayHave_ServesUpToIt_AndRefusesBeyond) {
    for (const char* profile : {"tusdotnet-2021", "strict-spec"}) {
        for (const Row& row : rows()) {
            std::vector<std::string> options = row.options;
            options.insert(options.end(), {"--imitate", profile});
            HostileWorld world(options);
            world.play([&row](HostileWorld& site) -> awaitable<void> {
                const std::string method = row.inside.substr(0, row.inside.find(' '));
                const RawAnswer served = co_await site.ask(method, row.inside);
                EXPECT_EQ(served.status, row.served) << row.name;
                const RawAnswer refused = co_await site.ask(method, row.beyond);
                EXPECT_EQ(refused.status, row.refused) << row.name;
            });
        }
    }
}

struct FullRow {
    const char* profile;
    int status;
};

// RFC 4918 section 11.5 for what keeps to standards; tusdotnet fails with an exception, which
// Kestrel answers by 500.
const std::vector<FullRow> full_rows = {{"strict-spec", 507}, {"tusdotnet-2021", 500}};

TEST(Limit, OfStoredUploads_RefusesCreation_UntilOneIsGone) {
    for (const FullRow& row : full_rows) {
        // One stays for the judge at the end.
        HostileWorld world({"--imitate", row.profile, "--limit", "uploads=2"});
        world.play([&row](HostileWorld& site) -> awaitable<void> {
            const std::string first = co_await site.create("10");
            const std::string second = co_await site.create("10");
            const std::string more = creation("Upload-Length: 10\r\n");
            const RawAnswer refused = co_await site.ask("POST", more);
            EXPECT_EQ(refused.status, row.status);
            for (const std::string& path : {first, second}) {
                const std::string removal = tus_request("DELETE", path, "\r\n");
                const RawAnswer removed = co_await site.ask("DELETE", removal);
                EXPECT_EQ(removed.status, 204);
            }
            const RawAnswer served = co_await site.ask("POST", more);
            EXPECT_EQ(served.status, 201);
        });
    }
}

TEST(Limit, OfTheDisk_RefusesBytes_KeepsTheUpload_AndGoesOnWhenThereIsRoom) {
    for (const FullRow& row : full_rows) {
        HostileWorld world({"--imitate", row.profile, "--limit", "disk=100000"});
        world.play([&row](HostileWorld& site) -> awaitable<void> {
            const std::string first = co_await site.create("60000");
            const std::string second = co_await site.create("60000");
            const std::string body(60000, 'x');
            const std::string fits = tus_request("PATCH", first, patch_rest(0, body));
            const RawAnswer served = co_await site.ask("PATCH", fits);
            EXPECT_EQ(served.status, 204);
            const std::string surplus = tus_request("PATCH", second, patch_rest(0, body));
            const RawAnswer refused = co_await site.ask("PATCH", surplus);
            EXPECT_EQ(refused.status, row.status);
            const std::string removal = tus_request("DELETE", first, "\r\n");
            const RawAnswer removed = co_await site.ask("DELETE", removal);
            EXPECT_EQ(removed.status, 204);
            const std::string question = tus_request("HEAD", second, "\r\n");
            const RawAnswer asked = co_await site.ask("HEAD", question);
            const std::size_t offset = std::stoul(header_value(asked, "Upload-Offset"));
            EXPECT_LE(offset, 40000U);
            const std::string rest =
                tus_request("PATCH", second, patch_rest(offset, body.substr(offset)));
            const RawAnswer again = co_await site.ask("PATCH", rest);
            EXPECT_EQ(again.status, 204);
            EXPECT_EQ(header_value(again, "Upload-Offset"), "60000");
            const std::string removal_too = tus_request("DELETE", second, "\r\n");
            const RawAnswer removed_too = co_await site.ask("DELETE", removal_too);
            EXPECT_EQ(removed_too.status, 204);
        });
    }
}

TEST(Limit, OfRequestsOnAConnection_ClosesItWithTheLastAnswer) {
    HostileWorld world({"--limit", "requests=3"});
    world.play([](HostileWorld& site) -> awaitable<void> {
        const auto connection = co_await site.connect_raw();
        std::string many;
        for (int i = 0; i < 5; ++i) many += tus_request("OPTIONS", "/files", "\r\n");
        co_await connection->send(many);
        const platform::Duration most = seconds(5);
        for (int i = 1; i <= 3; ++i) {
            const auto answer = co_await connection->read_answer("OPTIONS", most);
            EXPECT_TRUE(answer && answer->status == 204) << i;
            if (!answer) co_return;
            EXPECT_EQ(header_value(*answer, "Connection"), i == 3 ? "close" : "");
        }
        const auto none = co_await connection->read_answer("OPTIONS", most);
        EXPECT_FALSE(none);
    });
}

// 10 MB of header: refused when the limit is passed, not when all of it is in memory.
TEST(Limit, OfHeaderBytes_BeforeTenMegabytes_EndsTheConnection) {
    HostileWorld world({});
    world.play([](HostileWorld& site) -> awaitable<void> {
        const std::uint64_t before = site.resident_bytes();
        for (const char* start : {"X: ", "", "OPTIONS /"}) {
            const std::string head = *start == 'O' ? "" : "OPTIONS /files HTTP/1.1\r\nHost: m\r\n";
            const std::string bytes = head + start + std::string(10'000'000, 'x');
            const auto connection = co_await site.connect_raw();
            co_await connection->send(bytes);
            const platform::Duration most = seconds(10);
            const auto answer = co_await connection->read_answer("OPTIONS", most);
            const int status = answer ? answer->status : 0;
            EXPECT_EQ(status, *start == 'O' ? 414 : 431) << start;
        }
        if (measures_count()) {
            EXPECT_LT(site.resident_bytes(), before + 2'000'000);
        }
    });
}

TEST(LimitTable, EachRow_IsSetByItsNameAlone) {
    std::set<std::string_view> names;
    for (const mockserver::LimitRow& row : mockserver::limit_rows()) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        mockserver::Limits limits;
        const std::string told = std::string(row.name) + "=7";
        ASSERT_TRUE(mockserver::set_limit(limits, told)) << told;
        for (const mockserver::LimitRow& other : mockserver::limit_rows()) {
            const bool same = other.name == row.name;
            const std::uint64_t value = row.unit == mockserver::LimitUnit::time ? 7000 : 7;
            EXPECT_EQ(other.get(limits), same ? value : other.get(mockserver::Limits())) << told;
        }
        const bool zero = mockserver::set_limit(limits, std::string(row.name) + "=0").has_value();
        EXPECT_EQ(zero, row.zero_is_none) << row.name;
    }
    EXPECT_GE(names.size(), 14U);
}

TEST(LimitTable, WhatCannotBeRead_IsAnErrorOfUsage) {
    for (const char* told :
         {"",
          "=",
          "header-bytes",
          "header-bytes=",
          "header-bytes=-1",
          "header-bytes=1k",
          "header-bytes=1s",
          "head-time=1d",
          "head-time=",
          "colour=1",
          "uploads=9999999999999999"}) {
        mockserver::Limits limits;
        const auto set = mockserver::set_limit(limits, told);
        ASSERT_FALSE(set) << told;
        EXPECT_EQ(set.error().code, platform::Errc::usage) << told;
    }
}

}  // namespace
}  // namespace sfmkit::test
