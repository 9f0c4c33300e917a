#include "mockserver/admin/guard.hpp"
#include "mockserver/admin/live_events.hpp"
#include "mockserver/admin/routes.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>
#include <string>

namespace sfmkit::test {
namespace {

namespace admin = mockserver::admin;

constexpr std::uint16_t port = 9000;

struct GuardRow {
    const char* name;
    const char* method;
    wire::HeaderFields fields;
    int status;  ///< 0: may pass
};

wire::HeaderFields fields_of(std::initializer_list<std::pair<const char*, const char*>> pairs) {
    wire::HeaderFields fields;
    for (const auto& [name, value] : pairs) fields.add(name, value);
    return fields;
}

const std::vector<GuardRow>& guard_rows() {
    static const std::vector<GuardRow> rows = {
        {"Address", "GET", fields_of({{"Host", "127.0.0.1:9000"}}), 0},
        {"Name", "GET", fields_of({{"Host", "LocalHost:9000"}}), 0},
        {"Address6", "GET", fields_of({{"Host", "[::1]:9000"}}), 0},
        {"OtherPort", "GET", fields_of({{"Host", "127.0.0.1:9001"}}), 421},
        {"NoPort", "GET", fields_of({{"Host", "127.0.0.1"}}), 421},
        {"OtherName", "GET", fields_of({{"Host", "evil.example:9000"}}), 421},
        {"NameWithTail", "GET", fields_of({{"Host", "localhost.evil.example:9000"}}), 421},
        {"NoHost", "GET", {}, 421},
        {"TwoHosts", "GET", fields_of({{"Host", "127.0.0.1:9000"}, {"Host", "127.0.0.1:9000"}}), 421
        },
        {"OwnOrigin",
         "GET",
         fields_of({{"Host", "127.0.0.1:9000"}, {"Origin", "http://localhost:9000"}}),
         0},
        {"OtherOrigin",
         "GET",
         fields_of({{"Host", "127.0.0.1:9000"}, {"Origin", "http://evil.example"}}),
         403},
        {"OriginOfOtherScheme",
         "GET",
         fields_of({{"Host", "127.0.0.1:9000"}, {"Origin", "https://localhost:9000"}}),
         403},
        {"NullOrigin", "GET", fields_of({{"Host", "127.0.0.1:9000"}, {"Origin", "null"}}), 403},
        {"Json",
         "POST",
         fields_of({{"Host", "127.0.0.1:9000"}, {"Content-Type", "application/json; charset=utf-8"}}
         ),
         0},
        {"Form",
         "POST",
         fields_of({{"Host", "127.0.0.1:9000"}, {"Content-Type", "text/plain"}}),
         415},
        {"NoType", "DELETE", fields_of({{"Host", "127.0.0.1:9000"}}), 415},
    };
    return rows;
}

TEST(AdminGuard, OfEachRow_LetsPassOrRefuses) {
    for (const GuardRow& row : guard_rows()) {
        admin::Request asked = admin::read_target(row.method, "/readyz");
        asked.fields = row.fields;
        const auto refused = admin::guard(asked, port);
        EXPECT_EQ(refused ? refused->status : 0, row.status) << row.name;
        if (!refused) continue;
        const auto told = nlohmann::json::parse(refused->body);
        EXPECT_FALSE(told["error"]["what"].get<std::string>().empty()) << row.name;
        EXPECT_FALSE(told["error"]["next"].get<std::string>().empty()) << row.name;
    }
}

TEST(AdminRequest, Target_WithQuery_IsReadApart) {
    const auto asked = admin::read_target("GET", "/api/requests?limit=5&session=a%20b&flag");
    EXPECT_EQ(asked.path, "/api/requests");
    EXPECT_EQ(asked.query.at("limit"), "5");
    EXPECT_EQ(asked.query.at("session"), "a b");
    EXPECT_EQ(asked.query.at("flag"), "");
    EXPECT_TRUE(admin::read_target("GET", "/api/clock").query.empty());
}

TEST(AdminRoutes, OfTheTable_ChangeNothingByGet) {
    std::set<std::string_view> ids;
    const std::set<std::string_view> shows = {
        "dashboard",
        "style",
        "script",
        "openApi",
        "ready",
        "overview",
        "listSessions",
        "listUploads",
        "showUpload",
        "listRequests",
        "showRequest",
        "listFindings",
        "streamEvents",
        "listFaults",
        "showClock",
    };
    for (const auto& route : admin::routes()) {
        EXPECT_TRUE(ids.insert(route.id).second) << route.id;
        EXPECT_EQ(route.method == "GET", shows.contains(route.id)) << route.id;
    }
}

TEST(LiveEvents, BeyondWhatIsKept_LoseTheOldest) {
    admin::LiveEvents live;
    EXPECT_EQ(live.after(0), nullptr);
    for (std::size_t i = 0; i < admin::LiveEvents::most_kept + 10; ++i) {
        live.upload_removed("u" + std::to_string(i));
    }
    const auto* first = live.after(0);
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(first->id, 11U);
    EXPECT_EQ(live.after(first->id)->id, 12U);
    EXPECT_EQ(live.after(live.last_id()), nullptr);
    EXPECT_EQ(
        admin::print_event(*first),
        "id: 11\nevent: upload\ndata: {\"what\":\"removed\",\"upload\":\"u10\"}\n\n"
    );
}

TEST(LiveEvents, NamesWithLineEnds_StayInOneLine) {
    admin::LiveEvents live;
    live.fault_struck("a\r\n\r\nevent: evil", {});
    const std::string text = admin::print_event(*live.after(0));
    EXPECT_EQ(text.find("\nevent: evil"), std::string::npos);
}

}  // namespace
}  // namespace sfmkit::test
