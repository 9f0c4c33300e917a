#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

// Oracle: Microsoft.IdentityModel, with which services on .NET judge tokens. It judges what we
// make, and makes what we judge.

namespace sfmkit {
namespace {

namespace fs = std::filesystem;

constexpr const char* our_issuer = "https://sts.sfmkit.test";
constexpr const char* our_audience = "e-helse:sfm.api";

/// The program, built with the package from NuGet; empty when it cannot be had.
fs::path identity_model_program() {
    if (!test::find_program("dotnet")) return {};
    const fs::path folder = test::build_folder() / "interop" / "identity-model";
    const auto project = test::source_folder() / "tests" / "interop" / "identity-model";
    const auto built = test::run_program(
        "dotnet",
        {"publish",
         (project / "identity-model.csproj").string(),
         "--configuration",
         "Release",
         "-v:q",
         "--artifacts-path",
         folder.string() + "-artifacts",
         "-p:PublishDir=" + folder.string() + "/"},
        std::chrono::seconds(200)
    );
    if (built.exit_code != 0) return {};
    return folder / "identity-model.dll";
}

class IdentityModel : public testing::Test {
  protected:
    std::vector<std::string> run(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), program_.string());
        const auto ran = test::run_program("dotnet", arguments);
        EXPECT_EQ(ran.exit_code, 0) << ran.output;
        std::vector<std::string> lines;
        std::istringstream text(ran.output);
        for (std::string line; std::getline(text, line);) lines.push_back(line);
        return lines;
    }

    /// What `sfmkit token` prints, in a file.
    std::string made(const std::string& name, std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "token");
        const auto ran = test::run_program(test::build_folder() / "sfmkit", arguments);
        EXPECT_EQ(ran.exit_code, 0) << ran.output;
        test::write_file(folder_ / name, ran.output);
        return (folder_ / name).string();
    }

    /// The status of a creation.
    static std::string create(const std::string& url, const std::vector<std::string>& fields) {
        std::vector<std::string> arguments = {
            "-sS",
            "-o",
            "/dev/null",
            "-w",
            "%{http_code}",
            "-X",
            "POST",
            "-H",
            "Tus-Resumable: 1.0.0",
            "-H",
            "Upload-Length: 0"
        };
        for (const std::string& field : fields) arguments.insert(arguments.end(), {"-H", field});
        arguments.push_back(url);
        return test::run_program("curl", arguments).output;
    }

    std::string theirs(const std::string& name) const { return test::read_file(folder_ / name); }

    const fs::path program_ = identity_model_program();
    test::TemporaryFolder folder_;
};

TEST_F(IdentityModel, WithTokensAndProofs_AgreesInBothDirections) {
    if (program_.empty()) SFM_SKIP_OR_FAIL("Microsoft.IdentityModel cannot be had from NuGet");
    const std::string issuer = (folder_ / "issuer").string();
    const auto mint = [&](const std::string& bad) {
        std::vector<std::string> arguments = {"mint", "--issuer-folder", issuer};
        if (!bad.empty()) arguments.insert(arguments.end(), {"--bad", bad});
        return made("token-" + bad, arguments);
    };
    const std::vector<std::string> bad = {
        "tok-sigflip", "tok-otherkey", "tok-none", "tok-alg-other", "clm-exp", "clm-iss", "clm-aud"
    };
    const std::string good = mint("");
    std::vector<std::string> arguments = {
        "check", our_issuer, our_audience, issuer + "/issuer.jwks.json", good
    };
    for (const std::string& name : bad) arguments.push_back(mint(name));
    const auto judged = run(arguments);
    ASSERT_EQ(judged.size(), bad.size() + 1);
    EXPECT_EQ(judged.front(), "valid");
    for (std::size_t i = 0; i < bad.size(); ++i) {
        EXPECT_TRUE(judged[i + 1].starts_with("SecurityToken")) << bad[i] << ": " << judged[i + 1];
    }
    const std::string key = (folder_ / "dpop.pem").string();
    made("nothing", {"key", key});
    const auto prove = [&](const std::string& name, const std::vector<std::string>& more) {
        std::vector<std::string> proof = {
            "proof",
            "--key",
            key,
            "--method",
            "POST",
            "--url",
            "http://localhost/v2/files",
            "--token-file",
            good
        };
        proof.insert(proof.end(), more.begin(), more.end());
        return made(name, proof);
    };
    const auto proofs = run(
        {"proof",
         prove("proof", {}),
         prove("proof-sig", {"--bad", "prf-sig"}),
         prove("proof-typ", {"--bad", "prf-typ"})}
    );
    ASSERT_EQ(proofs.size(), 3U);
    EXPECT_EQ(proofs[0], "valid");
    EXPECT_TRUE(proofs[1].starts_with("SecurityToken")) << proofs[1];
    EXPECT_TRUE(proofs[2].starts_with("SecurityToken")) << proofs[2];

    const std::string place = folder_.path().string();
    run({"mint", place, "https://issuer.test", "test"});
    test::ServedMock mock(
        folder_.path(),
        {"--auth",
         "dpop",
         "--any-claims",
         "--jwks",
         place + "/jwks.json",
         "--issuer",
         "https://issuer.test",
         "--audience",
         "test"}
    );
    const auto bearer = [&](const std::string& name) {
        return create(mock.url(), {"Authorization: Bearer " + theirs(name)});
    };
    EXPECT_EQ(bearer("good"), "201");
    for (const char* name : {"other-key", "ps256", "expired"})
        EXPECT_EQ(bearer(name), "401") << name;
    const std::string v2 = "http://127.0.0.1:" + std::to_string(mock.port()) + "/v2/files";
    run({"prove", place, "https://issuer.test", "test", v2});
    for (const std::string name : {"ps256", "es256"}) {
        const std::string token = "Authorization: DPoP " + theirs(name + ".token");
        const std::string proof = "DPoP: " + theirs(name + ".proof");
        EXPECT_EQ(create(v2, {token, proof}), "201") << name;
        EXPECT_EQ(create(v2, {token, proof}), "401") << name << " again";
    }
    const std::string mixed = "Authorization: DPoP " + theirs("ps256.token");
    run({"prove", place, "https://issuer.test", "test", v2});
    EXPECT_EQ(create(v2, {mixed, "DPoP: " + theirs("es256.proof")}), "401") << "another key";
}

}  // namespace
}  // namespace sfmkit
