#include "mockserver/router.hpp"
#include "tests/mockserver/auth_case_tables.hpp"
#include "tests/mockserver/random_talk.hpp"
#include "tests/mockserver/simulated_site.hpp"

#include <gtest/gtest.h>

#include <array>
#include <iostream>
#include <map>
#include <vector>

// The cases of credentials as requests to a server: a refusal creates and changes nothing.

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;
using mockserver::AuthBench;
using mockserver::AuthRoute;
using mockserver::Case;
using mockserver::Order;

PlainRequest request_of(const wire::RequestHead& head, const std::string& fields) {
    PlainRequest request{.method = head.method, .target = head.target};
    for (const wire::HeaderField& field : head.fields.all()) {
        request.fields += std::string(field.name) + ": " + std::string(field.value) + "\r\n";
    }
    request.fields += fields;
    return request;
}

// Ranges of coroutines have names: g++ 12 lets unnamed ones go too early.
constexpr std::array all_routes = {AuthRoute::bearer, AuthRoute::dpop};
constexpr std::array good_last = {false, true};

std::string creation_fields() {
    return "Tus-Resumable: 1.0.0\r\nUpload-Length: 5\r\nContent-Length: 0\r\n";
}

/// The calendar of the server stands where tokens of the bench are good.
void set_calendar(SimulatedSite& site, const AuthBench& bench) {
    const platform::WallTime now(bench.now().time_since_epoch());
    site.clock().shift_calendar(now - site.clock().wall_now());
}

class AuthServed : public testing::Test {
  protected:
    /// Plays a client against a server of this imitation.
    void serve(
        std::string_view imitation, const std::function<awaitable<void>(SimulatedSite&)>& client
    ) {
        SimulatedSite world(
            {.rules = {.profile = mockserver::find_profile(imitation), .settings = {}}}
        );
        set_calendar(world, bench_);
        world.site().guard = &bench_.guard();
        world.play(client);
    }

    awaitable<void> try_case(SimulatedSite& site, const Case& row, AuthRoute route) {
        Order order{.route = route};
        const std::size_t before = site.evidence().created.size();
        row.change(order);
        const wire::RequestHead head = bench_.head_of(order);
        if (mockserver::route(head.target).place != mockserver::Place::creation) {
            // A POST on an upload is no request of tus, whatever its credentials.
            ++elsewhere_;
            co_return;
        }
        PlainRequest bad = request_of(head, creation_fields());
        const RawAnswer refused = co_await exchange(site, bad);
        EXPECT_GE(refused.status, 400) << row.id;
        EXPECT_EQ(site.evidence().created.size(), before) << row.id;
        EXPECT_EQ(site.evidence().requests.back().auth, row.reason) << row.id;
        EXPECT_FALSE(site.evidence().refusals.empty()) << row.id;
        ++statuses_[refused.status];
        const Order good{.route = route};
        PlainRequest twin = request_of(bench_.head_of(good), creation_fields());
        const RawAnswer accepted = co_await exchange(site, twin);
        EXPECT_EQ(accepted.status, 201) << "twin of " << row.id;
        EXPECT_EQ(site.evidence().created.size(), before + 1) << row.id;
        ++statuses_[accepted.status];
        ++cases_;
    }

    AuthBench bench_;
    std::map<int, int> statuses_;
    int cases_ = 0;
    int elsewhere_ = 0;
};

TEST_F(AuthServed, EachCase_CreatesNothing_AndItsTwinDoes) {
    serve("strict-spec", [&](SimulatedSite& site) -> awaitable<void> {
        const std::vector<std::vector<Case>> groups = {
            mockserver::credential_cases(), mockserver::token_cases(), mockserver::proof_cases()
        };
        for (const std::vector<Case>& cases : groups) {
            for (const Case& row : cases) {
                if (row.routes != "2") co_await try_case(site, row, AuthRoute::bearer);
                if (row.routes != "1") co_await try_case(site, row, AuthRoute::dpop);
            }
        }
    });
    for (const auto& [status, count] : statuses_) std::cout << status << ": " << count << ", ";
    std::cout << cases_ << " cases with twins\n";
    EXPECT_GE(cases_, 160);
    EXPECT_LE(elsewhere_, 1);
}

TEST_F(AuthServed, Imitations_ClaimBeforeTheyJudge) {
    const Order order{.route = AuthRoute::bearer};
    wire::RequestHead head = bench_.head_of(order);
    mockserver::set_field(head, "Authorization", std::nullopt);
    PlainRequest without_version = request_of(head, "Upload-Length: 5\r\n");
    std::map<std::string_view, int> seen;
    for (const std::string_view name : mockserver::profile_names()) {
        serve(name, [&](SimulatedSite& site) -> awaitable<void> {
            const RawAnswer answer = co_await exchange(site, without_version);
            seen[name] = answer.status;
        });
    }
    EXPECT_EQ(seen["tusdotnet-2021"], 404);
    EXPECT_EQ(seen["tusdotnet-current"], 404);
    EXPECT_EQ(seen["strict-spec"], 401);
}

TEST_F(AuthServed, UploadOfAnother_IsNeitherReadNorChanged) {
    serve("strict-spec", [&](SimulatedSite& site) -> awaitable<void> {
        Order order;
        PlainRequest creation = request_of(bench_.head_of(order), creation_fields());
        const RawAnswer created = co_await exchange(site, creation);
        const std::string path = header_of(created, "Location");
        for (const bool own : good_last) {
            Order patch;
            patch.method = "PATCH";
            patch.path = path;
            if (!own) patch.token.client_id = "00000000-0000-4000-8000-000000000001";
            PlainRequest request = request_of(
                bench_.head_of(patch),
                "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Length: 5\r\n"
                "Content-Type: application/offset+octet-stream\r\n"
            );
            request.body = "hello";
            const RawAnswer answer = co_await exchange(site, request);
            EXPECT_EQ(answer.status, own ? 204 : 403);
            EXPECT_EQ(site.evidence().finished.size(), own ? 1U : 0U);
        }
    });
}

// The whole answer arrives although a chunk comes that nobody wants, and nothing of it stays.
TEST_F(AuthServed, ChunkWithABadToken_IsAnsweredWholeAndNotStored) {
    constexpr std::uint64_t chunk = 524'288;
    serve("tusdotnet-2021", [&](SimulatedSite& site) -> awaitable<void> {
        for (const AuthRoute route : all_routes) {
            const Order creation{.route = route};
            PlainRequest create = request_of(
                bench_.head_of(creation),
                "Tus-Resumable: 1.0.0\r\nUpload-Length: 524288\r\nContent-Length: 0\r\n"
            );
            const RawAnswer created = co_await exchange(site, create);
            const std::string path = header_of(created, "Location");
            for (const bool good : good_last) {
                Order patch{.route = route, .method = "PATCH", .path = path};
                if (!good) patch.token_variant = "tok-sigflip";
                PlainRequest request = request_of(
                    bench_.head_of(patch),
                    "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Length: 524288\r\n"
                    "Content-Type: application/offset+octet-stream\r\n"
                );
                request.body = std::string(chunk, 'x');
                const RawAnswer answer = co_await exchange(site, request);
                EXPECT_EQ(answer.status, good ? 204 : 401);
                EXPECT_EQ(answer.body.empty(), good);
                const std::string id = path.substr(path.rfind('/') + 1);
                EXPECT_EQ(site.stored(id).size(), good ? chunk : 0U);
            }
        }
    });
}

TEST_F(AuthServed, CredentialBeyondTheLimit_IsRefusedForItsSize) {
    serve("strict-spec", [&](SimulatedSite& site) -> awaitable<void> {
        const Order order{.route = AuthRoute::bearer};
        wire::RequestHead head = bench_.head_of(order);
        PlainRequest twin = request_of(head, creation_fields());
        const RawAnswer accepted = co_await exchange(site, twin);
        EXPECT_EQ(accepted.status, 201);
        mockserver::set_field(head, "Authorization", "Bearer " + std::string(100'000, 'a'));
        PlainRequest large = request_of(head, creation_fields());
        const RawAnswer refused = co_await exchange(site, large);
        EXPECT_EQ(refused.status, 431);
        EXPECT_EQ(site.evidence().created.size(), 1U);
    });
}

TEST_F(AuthServed, NonceWanted_IsToldWithRefusalAndAcceptance) {
    auto settings = bench_.settings();
    settings.wants_nonce = true;
    bench_.restart(settings);
    serve("strict-spec", [&](SimulatedSite& site) -> awaitable<void> {
        Order order;
        PlainRequest first = request_of(bench_.head_of(order), creation_fields());
        const RawAnswer refused = co_await exchange(site, first);
        EXPECT_EQ(refused.status, 401);
        order.nonce = header_of(refused, "DPoP-Nonce");
        EXPECT_FALSE(order.nonce.empty());
        PlainRequest second = request_of(bench_.head_of(order), creation_fields());
        const RawAnswer accepted = co_await exchange(site, second);
        EXPECT_EQ(accepted.status, 201);
        EXPECT_EQ(header_of(accepted, "DPoP-Nonce"), order.nonce);
    });
}

TEST_F(AuthServed, Evidence_KeepsClaimsAndHash_AndNoSecret) {
    serve("strict-spec", [&](SimulatedSite& site) -> awaitable<void> {
        const wire::RequestHead head = bench_.head_of(Order());
        PlainRequest request = request_of(head, creation_fields());
        co_await exchange(site, request);
        const auto& told = site.evidence().requests.back();
        EXPECT_NE(told.token.find("\"claims\":{"), std::string::npos) << told.token;
        const std::string credential(head.fields.first("Authorization").value());
        const std::string proof(head.fields.first("DPoP").value());
        const std::string all = told.fields + told.token + told.auth + told.answer_text;
        const std::vector<std::string> secrets = {
            credential.substr(5),
            credential.substr(credential.rfind('.')),
            proof,
            proof.substr(proof.rfind('.')),
            "01817090067"
        };
        for (const std::string& secret : secrets) {
            EXPECT_EQ(all.find(secret), std::string::npos) << secret.size();
        }
    });
}

}  // namespace
}  // namespace sfmkit::test
