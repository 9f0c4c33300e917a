#include "client/upload/safety_catch.hpp"
#include "client/upload/url.hpp"

#include <gtest/gtest.h>

#include <string>

namespace sfmkit::client {
namespace {

using platform::Errc;

Url url_of(const std::string& text) {
    auto url = parse_url(text);
    EXPECT_TRUE(url.has_value()) << text;
    return url.value_or(Url{});
}

TEST(Url, Parse_WithPortAndPath_SplitsThem) {
    const Url url = url_of("http://LocalHost:8080/files?x=1");
    EXPECT_EQ(url.host, "localhost");
    EXPECT_EQ(url.port, 8080);
    EXPECT_EQ(url.target, "/files?x=1");
    EXPECT_EQ(print(url), "http://localhost:8080/files?x=1");
}

TEST(Url, Parse_WithoutPath_AsksForTheRoot) {
    EXPECT_EQ(url_of("http://127.0.0.1").target, "/");
    EXPECT_EQ(url_of("http://127.0.0.1?a").target, "/?a");
    EXPECT_EQ(url_of("https://h").port, 443);
}

TEST(Url, Parse_WithIpv6_KeepsBracketsInHostField) {
    const Url url = url_of("http://[::1]:8080/files");
    EXPECT_EQ(url.host, "::1");
    EXPECT_EQ(host_field(url), "[::1]:8080");
}

class BadUrl : public testing::TestWithParam<std::string> {};

TEST_P(BadUrl, Parse_IsRefusedAsUsage) {
    const auto url = parse_url(GetParam());
    ASSERT_FALSE(url.has_value()) << print(*url);
    EXPECT_EQ(url.error().code, Errc::usage);
}

INSTANTIATE_TEST_SUITE_P(
    Forms,
    BadUrl,
    testing::Values(
        "",
        "localhost:8080/files",
        "ftp://localhost/files",
        "http://",
        "http:///files",
        "http://:8080/",
        "http://host:0/",
        "http://host:65536/",
        "http://host:80x/",
        "http://host:/",
        "http://[::1/",
        "http://[localhost]/",
        "http://::1/",
        "http://ho st/",
        "http://host\\@evil/",
        "http://127.0.0.1@evil.no/",
        "http://user:secret@localhost/",
        "http://localhost/#x",
        "http://h%6fst/",
        "http://l\xc3\xb8kal/"
    )
);

TEST(Url, Parse_WithUserInformation_DoesNotRepeatThePassword) {
    const auto url = parse_url("http://user:secret@localhost/");
    ASSERT_FALSE(url.has_value());
    EXPECT_EQ(platform::describe(url.error()).find("secret"), std::string::npos);
}

struct Reference {
    std::string base;
    std::string location;
    std::string expected;
};

class Resolution : public testing::TestWithParam<Reference> {};

TEST_P(Resolution, Location_IsSeenFromTheAskedUrl) {
    const auto url = resolve_location(url_of(GetParam().base), GetParam().location);
    ASSERT_TRUE(url.has_value()) << platform::describe(url.error());
    EXPECT_EQ(print(*url), GetParam().expected);
}

// The forms of RFC 3986 section 5.4 with http in place of its scheme (without fragments, which a
// request cannot carry), and the forms that tus servers send.
INSTANTIATE_TEST_SUITE_P(
    Rfc3986,
    Resolution,
    testing::Values(
        Reference{"http://a/b/c/d;p?q", "g", "http://a/b/c/g"},
        Reference{"http://a/b/c/d;p?q", "./g", "http://a/b/c/g"},
        Reference{"http://a/b/c/d;p?q", "g/", "http://a/b/c/g/"},
        Reference{"http://a/b/c/d;p?q", "/g", "http://a/g"},
        Reference{"http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y"},
        Reference{"http://a/b/c/d;p?q", "g?y", "http://a/b/c/g?y"},
        Reference{"http://a/b/c/d;p?q", "g#s", "http://a/b/c/g"},
        Reference{"http://a/b/c/d;p?q", ";x", "http://a/b/c/;x"},
        Reference{"http://a/b/c/d;p?q", ".", "http://a/b/c/"},
        Reference{"http://a/b/c/d;p?q", "./", "http://a/b/c/"},
        Reference{"http://a/b/c/d;p?q", "..", "http://a/b/"},
        Reference{"http://a/b/c/d;p?q", "../", "http://a/b/"},
        Reference{"http://a/b/c/d;p?q", "../g", "http://a/b/g"},
        Reference{"http://a/b/c/d;p?q", "../..", "http://a/"},
        Reference{"http://a/b/c/d;p?q", "../../g", "http://a/g"},
        Reference{"http://a/b/c/d;p?q", "../../../g", "http://a/g"},
        Reference{"http://a/b/c/d;p?q", "/./g", "http://a/g"},
        Reference{"http://a/b/c/d;p?q", "/../g", "http://a/g"},
        Reference{"http://a/b/c/d;p?q", "g.", "http://a/b/c/g."},
        Reference{"http://a/b/c/d;p?q", "..g", "http://a/b/c/..g"},
        Reference{"http://a/b/c/d;p?q", "./../g", "http://a/b/g"},
        Reference{"http://a/b/c/d;p?q", "g/./h", "http://a/b/c/g/h"},
        Reference{"http://a/b/c/d;p?q", "g?y/../x", "http://a/b/c/g?y/../x"},
        Reference{"http://h:8080/files", "/files/1f", "http://h:8080/files/1f"},
        Reference{"http://h:8080/files/", "1f", "http://h:8080/files/1f"},
        Reference{"http://h:8080/files", "1f", "http://h:8080/1f"},
        Reference{"http://h:8080/files", "//h:8080/files/1f", "http://h:8080/files/1f"},
        Reference{
            "http://h:8080/files", "HTTP://H:8080/files/1f?part=1", "http://h:8080/files/1f?part=1"
        }
    )
);

class ForeignLocation : public testing::TestWithParam<std::string> {};

TEST_P(ForeignLocation, Resolve_IsRefused) {
    const auto url = resolve_location(url_of("http://127.0.0.1:8080/files"), GetParam());
    ASSERT_FALSE(url.has_value()) << print(*url);
    EXPECT_EQ(url.error().code, Errc::refused);
}

INSTANTIATE_TEST_SUITE_P(
    Forms,
    ForeignLocation,
    testing::Values(
        "http://127.0.0.2:8080/files/1",
        "http://127.0.0.1:8081/files/1",
        "http://127.0.0.1/files/1",
        "https://127.0.0.1:8080/files/1",
        "//evil.no/files/1",
        "http://127.0.0.1:8080@evil.no/files/1",
        "file:///files/1",
        "ftp://127.0.0.1:8080/files/1",
        "",
        "/files/a b",
        "/files\\1",
        "/files/1\x01"
    )
);

TEST(Url, LocationOfHttps_StaysOnHttps) {
    const Url asked = url_of("https://h/files");
    EXPECT_EQ(resolve_location(asked, "https://h:443/files/1").value().target, "/files/1");
    EXPECT_EQ(resolve_location(asked, "//h/files/1").value().scheme, Scheme::https);
    for (const char* plain : {"http://h/files/1", "http://h:443/files/1"}) {
        EXPECT_EQ(resolve_location(asked, plain).error().code, platform::Errc::refused) << plain;
    }
}

class Loopback : public testing::TestWithParam<std::string> {};

TEST_P(Loopback, Destination_IsAllowed) {
    const auto allowed = check_destination(url_of("http://" + GetParam() + "/files"), "");
    EXPECT_TRUE(allowed.has_value()) << platform::describe(allowed.error());
}

INSTANTIATE_TEST_SUITE_P(
    Hosts,
    Loopback,
    testing::Values(
        "localhost",
        "LOCALHOST:9",
        "localhost.",
        "127.0.0.1:8080",
        "127.255.255.254",
        "[::1]:8080",
        "[0:0:0:0:0:0:0:1]",
        "[0::0001]"
    )
);

class Elsewhere : public testing::TestWithParam<std::string> {};

TEST_P(Elsewhere, Destination_IsRefusedAsUsageAndTellsTheOption) {
    const auto allowed = check_destination(url_of("http://" + GetParam() + "/files"), "");
    ASSERT_FALSE(allowed.has_value());
    EXPECT_EQ(allowed.error().code, Errc::usage);
    EXPECT_NE(allowed.error().next.find("--real-service"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Hosts,
    Elsewhere,
    testing::Values(
        "example.org",
        "10.0.0.1",
        "128.0.0.1",
        "0.0.0.0",
        "127.1",
        "0x7f000001",
        "2130706433",
        "0177.0.0.1",
        "127.0.0.1.nhn.no",
        "localhost.nhn.no",
        "localhost.evil.no",
        "nhn.no",
        "DATAIMPORT.NHN.NO",
        "dataimport.qa.forskrivning.no",
        "dataimport.qa.forskrivning.no.",
        "[::]",
        "[::2]",
        "[::ffff:127.0.0.1]",
        "[1::1]",
        "[::11]",
        "[0:0:1]",
        "127.0.0.256",
        "127.0.0.01",
        "127.0.0.1."
    )
);

/// An address that looks like this machine to a person or to some resolvers, and its honest twin.
struct Trick {
    std::string refused;
    std::string allowed;
};

class Tricks : public testing::TestWithParam<Trick> {};

TEST_P(Tricks, Destination_IsRefusedAndItsTwinIsAllowed) {
    const auto is_allowed = [](const std::string& text) {
        const auto url = parse_url(text);
        return url && check_destination(*url, "").has_value();
    };
    EXPECT_FALSE(is_allowed(GetParam().refused)) << GetParam().refused;
    EXPECT_TRUE(is_allowed(GetParam().allowed)) << GetParam().allowed;
}

INSTANTIATE_TEST_SUITE_P(
    SafetyCatch,
    Tricks,
    testing::Values(
        Trick{"http://127.0.0.1@evil/", "http://127.0.0.1/@evil/"},
        Trick{"http://localhost:8080@evil/files", "http://localhost:8080/files?@evil"},
        Trick{"http://evil@localhost/", "http://localhost/evil@"},
        Trick{"http://localhost#@evil/", "http://localhost?@evil/"},
        Trick{"http://localhost\\.evil/", "http://localhost/.evil/"},
        Trick{"http://localhost%00.evil/", "http://localhost/%00.evil"},
        Trick{"http://localhost%2f.evil/", "http://localhost/%2f.evil"},
        Trick{"http://127.0.0.1\t.evil/", "http://127.0.0.1/.evil"},
        Trick{"http://127.0.0.1\r\nHost: evil/", "http://127.0.0.1/Host:evil/"},
        Trick{"http://127.0.0.1:80:80/", "http://127.0.0.1:80/80"},
        Trick{"http://127.0.0.1:65536/", "http://127.0.0.1:65535/"},
        Trick{"http://127.0.0.1:0/", "http://127.0.0.1:1/"},
        Trick{"http://127.0.0.1:-1/", "http://127.0.0.1:01/"},
        Trick{"http://LOCALHOST.EVIL/", "http://LOCALHOST./"},
        Trick{"http://localhost../", "http://localhost./"},
        Trick{"http://.localhost/", "http://localhost/"},
        Trick{"http://xlocalhost/", "http://LocalHost/"},
        Trick{"http://localhosts/", "https://localhost/"},
        Trick{"http://127.0.0.1../", "http://127.0.0.1/"},
        Trick{"http://1127.0.0.1/", "http://127.1.0.1/"},
        Trick{"http://127.0.0.1.1/", "http://127.0.0.11/"},
        Trick{"http://127.0.0.-1/", "http://127.0.0.255/"},
        Trick{"http://126.255.255.255/", "http://127.0.0.0/"},
        Trick{"http://017700000001/", "http://127.0.0.1/"},
        Trick{"http://0x7f.0.0.1/", "http://127.0.0.1/"},
        Trick{"http://127.0x0.0.1/", "http://127.0.0.1/"},
        Trick{"http://[::ffff:7f00:1]/", "http://[::1]/"},
        Trick{"http://[0:0:0:0:0:ffff:7f00:1]/", "http://[0:0:0:0:0:0:0:1]/"},
        Trick{"http://[::127.0.0.1]/", "http://[::0001]/"},
        Trick{"http://[::1%25eth0]/", "http://[::1]/%25eth0"},
        Trick{"http://[::1].evil/", "http://[::1]/.evil"},
        Trick{"http://[::1]@evil/", "http://[::1]/@evil"},
        Trick{"http://[fe80::1]/", "http://[0::1]/"},
        Trick{"http://[::1:1]/", "http://[::0:1]/"}
    )
);

class NationalService : public testing::TestWithParam<std::pair<std::string, bool>> {};

TEST_P(NationalService, Refusal_SaysSoOnlyForItsOwnDomains) {
    const auto& [host, national] = GetParam();
    const auto allowed = check_destination(url_of("http://" + host + "/"), "");
    ASSERT_FALSE(allowed.has_value());
    EXPECT_EQ(allowed.error().what.find("national service") != std::string::npos, national);
}

INSTANTIATE_TEST_SUITE_P(
    Hosts,
    NationalService,
    testing::Values(
        std::pair{"a.nhn.no", true},
        std::pair{"nhn.no.", true},
        std::pair{"A.Forskrivning.NO", true},
        std::pair{"127.0.0.1.nhn.no", true},
        std::pair{"xnhn.no", false},
        std::pair{"nhn.no.evil.org", false}
    )
);

TEST(SafetyCatch, RealService_WhenItRepeatsTheHost_Allows) {
    const Url url = url_of("http://Dataimport.QA.forskrivning.no/files");
    EXPECT_TRUE(check_destination(url, "dataimport.qa.FORSKRIVNING.no"));
    EXPECT_TRUE(check_destination(url, "dataimport.qa.forskrivning.no."));
    EXPECT_FALSE(check_destination(url, "forskrivning.no"));
    EXPECT_FALSE(check_destination(url, "qa.forskrivning.no"));
    EXPECT_FALSE(check_destination(url_of("http://localhost/"), "forskrivning.no"));
}

}  // namespace
}  // namespace sfmkit::client
