#include "client/upload/proof_key.hpp"
#include "platform/openssl.hpp"
#include "platform/process.hpp"
#include "platform/random.hpp"
#include "tests/cli/npm_program.hpp"
#include "tests/cli/numbered_export.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

// `upload` over TLS and with proofs, against `serve`, whose judge shares no code with what makes
// the proofs, and npm jose.

namespace sfmkit {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

using Arguments = std::vector<std::string>;

test::ProgramRun sfmkit(const Arguments& arguments) {
    return test::run_program(test::build_folder() / "sfmkit", arguments);
}

/// A mock over TLS, an export for it, and keys of one client.
class SecureMock {
  public:
    explicit SecureMock(Arguments options = {})
        : files_(folder_, 2, 3000), mock_(folder_ / "mock", with_tls(std::move(options))) {
        const std::string make_ec =
            "openssl ecparam -name prime256v1 -genkey -noout -out '" + file("ec.pem") + "'";
        EXPECT_EQ(sfmkit({"token", "key", file("rsa.pem")}).exit_code, 0);
        EXPECT_EQ(test::run_program("sh", {"-c", "umask 077; " + make_ec}).exit_code, 0);
    }

    std::string file(const std::string& name) const { return (folder_ / name).string(); }
    std::string authority() const { return (mock_.data_folder() / "tls/ca.cert.pem").string(); }
    std::string url(const std::string& path, const std::string& host = "localhost") const {
        return "https://" + host + ":" + std::to_string(mock_.port()) + path;
    }

    /// Prints a new token each time; the first is expired.
    std::string token_command(const std::string& key) const {
        const std::string mint =
            "'" + (test::build_folder() / "sfmkit").string() + "' token mint --issuer-folder '" +
            (mock_.data_folder() / "issuer").string() + "' --key '" + file(key) + "'";
        return "if mkdir '" + file("first") + "' 2>/dev/null; then " + mint +
               " --bad clm-exp; else " + mint + "; fi | tee -a '" + file("tokens") + "'";
    }
    test::ProgramRun upload(const std::string& to, const Arguments& more) const {
        Arguments arguments = {"upload", files_.folder(), "--url", to, "--tries", "2"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return sfmkit(arguments);
    }
    std::string requests() const {
        return sfmkit({"evidence", "log", mock_.data_folder().string()}).output;
    }
    /// What runs remember: the journal and the ledger.
    std::string memory() const {
        return test::read_file(files_.folder() + ".journal") +
               test::read_file(files_.folder() + "/.ledger");
    }
    void expect_stored_once() const { files_.expect_stored_once(mock_); }

  private:
    static Arguments with_tls(Arguments options) {
        options.insert(options.begin(), "--tls");
        return options;
    }

    test::TemporaryFolder folder_;
    test::NumberedExport files_;
    test::ServedMock mock_;
};

TEST(UploadAccess, WithAKeyAndANonce_RenewsTheTokenAndEveryRequestIsProved) {
    for (const std::string key : {"rsa.pem", "ec.pem"}) {
        const SecureMock mock({"--auth", "dpop", "--dpop-nonce", "--token-expiry", "strict"});
        const Arguments good = {
            "--ca",
            mock.authority(),
            "--dpop-key",
            mock.file(key),
            "--token-command",
            mock.token_command(key),
            "--chunk-size",
            "1000",
            "--ledger"
        };
        const auto run = mock.upload(mock.url("/v2/files"), good);
        EXPECT_EQ(run.exit_code, 0) << run.output;
        mock.expect_stored_once();
        // One refusal for the nonce, one for the expired token; then all goes through.
        EXPECT_THAT(run.output, HasSubstr("retries 1,"));
        const std::string tokens = test::read_file(mock.file("tokens"));
        EXPECT_EQ(std::count(tokens.begin(), tokens.end(), '\n'), 2);
        ASSERT_GT(tokens.size(), 1200U);
        const std::string left = run.output + mock.memory();
        for (const std::string& secret : {tokens, test::read_file(mock.file(key))}) {
            for (std::size_t at = 0; at + 30 <= secret.size(); at += 30) {
                EXPECT_THAT(left, Not(HasSubstr(secret.substr(at, 30))));
            }
        }
    }
}

TEST(UploadAccess, WithAnotherKeyThanTheTokens_IsRefused) {
    const SecureMock mock({"--auth", "dpop"});
    const auto run = mock.upload(
        mock.url("/v2/files"),
        {"--ca",
         mock.authority(),
         "--dpop-key",
         mock.file("ec.pem"),
         "--token-command",
         mock.token_command("rsa.pem")}
    );
    EXPECT_EQ(run.exit_code, 3) << run.output;
    EXPECT_THAT(run.output, HasSubstr("401 Unauthorized"));
}

TEST(UploadAccess, KeyThatOthersMayRead_IsRefusedAndNothingIsSent) {
    const SecureMock mock;
    const Arguments key = {
        "--ca",
        mock.authority(),
        "--dpop-key",
        mock.file("ec.pem"),
        "--token-command",
        mock.token_command("ec.pem")
    };
    ASSERT_EQ(test::run_program("chmod", {"640", mock.file("ec.pem")}).exit_code, 0);
    const auto open = mock.upload(mock.url("/v2/files"), key);
    EXPECT_EQ(open.exit_code, 2) << open.output;
    EXPECT_THAT(open.output, HasSubstr("chmod 600 " + mock.file("ec.pem")));
    EXPECT_THAT(mock.requests(), Not(HasSubstr("POST")));
    ASSERT_EQ(test::run_program("chmod", {"600", mock.file("ec.pem")}).exit_code, 0);
    EXPECT_EQ(mock.upload(mock.url("/v2/files"), key).exit_code, 0);
}

TEST(UploadAccess, ReportInPlaceOfAFileThatIsRead_IsRefusedAndTheFileStays) {
    const SecureMock mock;
    const std::string key = mock.file("ec.pem");
    const std::string before = test::read_file(key) + test::read_file(mock.authority());
    const Arguments good = {
        "--ca",
        mock.authority(),
        "--dpop-key",
        key,
        "--token-command",
        mock.token_command("ec.pem"),
        "--report"
    };
    for (const std::string& read : {key, mock.authority(), mock.file("./ec.pem")}) {
        Arguments bad = good;
        bad.push_back("json=" + read);
        const auto run = mock.upload(mock.url("/v2/files"), bad);
        EXPECT_EQ(run.exit_code, 2) << run.output;
        EXPECT_THAT(run.output, HasSubstr("the report would replace a file that is read"));
        EXPECT_EQ(test::read_file(key) + test::read_file(mock.authority()), before);
    }
    Arguments elsewhere = good;
    elsewhere.push_back("json=" + mock.file("report"));
    EXPECT_EQ(mock.upload(mock.url("/v2/files"), elsewhere).exit_code, 0);
}

TEST(UploadAccess, TokenFileThatOthersMayRead_BringsAWarning) {
    for (const std::string mode : {"644", "600"}) {
        const SecureMock mock;
        const std::string file = mock.file("token");
        test::write_file(file, "not-a-real-token");
        ASSERT_EQ(test::run_program("chmod", {mode, file}).exit_code, 0);
        const auto run =
            mock.upload(mock.url("/files"), {"--ca", mock.authority(), "--token-file", file});
        EXPECT_EQ(run.exit_code, 0) << run.output;
        EXPECT_EQ(run.output.find("chmod 600 " + file) != std::string::npos, mode == "644");
    }
}

/// A program between client and server, and the port on which it listens.
class ProofProxy {
  public:
    ProofProxy(
        const test::TemporaryFolder& folder, std::uint16_t target, const std::string& mistake
    )
        : output_(folder / (mistake + ".port")) {
        const auto script = test::source_folder() / "tests/interop/node/proof_proxy.mjs";
        auto started = platform::ChildProcess::start(
            {.program = *test::find_program("node"),
             .arguments = {script.string(), std::to_string(target), mistake},
             .output = output_}
        );
        process_.emplace(std::move(started.value()));
        const auto given_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!test::read_file(output_).ends_with('\n')) {
            if (std::chrono::steady_clock::now() > given_up) {
                throw std::runtime_error("the proxy does not listen");
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }
    std::string url() const {
        std::string port = test::read_file(output_);
        port.pop_back();
        return "http://127.0.0.1:" + port + "/v2/files";
    }

  private:
    std::filesystem::path output_;
    std::optional<platform::ChildProcess> process_;
};

// Each bad client is the good one behind a proxy that brings one mistake in; behind the one that
// changes nothing the same run passes.
TEST(UploadAccess, BadClients_AreRefusedForTheirOneMistake) {
    if (!test::find_program("node")) GTEST_SKIP() << "needs node";
    const test::TemporaryFolder folder;
    const test::ServedMock mock(folder / "mock", {"--auth", "dpop", "--dpop-nonce"});
    const std::string issuer = (mock.data_folder() / "issuer").string();
    const std::string key = (folder / "rsa.pem").string();
    const std::string token = (folder / "token").string();
    ASSERT_EQ(sfmkit({"token", "key", key}).exit_code, 0);
    const auto minted = sfmkit({"token", "mint", "--issuer-folder", issuer, "--key", key});
    test::write_file(token, minted.output);
    const std::vector<std::string> mistakes = {
        "none", "proof-again", "proof-of-create", "nonce-ignored", "proof-left-out", "as-bearer"
    };
    for (const std::string& mistake : mistakes) {
        const test::TemporaryFolder place;
        const test::NumberedExport files(place, 2, 300'000);
        const ProofProxy proxy(folder, mock.port(), mistake);
        Arguments arguments = upload_arguments(files, proxy.url());
        for (const char* more : {"--dpop-key", key.c_str(), "--token-file", token.c_str()}) {
            arguments.emplace_back(more);
        }
        const auto run = sfmkit(arguments);
        EXPECT_EQ(run.exit_code == 0, mistake == "none") << mistake << '\n' << run.output;
        EXPECT_EQ(run.output.find("401") == std::string::npos, mistake == "none") << run.output;
    }
}

struct Distrust {
    std::string fault;
    std::string told;
    std::string host = "localhost";
};

class UploadDistrust : public testing::TestWithParam<Distrust> {};

TEST_P(UploadDistrust, SendsNothingAndEndsAtOnce) {
    const Distrust& distrust = GetParam();
    const SecureMock mock({"--tls-fault", distrust.fault});
    const Arguments trust = {"--ca", mock.authority(), "--json"};
    const auto run = mock.upload(mock.url("/files", distrust.host), trust);
    EXPECT_EQ(run.exit_code, 2) << run.output;
    EXPECT_THAT(run.output, HasSubstr(distrust.told));
    EXPECT_THAT(run.output, HasSubstr("\"orphans\": 0"));
    EXPECT_THAT(mock.requests(), Not(HasSubstr("POST")));
    // The fault alone kept it away: who does not look goes through.
    EXPECT_EQ(mock.upload(mock.url("/files"), {"--insecure"}).exit_code, 0);
    mock.expect_stored_once();
}

INSTANTIATE_TEST_SUITE_P(
    Faults,
    UploadDistrust,
    testing::Values(
        Distrust{"expired", "has expired"},
        Distrust{"wrong-name", "DNS:other.test"},
        Distrust{"wrong-name", "DNS:other.test", "127.0.0.1"},
        Distrust{"unknown-ca", "nobody who is trusted vouches"}
    ),
    [](const testing::TestParamInfo<Distrust>& row) { return "Fault" + std::to_string(row.index); }
);

TEST(UploadAccess, OverTls_TrustsTheAuthorityForNamesAndAddresses) {
    for (const std::string host : {"localhost", "127.0.0.1"}) {
        const SecureMock mock;
        const auto unknown = mock.upload(mock.url("/files", host), {});
        EXPECT_EQ(unknown.exit_code, 2) << unknown.output;
        EXPECT_THAT(unknown.output, HasSubstr("nobody who is trusted vouches"));
        const auto run = mock.upload(mock.url("/files", host), {"--ca", mock.authority()});
        EXPECT_EQ(run.exit_code, 0) << run.output;
        mock.expect_stored_once();
    }
}

TEST(UploadAccess, EndWithoutCloseNotify_HarmsNothing) {
    const SecureMock mock({"--tls-fault", "no-close-notify"});
    EXPECT_EQ(mock.upload(mock.url("/files"), {"--ca", mock.authority()}).exit_code, 0);
    mock.expect_stored_once();
}

/// Proofs in pairs with the key that they show, as the script takes them.
json proofs_for_jose(const SecureMock& mock) {
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    platform::SystemRandom random;
    json proofs = json::array();
    for (const std::string name : {"rsa.pem", "ec.pem"}) {
        const std::string pem = test::read_file(mock.file(name));
        const auto key = client::ProofKey::parse(platform::as_bytes(pem), name);
        EXPECT_TRUE(key.has_value());
        const client::ProofRequest request{
            .method = "PATCH",
            .url = client::parse_url("https://localhost:443/v2/files/1?a=b").value(),
            .token = "a.b.c",
            .nonce = "n1",
            .now = platform::SystemClock().wall_now()
        };
        const std::string proof = key->prove(request, random, *algorithms.sha256);
        const std::string header = proof.substr(0, proof.find('.'));
        const auto decoded = test::run_program(
            "node", {"-p", "Buffer.from('" + header + "', 'base64url').toString()"}
        );
        const json told = json::parse(decoded.output);
        EXPECT_EQ(told["typ"], "dpop+jwt");
        EXPECT_FALSE(told["jwk"].contains("d"));
        proofs.push_back({{"alg", told["alg"]}, {"token", proof}, {"jwk", told["jwk"]}});
    }
    return proofs;
}

TEST(UploadAccess, ProofsOfRsaAndEc_AreGoodForJose) {
    const auto script = test::npm_program("jose", "jose", "exchange_tokens.mjs");
    if (script.empty()) GTEST_SKIP() << "needs node and npm";
    const SecureMock mock;
    const std::string file = mock.file("proofs.json");
    test::write_file(file, proofs_for_jose(mock).dump());
    const auto run = test::run_program("node", {script.string(), "check", file});
    const json seen = json::parse(run.output);
    ASSERT_EQ(seen.size(), 2U);
    const std::vector<std::string> algorithms = {"PS256", "ES256"};
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_FALSE(seen[i].contains("error")) << seen[i];
        EXPECT_EQ(seen[i]["header"]["alg"], algorithms[i]);
        EXPECT_EQ(seen[i]["payload"]["htm"], "PATCH");
        EXPECT_EQ(seen[i]["payload"]["htu"], "https://localhost/v2/files/1");
        EXPECT_EQ(seen[i]["payload"]["nonce"], "n1");
        // SHA-256 of "a.b.c", by the openssl program.
        EXPECT_EQ(seen[i]["payload"]["ath"], "hF4wRIgJ4ryJWOsCW_x5UjXROwd6U9DDq70jhRcNybg");
    }
    EXPECT_NE(seen[0]["payload"]["jti"], seen[1]["payload"]["jti"]);
}

}  // namespace
}  // namespace sfmkit
