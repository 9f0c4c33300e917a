#include "client/encoder/test_keys.hpp"

#include "platform/keys.hpp"
#include "tests/support/forwarding_files.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace sfmkit::client {
namespace {

constexpr auto some_day = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);

/// One set in a folder, and the openssl program to look at it.
class TestKeySet : public testing::Test {
  protected:
    void SetUp() override {
        if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
    }

    const TestKeys& make(TestKeyOptions options = {}) {
        options.now = some_day;
        keys_ = make_test_keys(options, random_, algorithms_).value();
        EXPECT_TRUE(write_test_keys(files_, keys_, folder_.path()).has_value());
        return keys_;
    }

    std::string path(const std::string& name) const { return (folder_ / name).string(); }

    static std::string openssl(const std::vector<std::string>& arguments) {
        return test::run_program("openssl", arguments).output;
    }

    std::string verify(std::vector<std::string> further, const std::string& certificate) const {
        std::vector<std::string> arguments = {
            "verify",
            "-attime",
            std::to_string(some_day.time_since_epoch() / std::chrono::seconds(1)),
            "-CAfile",
            path("ca.cert.pem")
        };
        arguments.insert(arguments.end(), further.begin(), further.end());
        arguments.push_back(path(certificate));
        return openssl(arguments);
    }

    test::TemporaryFolder folder_;
    platform::SystemFiles files_;
    platform::SystemRandom random_;
    platform::CryptoAlgorithms algorithms_ = platform::CryptoAlgorithms::fetch();
    TestKeys keys_;
};

// Oracle: openssl verify, with purposes, names and addresses.
TEST_F(TestKeySet, Certificates_AreTrustedThroughTheirAuthority) {
    make({.hosts = {"sfm.example.test", "10.1.2.3", "2001:db8::1"}});
    const std::string good = path("server.cert.pem") + ": OK\n";
    for (const char* const name : {"localhost", "sfm.example.test"}) {
        EXPECT_EQ(
            verify({"-purpose", "sslserver", "-verify_hostname", name}, "server.cert.pem"), good
        ) << name;
    }
    for (const char* const address : {"127.0.0.1", "::1", "10.1.2.3", "2001:db8::1"}) {
        EXPECT_EQ(verify({"-verify_ip", address}, "server.cert.pem"), good) << address;
    }
    EXPECT_NE(verify({"-verify_hostname", "sfm.nhn.no"}, "server.cert.pem"), good);
    EXPECT_EQ(verify({}, "recipient.cert.pem"), path("recipient.cert.pem") + ": OK\n");
}

TEST_F(TestKeySet, Recipient_IsOneKeyInFourForms) {
    const TestKeys& keys = make();
    const auto key_of = [&](const std::vector<std::string>& arguments) {
        const std::string output = openssl(arguments);
        const auto begin = output.find("-----BEGIN PUBLIC KEY-----");
        EXPECT_NE(begin, std::string::npos) << output;
        return output.substr(std::min(begin, output.size()));
    };
    const auto key = key_of({"pkey", "-in", path("recipient.key.pem"), "-pubout"});
    EXPECT_EQ(key_of({"x509", "-in", path("recipient.cert.pem"), "-pubkey", "-noout"}), key);
    EXPECT_EQ(
        key_of({"x509", "-inform", "DER", "-in", path("recipient.cer"), "-pubkey", "-noout"}), key
    );
    const std::string password = "pass:" + keys.pfx_password;
    openssl(
        {"pkcs12",
         "-in",
         path("recipient.pfx"),
         "-passin",
         password,
         "-nodes",
         "-nocerts",
         "-out",
         path("from.pfx.pem")}
    );
    EXPECT_EQ(key_of({"pkey", "-in", path("from.pfx.pem"), "-pubout"}), key);
    EXPECT_NE(
        openssl({"x509", "-in", path("recipient.cert.pem"), "-noout", "-ext", "keyUsage"})
            .find("Key Encipherment"),
        std::string::npos
    );
}

TEST_F(TestKeySet, RecipientOfEachSize_HasThatModulus) {
    for (const unsigned bits : {2048U, 3072U, 4096U}) {
        const auto keys = make_test_keys(
            {.recipient_bits = bits, .hosts = {}, .now = some_day}, random_, algorithms_
        );
        ASSERT_TRUE(keys.has_value());
        const auto file = std::ranges::find(keys->files, "recipient.cer", &TestKeyFile::name);
        const auto certificate = platform::parse_certificate(file->content.view(), file->name);
        EXPECT_EQ(certificate->modulus_bytes() * 8, bits);
    }
}

TEST_F(TestKeySet, FilesOfSet_AreThoseOfTheDesignAndPrivateOnesArePrivate) {
    make();
    std::set<std::string> open;
    std::set<std::string> closed;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
        const auto mode = entry.status().permissions() & std::filesystem::perms::all;
        const bool is_private =
            mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        (is_private ? closed : open).insert(entry.path().filename().string());
    }
    EXPECT_EQ(
        closed,
        (std::set<std::string>{
            "issuer.key.pem", "recipient.key.pem", "recipient.pfx", "server.key.pem"
        })
    );
    EXPECT_EQ(
        open,
        (std::set<std::string>{
            "ca.cert.pem",
            "ca.crt",
            "issuer.jwks.json",
            "recipient.cer",
            "recipient.cert.pem",
            "server.cert.pem"
        })
    );
}

/// The text member of a JSON document that is written as `"name": "text"`.
std::string member_of(const std::string& json, const std::string& name) {
    const std::string before = "\"" + name + "\": \"";
    const auto begin = json.find(before);
    EXPECT_NE(begin, std::string::npos) << name;
    const auto end = json.find('"', begin + before.size());
    return json.substr(begin + before.size(), end - begin - before.size());
}

/// From the URL-safe alphabet without padding to the usual one.
std::string plain_base64(std::string text) {
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

// Oracle: openssl prints the modulus, and digests what RFC 7638 section 3 says a thumbprint is of.
TEST_F(TestKeySet, IssuerKeySet_HoldsModulusAndThumbprintOfTheIssuerKey) {
    make();
    const std::string jwks = test::read_file(folder_ / "issuer.jwks.json");
    const std::string n = member_of(jwks, "n");
    const auto as_openssl_prints = [this](const std::string& base64) {
        test::write_file(folder_ / "base64", base64);
        openssl({"base64", "-d", "-A", "-in", path("base64"), "-out", path("binary")});
        std::string hex = platform::to_hex(platform::as_bytes(test::read_file(folder_ / "binary")));
        for (char& letter : hex) {
            if (letter >= 'a') letter = static_cast<char>(letter - 'a' + 'A');
        }
        return hex;
    };
    EXPECT_EQ(
        openssl({"rsa", "-in", path("issuer.key.pem"), "-noout", "-modulus"}),
        "Modulus=" + as_openssl_prints(plain_base64(n)) + "\n"
    );
    EXPECT_EQ(as_openssl_prints(plain_base64(member_of(jwks, "e"))), "010001");

    test::write_file(folder_ / "members", R"({"e":"AQAB","kty":"RSA","n":")" + n + "\"}");
    openssl({"dgst", "-sha256", "-binary", "-out", path("digest"), path("members")});
    EXPECT_EQ(
        openssl({"base64", "-A", "-in", path("digest")}), plain_base64(member_of(jwks, "kid"))
    );
}

TEST_F(TestKeySet, WrittenAgain_IsRefusedAndChangesNothing) {
    make();
    const std::string before = test::read_file(folder_ / "recipient.key.pem");
    std::filesystem::remove(folder_ / "ca.crt");
    const auto written = write_test_keys(files_, keys_, folder_.path());
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().code, platform::Errc::already_exists);
    EXPECT_EQ(test::read_file(folder_ / "recipient.key.pem"), before);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "ca.crt"));
}

TEST_F(TestKeySet, WhenAnyStepFails_LeavesNoFile) {
    const auto keys = make_test_keys({.hosts = {}, .now = some_day}, random_, algorithms_).value();
    std::filesystem::create_directories(folder_ / "keys");
    for (std::size_t step = 0;; ++step) {
        test::FailingFiles failing(files_, step);
        const auto written = write_test_keys(failing, keys, folder_ / "keys");
        if (!failing.failed()) {
            EXPECT_TRUE(written.has_value());
            break;
        }
        ASSERT_FALSE(written.has_value());
        EXPECT_TRUE(files_.list(folder_ / "keys")->empty()) << "step " << step;
    }
}

TEST_F(TestKeySet, WithOtherSizeOrHost_IsRefused) {
    for (const TestKeyOptions& options : {
             TestKeyOptions{.recipient_bits = 1024, .hosts = {}, .now = some_day},
             TestKeyOptions{.recipient_bits = 2048, .hosts = {"a,IP:1.2.3.4"}, .now = some_day},
             TestKeyOptions{.recipient_bits = 2048, .hosts = {""}, .now = some_day},
         }) {
        const auto keys = make_test_keys(options, random_, algorithms_);
        ASSERT_FALSE(keys.has_value());
        EXPECT_EQ(keys.error().code, platform::Errc::usage);
    }
}

}  // namespace
}  // namespace sfmkit::client
