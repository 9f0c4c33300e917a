#include "mockserver/nginx/nginx_layer.hpp"

#include "tests/mockserver/simulated_site.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

// Source of all rows: nginx 1.22 in front of tusdotnet, recorded.

namespace sfmkit::mockserver {
namespace {

wire::RequestHead head_of(std::string method, std::string target) {
    wire::RequestHead head;
    head.method = std::move(method);
    head.target = std::move(target);
    return head;
}

std::vector<std::string> names_of(const std::string& answer) {
    std::vector<std::string> names;
    for (std::size_t at = answer.find("\r\n") + 2; answer.substr(at, 2) != "\r\n";) {
        names.push_back(answer.substr(at, answer.find(':', at) - at));
        at = answer.find("\r\n", at) + 2;
    }
    return names;
}

TEST(NginxLayer, OfTargetAndMethod_RefusesWhatIsRecorded) {
    struct Row {
        std::string_view method, target;
        int status;  ///< 0: goes on
    };
    constexpr Row rows[] = {
        {"POST", "/files", 0},
        {"HEAD", "/files/..%2f..%2fetc%2fpasswd", 400},
        {"POST", "/x/../files", 0},
        {"POST", "/../files", 400},
        {"POST", "/files/%2e%2e/files", 0},
        {"POST", "/files%00", 400},
        {"POST", "/files%zz", 400},
        {"POST", "/files?x=..%2f..%2f..%zz", 0},
        {"POST", "http://other.example.org/files", 0},
        {"TRACE", "/files", 405},
        {"FOO", "/files", 0},
    };
    for (const Row& row : rows) {
        const auto refusal =
            nginx::judge_head(head_of(std::string(row.method), std::string(row.target)));
        EXPECT_EQ(refusal ? refusal->status : 0, row.status) << row.method << " " << row.target;
    }
}

TEST(NginxLayer, OfBodyAboveOneMebibyte_Refuses) {
    wire::RequestHead head = head_of("PATCH", "/files/x");
    head.framing = wire::BodyFraming::length;
    head.content_length = 1048576;
    EXPECT_FALSE(nginx::judge_head(head).has_value());
    head.content_length = 1048577;
    const auto refusal = nginx::judge_head(head);
    ASSERT_TRUE(refusal.has_value());
    EXPECT_EQ(refusal->status, 413);
    EXPECT_TRUE(refusal->in_location);
}

TEST(NginxLayer, OfItsOwnPages_HaveTheRecordedForm) {
    const nginx::Refusal plain{.status = 400, .in_location = false, .head_too_long = false};
    const std::string bad = nginx::print_page(plain, nullptr, true, {});
    EXPECT_TRUE(bad.starts_with("HTTP/1.1 400 Bad Request\r\n"));
    EXPECT_NE(bad.find("\r\nContent-Length: 150\r\nConnection: close\r\n\r\n<html>\r\n"), bad.npos);
    EXPECT_TRUE(bad.ends_with("<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"));

    const nginx::Refusal too_long{.status = 400, .in_location = false, .head_too_long = true};
    const std::string long_head = nginx::print_page(too_long, nullptr, true, {});
    EXPECT_NE(long_head.find("Content-Length: 226\r\n"), long_head.npos);

    const nginx::Refusal too_large{.status = 413, .in_location = true, .head_too_long = false};
    const std::string large = nginx::print_page(too_large, nullptr, true, {});
    EXPECT_TRUE(large.starts_with("HTTP/1.1 413 Request Entity Too Large\r\n"));
    EXPECT_NE(large.find("Content-Length: 176\r\n"), large.npos);
    EXPECT_NE(large.find("max-age=15724800; includeSubDomains"), large.npos);
    EXPECT_EQ(bad.find("max-age"), bad.npos);

    const wire::RequestHead asked = head_of("HEAD", "/files/x");
    EXPECT_TRUE(nginx::print_page(plain, &asked, true, {}).ends_with("close\r\n\r\n"));
}

TEST(NginxLayer, OfAnswersPassedOn_HaveTheRecordedOrder) {
    Answer answer = bare_answer(201);
    answer.fields.add("Location", "/files/x");
    answer.fields.add("Upload-Expires", "later");
    answer.fields.add("Tus-Resumable", "1.0.0");
    const wire::RequestHead post = head_of("POST", "/files");
    const std::vector<std::string> expected = {
        "Date",
        "Content-Length",
        "Connection",
        "Location",
        "Upload-Expires",
        "Tus-Resumable",
        "Strict-Transport-Security"
    };
    for (const std::string_view name : profile_names()) {
        const std::string text =
            nginx::print_passed_on(*find_profile(name), answer, post, false, {});
        EXPECT_EQ(names_of(text), expected) << name;
        EXPECT_NE(text.find("Connection: keep-alive\r\n"), text.npos);
    }
}

TEST(NginxLayer, OfAnswerHeadAboveFourKibibytes_IsABadGateway) {
    const wire::RequestHead head = head_of("HEAD", "/files/x");
    for (const auto& [letters, status] : {std::pair(3900, "200"), std::pair(4100, "502")}) {
        Answer answer = bare_answer(200);
        answer.fields.add(
            "Upload-Metadata", "a " + std::string(static_cast<std::size_t>(letters), 'a')
        );
        const std::string text = nginx::print_passed_on(tusdotnet_2021(), answer, head, false, {});
        EXPECT_EQ(text.substr(9, 3), status) << letters;
    }
}

// Its bodies are in memory here: who begins many and ends none must not fill it.
TEST(NginxLayer, WithManyBegunBodies_RefusesThoseBeyondTheLimit) {
    using boost::asio::awaitable;
    test::SimulatedSite::Options options;
    options.rules.profile = &tusdotnet_2021();
    options.rules.behind_nginx = true;
    options.limits.buffered_bytes = 10'000;
    test::SimulatedSite world(options);
    world.play([](test::SimulatedSite& site) -> awaitable<void> {
        const std::string body(4000, 'x');
        const std::string length = "Upload-Length: 4000\r\n\r\n";
        std::vector<std::shared_ptr<test::RawConnection>> begun;
        for (int i = 0; i < 2; ++i) {
            const test::RawAnswer created = co_await site.ask("POST", "/files", length);
            auto connection = co_await site.connect();
            const std::string bytes = "PATCH " + test::header_of(created, "Location") +
                                      " HTTP/1.1\r\nHost: mock\r\nTus-Resumable: 1.0.0\r\n" +
                                      test::patch_lines(0, body);
            const std::string most = bytes.substr(0, bytes.size() - 1);
            co_await connection->send(most);
            begun.push_back(std::move(connection));
        }
        co_await site.sleep(std::chrono::seconds(1));
        const test::RawAnswer created = co_await site.ask("POST", "/files", length);
        const std::string path = test::header_of(created, "Location");
        const std::string lines = test::patch_lines(0, body);
        const test::RawAnswer refused = co_await site.ask("PATCH", path, lines);
        EXPECT_EQ(refused.status, 503);
        EXPECT_NE(refused.body.find("503 Service Temporarily Unavailable"), std::string::npos);
        begun.front()->close();
        co_await site.sleep(std::chrono::seconds(1));
        const test::RawAnswer taken = co_await site.ask("PATCH", path, lines);
        EXPECT_EQ(taken.status, 204);
    });
}

}  // namespace
}  // namespace sfmkit::mockserver
