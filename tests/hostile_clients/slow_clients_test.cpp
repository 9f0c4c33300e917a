#include "platform/process.hpp"
#include "tests/hostile_clients/hostile_world.hpp"
#include "tests/support/measured_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint64_t mebibyte = 1 << 20;

/// Sends bytes in pieces with a pause behind each; gives the status of the answer, 0 for none.
awaitable<int> drip(
    HostileWorld& world,
    std::string method,
    std::string at_once,
    std::string slowly,
    std::size_t piece_bytes,
    platform::Duration pause
) {
    const auto connection = co_await world.connect_raw();
    co_await connection->send(at_once);
    for (std::size_t at = 0; at < slowly.size() && connection->received().empty();
         at += piece_bytes) {
        const std::string piece = slowly.substr(at, piece_bytes);
        const bool sent = co_await connection->send(piece);
        if (!sent) break;
        co_await world.sleep(pause);
    }
    const platform::Duration most = seconds(5);
    const auto answer = co_await connection->read_answer(method, most);
    co_return answer ? answer->status : 0;
}

TEST(SlowClient, WithAHeadBeyondItsTime_IsRefused_AndServedWithinIt) {
    HostileWorld world({"--limit", "head-time=2s"});
    world.play([](HostileWorld& site) -> awaitable<void> {
        const std::string head = tus_request("OPTIONS", "/files", "\r\n");
        const std::string none;
        const platform::Duration slow = milliseconds(100);
        const int refused = co_await drip(site, "OPTIONS", none, head, 1, slow);
        EXPECT_EQ(refused, 408);
        const platform::Duration fast = milliseconds(5);
        const int served = co_await drip(site, "OPTIONS", none, head, 1, fast);
        EXPECT_EQ(served, 204);
    });
}

TEST(SlowClient, WithABodyBelowTheRate_IsRefused_AndServedAboveIt) {
    for (const char* profile : {"tusdotnet-2021", "strict-spec"}) {
        HostileWorld world(
            {"--imitate", profile, "--limit", "body-rate=1000", "--limit", "body-grace=1s"}
        );
        world.play([](HostileWorld& site) -> awaitable<void> {
            const std::string body(4000, 'x');
            const std::string path = co_await site.create("4000");
            const std::string whole = tus_request("PATCH", path, patch_rest(0, body));
            const std::string head = whole.substr(0, whole.size() - body.size());
            const platform::Duration pause = milliseconds(50);
            const int refused = co_await drip(site, "PATCH", head, body, 10, pause);
            EXPECT_EQ(refused, 408);
            const std::string other = co_await site.create("4000");
            const std::string second = tus_request("PATCH", other, patch_rest(0, body));
            const std::string other_head = second.substr(0, second.size() - body.size());
            const int served = co_await drip(site, "PATCH", other_head, body, 200, pause);
            EXPECT_EQ(served, 204);
        });
    }
}

TEST(SlowClient, WithABodyBeyondItsTime_IsRefusedWhateverItsRate) {
    HostileWorld world({"--limit", "body-time=1s"});
    world.play([](HostileWorld& site) -> awaitable<void> {
        const std::string body(400'000, 'x');
        const std::string path = co_await site.create("400000");
        const std::string whole = tus_request("PATCH", path, patch_rest(0, body));
        const std::string head = whole.substr(0, whole.size() - body.size());
        const platform::Duration pause = milliseconds(50);
        const int refused = co_await drip(site, "PATCH", head, body, 4000, pause);
        EXPECT_EQ(refused, 408);
        const std::string other = co_await site.create("400000");
        const std::string second = tus_request("PATCH", other, patch_rest(0, body));
        const std::string none;
        const int served = co_await drip(site, "PATCH", second, none, 1, pause);
        EXPECT_EQ(served, 204);
    });
}

// As many as the test may open, 10 000 where it may: they cost little, and others are answered.
TEST(IdleClients, TenThousand_CostLittleAndKeepNobodyOut) {
    const std::uint64_t allowed = platform::raise_open_file_limit();
    const std::size_t count = std::min<std::uint64_t>(10'000, allowed - 200);
    HostileWorld world({});
    world.play([count](HostileWorld& site) -> awaitable<void> {
        const std::uint64_t before = site.resident_bytes();
        std::vector<std::unique_ptr<platform::Transport>> idle;
        for (std::size_t i = 0; i < count; ++i) {
            auto transport = co_await site.connect();
            idle.push_back(std::move(transport));
        }
        const auto began = site.clock().steady_now();
        const std::string path = co_await site.create("5");
        EXPECT_FALSE(path.empty());
        EXPECT_LT(site.clock().steady_now() - began, seconds(5));
        EXPECT_GE(site.open_files(), count);
        const std::uint64_t each = (site.resident_bytes() - before) / count;
        std::printf("%zu idle connections, %zu bytes of memory each\n", count, std::size_t{each});
        if (measures_count()) {
            EXPECT_LT(each, 16'384U);
        }
        EXPECT_GT(each, 0U);
    });
}

TEST(IdleClients, BeyondTheConnections_MakeRoomForWhoAsks) {
    HostileWorld world({"--limit", "connections=20"});
    world.play([](HostileWorld& site) -> awaitable<void> {
        std::vector<std::shared_ptr<RawConnection>> idle;
        for (int i = 0; i < 20; ++i) {
            auto connection = co_await site.connect_raw();
            idle.push_back(std::move(connection));
        }
        const platform::Duration moment = milliseconds(200);
        co_await site.sleep(moment);
        const auto open = [&] {
            return std::ranges::count(idle, RawConnection::End::open, [](const auto& each) {
                return each->end();
            });
        };
        EXPECT_EQ(open(), 20) << "as many as the limit stay";
        const std::string path = co_await site.create("5");
        EXPECT_FALSE(path.empty());
        co_await site.sleep(moment);
        EXPECT_EQ(open(), 19) << "one more takes the place of one";
        EXPECT_NE(idle.front()->end(), RawConnection::End::open) << "the one idle longest";
    });
}

// Without a reader of the answers the server stops to read requests: nothing piles up in it.
TEST(Pipelining, WithoutReadingAnswers_StopsTheServerFromReading) {
    HostileWorld world({"--limit", "idle-time=2s"});
    world.play([](HostileWorld& site) -> awaitable<void> {
        const std::uint64_t before = site.resident_bytes();
        auto transport = co_await site.connect();
        const platform::Duration patience = seconds(1);
        transport->set_deadline(patience);
        std::string many;
        while (many.size() < mebibyte) many += tus_request("OPTIONS", "/files", "\r\n");
        std::uint64_t sent = 0;
        for (int i = 0; i < 64; ++i) {
            const auto passed = co_await transport->write_all(platform::as_bytes(many));
            if (!passed) break;
            sent += many.size();
        }
        std::printf("the server took %zu bytes\n", std::size_t{sent});
        EXPECT_LT(sent, 64 * many.size()) << "it went on reading";
        if (measures_count()) {
            EXPECT_LT(site.resident_bytes(), before + 8 * mebibyte);
        }
    });
}

TEST(Pipelining, WithAReader_AnswersAllInOrder) {
    HostileWorld world({});
    world.play([](HostileWorld& site) -> awaitable<void> {
        constexpr int count = 500;
        std::string many;
        for (int i = 0; i < count; ++i) {
            const std::string method = i % 3 == 0 ? "HEAD" : "OPTIONS";
            const std::string target = i % 3 == 0 ? "/files/" + std::string(32, '0') : "/files";
            many += tus_request(method, target, "\r\n");
        }
        const auto connection = co_await site.connect_raw();
        co_await connection->send(many);
        const platform::Duration most = seconds(10);
        for (int i = 0; i < count; ++i) {
            const std::string method = i % 3 == 0 ? "HEAD" : "OPTIONS";
            const auto answer = co_await connection->read_answer(method, most);
            EXPECT_TRUE(answer) << i;
            if (!answer) co_return;
            EXPECT_EQ(answer->status, i % 3 == 0 ? 404 : 204) << i;
        }
    });
}

TEST(HalfClosed, AfterARequest_IsAnsweredAndClosed) {
    HostileWorld world({});
    world.play([](HostileWorld& site) -> awaitable<void> {
        const auto connection = co_await site.connect_raw();
        const std::string request = tus_request("OPTIONS", "/files", "\r\n");
        co_await connection->send(request);
        connection->end_sending();
        const platform::Duration most = seconds(5);
        const auto answer = co_await connection->read_answer("OPTIONS", most);
        EXPECT_TRUE(answer && answer->status == 204);
        const platform::Duration moment = milliseconds(300);
        co_await site.sleep(moment);
        EXPECT_NE(connection->end(), RawConnection::End::open);
    });
}

TEST(HalfClosed, InsideHeadOrBody_IsClosed) {
    HostileWorld world({});
    world.play([](HostileWorld& site) -> awaitable<void> {
        const std::string path = co_await site.create("1000");
        const std::string whole = tus_request("PATCH", path, patch_rest(0, std::string(1000, 'x')));
        for (const std::size_t sent : {std::size_t{1}, std::size_t{50}, whole.size() - 500}) {
            const auto connection = co_await site.connect_raw();
            const std::string part = whole.substr(0, sent);
            co_await connection->send(part);
            connection->end_sending();
            const platform::Duration moment = milliseconds(300);
            co_await site.sleep(moment);
            EXPECT_NE(connection->end(), RawConnection::End::open) << sent;
        }
    });
}

}  // namespace
}  // namespace sfmkit::test
