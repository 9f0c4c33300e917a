#include "platform/process.hpp"
#include "tests/cli/npm_program.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>
#include <string>

// `serve --admin-port`: looked into and ordered about from outside.

namespace sfmkit {
namespace {

class ServeAdmin : public testing::Test {
  protected:
    ServeAdmin() : mock_(folder_.path(), {"--admin-port", "0"}) {
        // The ready file goes with the server; the terminal tells the address too.
        const std::string log = mock_.log();
        const std::string mark = "admin API: ";
        const std::size_t begin = log.find(mark) + mark.size();
        admin_ = log.substr(begin, log.find('/', begin + 7) - begin);
    }

    static std::string curl(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"-sS", "--max-time", "20"});
        return test::run_program("curl", arguments).output;
    }

    nlohmann::json get(const std::string& path) {
        return nlohmann::json::parse(curl({admin_ + path}));
    }

    nlohmann::json change(
        const std::string& method, const std::string& path, const std::string& body = "{}"
    ) {
        return nlohmann::json::parse(
            curl({"-X", method, "-H", "Content-Type: application/json", "-d", body, admin_ + path})
        );
    }

    /// Status of a tus request.
    std::string tus(
        const std::string& method, const std::string& url, std::vector<std::string> fields = {}
    ) {
        std::vector<std::string> arguments = {"-H", "Tus-Resumable: 1.0.0"};
        if (method == "HEAD") {
            arguments.push_back("-I");
        } else {
            arguments.insert(arguments.end(), {"-i", "-X", method});
        }
        for (const std::string& field : fields) arguments.insert(arguments.end(), {"-H", field});
        arguments.push_back(url);
        head_ = curl(arguments);
        return head_.starts_with("HTTP/") ? head_.substr(9, 3) : std::string();
    }

    std::string create() {
        EXPECT_EQ(tus("POST", mock_.url(), {"Upload-Length: 5"}), "201");
        const std::size_t place = head_.find("Location: ") + 10;
        return head_.substr(place, head_.find("\r\n", place) - place);
    }

    std::string url_of(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(mock_.port()) + path;
    }

    test::TemporaryFolder folder_;
    test::ServedMock mock_;
    std::string admin_;
    std::string head_;
};

TEST_F(ServeAdmin, Description_AndEveryAnswer_FitEachOther) {
    const auto script =
        test::npm_program("openapi", "@seriousme/openapi-schema-validator", "check_admin.mjs");
    if (script.empty()) SFM_SKIP_OR_FAIL("npm cannot install the validators");
    const std::string path = create();
    const auto ran =
        test::run_program("node", {script.string(), admin_, path.substr(path.rfind('/') + 1)});
    const auto seen = nlohmann::json::parse(ran.output, nullptr, false);
    ASSERT_TRUE(seen.is_object()) << ran.output;
    EXPECT_TRUE(seen["complaints"].empty()) << ran.output;
    EXPECT_EQ(seen["checked"].size(), seen["operations"]) << ran.output;
    EXPECT_EQ(seen["checked"]["showUpload"][0], 200);
    EXPECT_EQ(seen["checked"]["armFault"].size(), 2U);
    EXPECT_EQ(seen["checked"]["removeUpload"][0], 404);
}

TEST_F(ServeAdmin, Calendar_WhenMovedPastTheExpiry_LetsUploadsGo) {
    const std::string path = create();
    EXPECT_EQ(tus("HEAD", url_of(path)), "200");
    change("POST", "/api/clock", R"({"advance": "4h"})");
    EXPECT_EQ(tus("HEAD", url_of(path)), "200");
    const auto clock = change("POST", "/api/clock", R"({"advance": "2h"})");
    EXPECT_EQ(clock["shift_ms"], 6 * 3600 * 1000);
    EXPECT_EQ(tus("HEAD", url_of(path)), "404");
}

TEST_F(ServeAdmin, Fault_ArmedAndCleared_StrikesMeanwhile) {
    const std::string fault = R"({"point": "head", "times": 0, "match": {"method": "OPTIONS"}, )"
                              R"("action": {"do": "answer", "status": 503}})";
    const auto armed = change("POST", "/api/faults", fault);
    EXPECT_EQ(tus("OPTIONS", mock_.url()), "503");
    const auto listed = get("/api/faults");
    EXPECT_EQ(listed["faults"][0]["struck"], 1);
    change("DELETE", "/api/faults/" + std::to_string(armed["ids"][0].get<int>()));
    EXPECT_EQ(tus("OPTIONS", mock_.url()), "204");
    EXPECT_TRUE(get("/api/faults")["faults"].empty());
}

TEST_F(ServeAdmin, Tokens_WhenTheyExpire_AreRefusedUntilRenewed) {
    const std::vector<std::string> old = {"Authorization: Bearer old"};
    const std::string path = create();
    EXPECT_EQ(tus("HEAD", url_of(path), old), "200");
    change("POST", "/api/tokens/expire");
    EXPECT_EQ(tus("HEAD", url_of(path), old), "401");
    EXPECT_EQ(get("/api/findings?order=newest")["findings"][0]["rule"], "AUT-02");
    EXPECT_EQ(tus("HEAD", url_of(path), {"Authorization: Bearer new"}), "200");
    change("POST", "/api/tokens/renew");
    EXPECT_EQ(tus("HEAD", url_of(path), old), "200");
}

TEST_F(ServeAdmin, Reset_WhenAsked_ForgetsUploadsAndFaults) {
    const std::string path = create();
    change(
        "POST",
        "/api/faults",
        R"({"point": "head", "action": {"do": "reset"}, "match": {"nth": 99}})"
    );
    change("POST", "/api/reset");
    std::string status;
    for (int look = 0; look < 100 && status.empty(); ++look) status = tus("HEAD", url_of(path));
    EXPECT_EQ(status, "404");
    EXPECT_TRUE(get("/api/faults")["faults"].empty());
    EXPECT_TRUE(get("/api/uploads")["uploads"].empty());
}

TEST_F(ServeAdmin, Requests_ByPage_ComeEachOnce) {
    for (int i = 0; i < 7; ++i) create();
    std::size_t seen = 0;
    std::string next = "/api/requests?limit=3&method=POST";
    while (!next.empty()) {
        const auto page = get(next);
        seen += page["requests"].size();
        next = page["next"].is_string() ? page["next"].get<std::string>() : std::string();
    }
    EXPECT_EQ(seen, 7U);
    EXPECT_EQ(get("/api/requests?method=HEAD")["requests"].size(), 0U);
    EXPECT_EQ(get("/api/requests?limit=0")["error"]["actual"], "0");
}

TEST_F(ServeAdmin, Uploads_ByStateAndOrder_AreListed) {
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) {
        const std::string path = create();
        ids.push_back(path.substr(path.rfind('/') + 1));
    }
    EXPECT_EQ(tus("POST", mock_.url(), {"Upload-Length: 0"}), "201");
    const auto listed = [&](std::string path) {
        std::vector<std::string> seen;
        while (!path.empty()) {
            const auto page = get(path);
            for (const auto& upload : page["uploads"]) seen.push_back(upload["id"]);
            path = page["next"].is_string() ? page["next"].get<std::string>() : std::string();
        }
        return seen;
    };
    EXPECT_EQ(listed("/api/uploads?state=open&limit=2"), ids);
    EXPECT_EQ(listed("/api/uploads?state=finished").size(), 1U);
    EXPECT_EQ(listed("/api/uploads?limit=4").size(), 6U);
    const std::vector<std::string> newest(ids.rbegin(), ids.rend());
    EXPECT_EQ(listed("/api/uploads?state=open&limit=2&order=newest"), newest);
    EXPECT_TRUE(listed("/api/uploads?session=other").empty());
    EXPECT_EQ(get("/api/uploads?state=lost")["error"]["actual"], "lost");
    EXPECT_EQ(get("/api/uploads?order=size")["error"]["actual"], "size");
    const auto sessions = get("/api/sessions")["sessions"];
    EXPECT_EQ(sessions[0]["files"], 6);
    EXPECT_EQ(sessions[0]["finished"], 1);
}

TEST_F(ServeAdmin, Upload_WhileARequestWrites_IsLeftAlone) {
    const std::string path = create();
    const std::string upload = "/api/uploads/" + path.substr(path.rfind('/') + 1);
    change(
        "POST",
        "/api/faults",
        R"({"point": "body", "at_byte": 1, "times": 2, "action": {"do": "stall", "time": "30s"}})"
    );
    auto writer = platform::ChildProcess::start({
        .program = "/usr/bin/env",
        .arguments =
            {"curl",
             "-sS",
             "-X",
             "PATCH",
             "-H",
             "Tus-Resumable: 1.0.0",
             "-H",
             "Upload-Offset: 0",
             "-H",
             "Content-Type: application/offset+octet-stream",
             "-d",
             "12345",
             url_of(path)},
        .output = folder_ / "writer",
    });
    ASSERT_TRUE(writer);
    const auto struck = [&] { return get("/api/faults")["faults"][0]["struck"] == 1; };
    for (int look = 0; look < 500 && !struck(); ++look) {
    }
    EXPECT_EQ(change("POST", upload + "/expire")["error"]["actual"], upload.substr(13));
    EXPECT_EQ(tus("HEAD", url_of(path)), "200");
    writer->kill();
    nlohmann::json told;
    for (int look = 0; look < 500 && !told.contains("done"); ++look) {
        told = change("POST", upload + "/expire");
    }
    EXPECT_TRUE(told.contains("done")) << told;
    EXPECT_EQ(tus("HEAD", url_of(path)), "404");
}

TEST_F(ServeAdmin, Events_FromTheBeginning_TellWhatHappened) {
    create();
    // curl ends it after its time; what came until then is printed.
    const std::string stream =
        test::run_program("curl", {"-sSN", "--max-time", "1", admin_ + "/api/events?after=0"})
            .output;
    EXPECT_EQ(stream.find("id: 1\nevent: upload\ndata: {"), 0U) << stream;
    EXPECT_NE(stream.find("event: request\n"), std::string::npos) << stream;
}

TEST_F(ServeAdmin, Page_FromOutside_MayNotAsk) {
    const auto status = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"-o", "/dev/null", "-w", "%{http_code}"});
        arguments.push_back(admin_ + "/readyz");
        return curl(arguments);
    };
    EXPECT_EQ(status({}), "200");
    EXPECT_EQ(status({"-H", "Host: rebound.example"}), "421");
    EXPECT_EQ(status({"-H", "Origin: http://evil.example"}), "403");
    const std::string page = curl({"-i", admin_ + "/"});
    EXPECT_NE(page.find("Content-Security-Policy: default-src 'none'"), std::string::npos);
    EXPECT_EQ(page.find("<script>"), std::string::npos) << "no script inside the page";
}

}  // namespace
}  // namespace sfmkit
