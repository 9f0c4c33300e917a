#include "mockserver/issuer/token_parts.hpp"
#include "platform/openssl.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <set>
#include <string>
#include <vector>

// `serve --auth` and `token`, tried with curl.

namespace sfmkit {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using Arguments = std::vector<std::string>;

test::ProgramRun sfmkit(const Arguments& arguments) {
    return test::run_program(test::build_folder() / "sfmkit", arguments);
}

std::string line_of(const test::ProgramRun& run) {
    EXPECT_EQ(run.exit_code, 0) << run.output;
    return run.output.substr(0, run.output.find('\n'));
}

/// What a request shows. An empty one is left out.
struct Shown {
    std::string token{};
    std::string proof{};
};

/// A mock that judges, a client's key, and the tokens and proofs of its issuer.
class AuthMock {
  public:
    explicit AuthMock(Arguments options = {}, std::string scheme = "http")
        : mock_(folder_ / "mock", with_auth(std::move(options))), scheme_(std::move(scheme)) {
        EXPECT_EQ(sfmkit({"token", "key", key()}).exit_code, 0);
    }

    std::filesystem::path data_folder() const { return mock_.data_folder(); }
    std::string log() const { return mock_.log(); }
    std::string key() const { return (folder_ / "dpop.pem").string(); }
    std::string url(const std::string& path) const {
        return scheme_ + "://localhost:" + std::to_string(mock_.port()) + path;
    }

    std::string mint(const std::string& bad = {}) { return minted({"--key", key()}, bad); }
    std::string mint_bearer(const std::string& bad = {}) { return minted({}, bad); }
    std::string prove(
        const std::string& method,
        const std::string& target,
        const std::string& token,
        const std::string& bad = {}
    ) {
        const std::string file = (folder_ / "token").string();
        test::write_file(file, token);
        Arguments arguments = {
            "token",
            "proof",
            "--key",
            key(),
            "--method",
            method,
            "--url",
            target,
            "--token-file",
            file
        };
        if (!bad.empty()) arguments.insert(arguments.end(), {"--bad", bad});
        return kept(line_of(sfmkit(arguments)));
    }

    /// The answer's head and text.
    std::string ask(
        const std::string& method,
        const std::string& path,
        const Shown& shown,
        const Arguments& more = {"Tus-Resumable: 1.0.0"}
    ) {
        Arguments arguments = {"-sS", "-i", "--max-time", "20", "-A", "marker-of-curl"};
        if (scheme_ == "https") {
            const auto authority = data_folder() / "tls" / "ca.cert.pem";
            arguments.insert(arguments.end(), {"--cacert", authority.string()});
        }
        if (method == "HEAD") {
            arguments.push_back("-I");
        } else {
            arguments.insert(arguments.end(), {"-X", method});
        }
        if (method == "POST") arguments.insert(arguments.end(), {"-H", "Upload-Length: 5"});
        const std::string scheme = path.starts_with("/v2") ? "DPoP " : "Bearer ";
        if (!shown.token.empty()) {
            arguments.insert(arguments.end(), {"-H", "Authorization: " + scheme + shown.token});
        }
        if (!shown.proof.empty()) arguments.insert(arguments.end(), {"-H", "DPoP: " + shown.proof});
        for (const std::string& line : more) arguments.insert(arguments.end(), {"-H", line});
        if (method == "PATCH") arguments.insert(arguments.end(), {"--data-binary", "hello"});
        arguments.push_back(url(path));
        answers_ += test::run_program("curl", arguments).output;
        const std::string answer = answers_.substr(answers_end_);
        answers_end_ = answers_.size();
        return answer;
    }
    /// The same with a new proof for it.
    std::string ask_v2(
        const std::string& method,
        const std::string& path,
        const std::string& token,
        const Arguments& more = {"Tus-Resumable: 1.0.0"}
    ) {
        const std::string proof = prove(method, url(path), token);
        return ask(method, path, {.token = token, .proof = proof}, more);
    }

    std::ptrdiff_t uploads() const {
        // Each upload has one file that tells about it; its bytes come later.
        std::ptrdiff_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(data_folder() / "uploads")) {
            count += entry.path().extension() == ".json" ? 1 : 0;
        }
        return count;
    }
    const std::set<std::string>& secrets() const { return secrets_; }
    const std::string& answers() const { return answers_; }

  private:
    static Arguments with_auth(Arguments options) {
        if (std::ranges::find(options, "--auth") == options.end()) {
            options.insert(options.begin(), {"--auth", "dpop"});
        }
        return options;
    }

    std::string minted(const Arguments& more, const std::string& bad) {
        const auto issuer = data_folder() / "issuer";
        Arguments arguments = {"token", "mint", "--issuer-folder", issuer.string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        if (!bad.empty()) arguments.insert(arguments.end(), {"--bad", bad});
        return kept(line_of(sfmkit(arguments)));
    }

    /// A token or proof may be nowhere, nor its payload or signature.
    std::string kept(const std::string& text) {
        secrets_.insert(text);
        const std::size_t first = text.find('.');
        const std::size_t last = text.rfind('.');
        constexpr std::size_t telling = 40;
        if (first != std::string::npos && last > first + telling) {
            secrets_.insert(text.substr(first + 1, last - first - 1));
        }
        if (last != std::string::npos && text.size() > last + telling) {
            secrets_.insert(text.substr(last + 1));
        }
        return text;
    }

    test::TemporaryFolder folder_;
    test::ServedMock mock_;
    std::string scheme_;
    std::set<std::string> secrets_;
    std::string answers_;
    std::size_t answers_end_ = 0;
};

std::string location_in(const std::string& answer) {
    const std::string label = "Location: ";
    const std::size_t begin = answer.find(label);
    if (begin == std::string::npos) return {};
    return answer.substr(begin + label.size(), answer.find('\r', begin) - begin - label.size());
}

const Arguments patch_lines = {
    "Tus-Resumable: 1.0.0", "Upload-Offset: 0", "Content-Type: application/offset+octet-stream"
};

TEST(AuthVariants, WithANewProofEachTime_TakesAnUploadToItsEnd) {
    AuthMock mock;
    const std::string token = mock.mint();
    const std::string made = mock.ask_v2("POST", "/v2/files", token);
    EXPECT_THAT(made, StartsWith("HTTP/1.1 201 "));
    const std::string path = location_in(made);
    ASSERT_THAT(path, StartsWith("/v2/files/"));
    EXPECT_THAT(mock.ask_v2("HEAD", path, token), HasSubstr("Upload-Offset: 0\r\n"));
    EXPECT_THAT(mock.ask_v2("PATCH", path, token, patch_lines), StartsWith("HTTP/1.1 204 "));
    // Resumed with another token: HelseID gives a new one each hour.
    EXPECT_THAT(mock.ask_v2("HEAD", path, mock.mint()), HasSubstr("Upload-Offset: 5\r\n"));
}

TEST(AuthVariants, WithAProofThatIsNotItsOwn_ChangesNothing) {
    AuthMock mock;
    const std::string token = mock.mint();
    const std::string made = mock.ask_v2("POST", "/v2/files", token);
    const std::string path = location_in(made);
    const std::string proof = mock.prove("PATCH", mock.url("/v2/files"), token);
    const Shown shown = {.token = token, .proof = proof};
    const std::string refused = mock.ask("PATCH", path, shown, patch_lines);
    EXPECT_THAT(refused, StartsWith("HTTP/1.1 401 "));
    EXPECT_THAT(refused, HasSubstr("WWW-Authenticate: DPoP error=\"invalid_dpop_proof\""));
    EXPECT_THAT(mock.ask_v2("HEAD", path, token), HasSubstr("Upload-Offset: 0\r\n"));
    const std::string good = mock.prove("PATCH", mock.url(path), token);
    const Shown twin = {.token = token, .proof = good};
    EXPECT_THAT(mock.ask("PATCH", path, twin, patch_lines), StartsWith("HTTP/1.1 204 "));
    // A second time it is a replay.
    EXPECT_THAT(mock.ask("PATCH", path, twin, patch_lines), StartsWith("HTTP/1.1 401 "));
}

// Every broken token and proof that `token` can make, beside a good one on the same route.
TEST(AuthVariants, WithEachBrokenVariant_CreatesNothing) {
    AuthMock mock;
    const std::string good = mock.mint();
    // What only a setting makes wrong: --exact-htu and --dpop-nonce.
    const std::set<std::string_view> passing = {"prf-htu-query", "prf-nonce-old"};
    std::ptrdiff_t accepted = 0;
    int refused = 0;
    const auto count = [&](const std::string& answer, std::string_view name) {
        const bool passes = name.empty() || passing.contains(name);
        EXPECT_EQ(answer.starts_with("HTTP/1.1 201 "), passes) << name << '\n' << answer;
        EXPECT_TRUE(passes || answer.starts_with("HTTP/1.1 40")) << name << '\n' << answer;
        if (passes) {
            ++accepted;
        } else {
            ++refused;
        }
        EXPECT_EQ(mock.uploads(), accepted) << name;
    };
    for (const auto& variant : mockserver::broken_tokens()) {
        const bool is_bearer = variant.name == "cred-downgrade";
        const std::string bad(variant.name);
        if (is_bearer) {
            count(mock.ask("POST", "/files", {.token = mock.mint_bearer(bad)}), bad);
        } else {
            count(mock.ask_v2("POST", "/v2/files", mock.mint(bad)), bad);
        }
    }
    count(mock.ask("POST", "/files", {.token = mock.mint_bearer()}), "");
    count(mock.ask_v2("POST", "/v2/files", mock.mint()), "");
    for (const auto& variant : mockserver::broken_proofs()) {
        const std::string bad(variant.name);
        const std::string proof = mock.prove("POST", mock.url("/v2/files"), good, bad);
        count(mock.ask("POST", "/v2/files", {.token = good, .proof = proof}), bad);
    }
    count(mock.ask_v2("POST", "/v2/files", good), "");
    std::cout << refused << " refused, " << accepted << " accepted\n";
    EXPECT_GE(refused, 90);
    EXPECT_EQ(accepted, 5);
}

TEST(AuthVariants, WithoutVersionOfTus_AnswersInTheOrderOfWhatItImitates) {
    for (const char* imitated : {"tusdotnet-2021", "strict-spec"}) {
        AuthMock mock({"--imitate", imitated});
        const bool strict = imitated == std::string_view("strict-spec");
        const std::string silent = mock.ask("POST", "/v2/files", {}, {});
        EXPECT_THAT(silent, StartsWith(strict ? "HTTP/1.1 401 " : "HTTP/1.1 404 ")) << imitated;
        for (const char* version : {"Tus-Resumable: 1.0.0", "Tus-Resumable: 0.2.2"}) {
            const std::string without = mock.ask("POST", "/v2/files", {}, {version});
            EXPECT_THAT(without, StartsWith("HTTP/1.1 401 ")) << imitated << version;
        }
        const std::string unknown = "/v2/files/00000000000000000000000000000000";
        EXPECT_THAT(mock.ask("HEAD", unknown, {}), StartsWith("HTTP/1.1 401 "));
        EXPECT_THAT(mock.ask_v2("HEAD", unknown, mock.mint()), StartsWith("HTTP/1.1 404 "));
        EXPECT_THAT(mock.ask("OPTIONS", "/v2/files", {}), StartsWith("HTTP/1.1 204 "));
        EXPECT_EQ(mock.uploads(), 0);
    }
}

TEST(AuthVariants, OverTls_WantsHttpsInTheProof) {
    AuthMock mock({"--tls"}, "https");
    const std::string token = mock.mint();
    EXPECT_THAT(mock.ask_v2("POST", "/v2/files", token), StartsWith("HTTP/1.1 201 "));
    const std::string plain = "http" + mock.url("/v2/files").substr(5);
    const std::string proof = mock.prove("POST", plain, token);
    const Shown shown = {.token = token, .proof = proof};
    EXPECT_THAT(mock.ask("POST", "/v2/files", shown), StartsWith("HTTP/1.1 401 "));
    EXPECT_EQ(mock.uploads(), 1);
}

TEST(AuthVariants, OfItsIssuer_ServesThePublicHalfAlone) {
    AuthMock mock;
    const auto get = [](const std::string& url) {
        return json::parse(test::run_program("curl", {"-sS", "--max-time", "20", url}).output);
    };
    const json discovery = get(mock.url("/sts/.well-known/openid-configuration"));
    EXPECT_EQ(discovery.at("issuer"), "https://sts.sfmkit.test");
    const json keys = get(discovery.at("jwks_uri")).at("keys");
    ASSERT_EQ(keys.size(), 1U);
    for (const char* secret : {"d", "p", "q", "dp", "dq", "qi"}) {
        EXPECT_FALSE(keys[0].contains(secret)) << secret;
    }
    const auto only_owner =
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
    const auto issuer_key = mock.data_folder() / "issuer" / "issuer.key.pem";
    EXPECT_EQ(std::filesystem::status(issuer_key).permissions(), only_owner);
    EXPECT_EQ(std::filesystem::status(mock.key()).permissions(), only_owner);
    // Served with these keys, another server takes the same tokens.
    const auto jwks = (mock.data_folder() / "issuer" / "issuer.jwks.json").string();
    AuthMock other({"--jwks", jwks});
    const std::string token = mock.mint_bearer();
    EXPECT_THAT(other.ask("POST", "/files", {.token = token}), StartsWith("HTTP/1.1 201 "));
    AuthMock stranger;
    EXPECT_THAT(stranger.ask("POST", "/files", {.token = token}), StartsWith("HTTP/1.1 401 "));
}

TEST(AuthVariants, WithKeysThatCannotBeRead_EndsWith2) {
    const test::TemporaryFolder folder;
    test::write_file(folder / "empty.json", R"({"keys": []})");
    for (const char* name : {"empty.json", "missing.json"}) {
        const auto run = sfmkit(
            {"serve",
             "--port",
             "0",
             "--data-dir",
             (folder / "data").string(),
             "--auth",
             "dpop",
             "--jwks",
             (folder / name).string()}
        );
        EXPECT_EQ(run.exit_code, 2) << run.output;
        EXPECT_THAT(run.output, HasSubstr(name));
    }
}

std::string sha256_of(const std::string& text) {
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    return platform::to_hex(platform::digest_of(*algorithms.sha256, platform::as_bytes(text)));
}

// The names of what was wrong are told, and hashes of tokens; never these themselves.
TEST(AuthVariants, OfWhatItIsShown_TellsNoSecretAnywhere) {
    AuthMock mock({"--finding-header"});
    const std::string token = mock.mint();
    const std::string made = mock.ask_v2("POST", "/v2/files", token);
    EXPECT_THAT(made, StartsWith("HTTP/1.1 201 "));
    EXPECT_THAT(mock.ask_v2("HEAD", location_in(made), token), StartsWith("HTTP/1.1 200 "));
    for (const char* bad : {"clm-exp", "clm-pid", "tok-otherkey", "tok-dup", "clm-org"}) {
        EXPECT_THAT(mock.ask_v2("POST", "/v2/files", mock.mint(bad)), StartsWith("HTTP/1.1 40"));
    }
    for (const char* bad : {"prf-htu", "prf-sig", "prf-ath-wrong", "prf-garbage"}) {
        const std::string proof = mock.prove("POST", mock.url("/v2/files"), token, bad);
        const Shown shown = {.token = token, .proof = proof};
        EXPECT_THAT(mock.ask("POST", "/v2/files", shown), StartsWith("HTTP/1.1 401 ")) << bad;
    }
    const std::string in_url = "/files?access_token=" + mock.mint_bearer();
    EXPECT_THAT(mock.ask("POST", in_url, {}), StartsWith("HTTP/1.1 401 "));
    const std::string folder = mock.data_folder().string();
    std::string told = mock.log() + mock.answers();
    const std::string har = sfmkit({"evidence", "har", folder}).output;
    const std::string lines = sfmkit({"evidence", "log", "--json", folder}).output;
    told += har + lines + sfmkit({"evidence", "log", folder}).output;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const bool is_evidence = entry.path().filename().string().starts_with("evidence");
        if (entry.is_regular_file() && is_evidence) told += test::read_file(entry.path());
    }
    EXPECT_GE(mock.secrets().size(), 30U);
    for (const std::string& secret : mock.secrets()) {
        EXPECT_THAT(told.find(secret), std::string::npos) << secret.substr(0, 12);
    }
    EXPECT_EQ(told.find("01817090067"), std::string::npos);  // the pid of minted tokens
    EXPECT_EQ(told.find("PRIVATE KEY"), std::string::npos);
    // The search finds what is meant to be there.
    EXPECT_THAT(har, HasSubstr("marker-of-curl"));
    EXPECT_THAT(lines, HasSubstr(sha256_of(token)));
    EXPECT_THAT(lines, HasSubstr("nhn:sfm:journal-id"));
    EXPECT_THAT(lines, HasSubstr("token.expired"));
}

}  // namespace
}  // namespace sfmkit
