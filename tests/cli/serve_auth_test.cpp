#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>
#include <string>

// `serve --auth` and `token` from outside.

namespace sfmkit {
namespace {

namespace fs = std::filesystem;

class ServeAuth : public testing::Test {
  protected:
    test::ProgramRun sfmkit(const std::vector<std::string>& arguments) {
        return test::run_program(test::build_folder() / "sfmkit", arguments);
    }

    std::string made(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "token");
        const auto ran = sfmkit(arguments);
        EXPECT_EQ(ran.exit_code, 0) << ran.output;
        return ran.output.substr(0, ran.output.find('\n'));
    }

    std::string token(std::vector<std::string> arguments = {}) {
        const std::string folder = (folder_ / "data" / "issuer").string();
        arguments.insert(arguments.begin(), {"mint", "--issuer-folder", folder});
        return made(arguments);
    }

    /// A creation; the whole answer.
    std::string create(const std::string& url, std::vector<std::string> fields) {
        std::vector<std::string> arguments = {
            "-sSi", "-X", "POST", "-H", "Tus-Resumable: 1.0.0", "-H", "Upload-Length: 0"
        };
        for (const std::string& field : fields) arguments.insert(arguments.end(), {"-H", field});
        arguments.push_back(url);
        return test::run_program("curl", arguments).output;
    }

    static std::string status(const std::string& answer) { return answer.substr(9, 3); }

    static std::string content(const fs::path& file) {
        std::ostringstream text;
        text << std::ifstream(file, std::ios::binary).rdbuf();
        return text.str();
    }

    test::TemporaryFolder folder_;
};

TEST_F(ServeAuth, TokensAndProofs_OfOurIssuer_AreJudgedInFull) {
    test::ServedMock mock(folder_.path(), {"--auth", "dpop", "--finding-header"});
    const std::string key = (folder_ / "dpop.pem").string();
    EXPECT_EQ(sfmkit({"token", "key", key}).exit_code, 0);
    EXPECT_EQ(sfmkit({"token", "key", key}).exit_code, 2) << "keys are never overwritten";
    const std::string v2 = "http://127.0.0.1:" + std::to_string(mock.port()) + "/v2/files";
    const std::string bound = token({"--key", key});
    const fs::path token_file = folder_ / "token.txt";
    std::ofstream(token_file) << bound << '\n';
    const auto proof = [&](const std::string& url, std::vector<std::string> more = {}) {
        more.insert(
            more.begin(),
            {"proof",
             "--key",
             key,
             "--method",
             "POST",
             "--url",
             url,
             "--token-file",
             token_file.string()}
        );
        return made(more);
    };
    const std::string credential = "Authorization: DPoP " + bound;
    const std::string good = proof(v2);
    EXPECT_EQ(status(create(v2, {credential, "DPoP: " + good})), "201");
    const std::string replayed = create(v2, {credential, "DPoP: " + good});
    EXPECT_EQ(status(replayed), "401");
    EXPECT_NE(replayed.find("error=\"invalid_dpop_proof\""), std::string::npos) << replayed;
    EXPECT_EQ(status(create(v2, {credential, "DPoP: " + proof(mock.url())})), "401");
    EXPECT_EQ(
        status(create(v2, {credential, "DPoP: " + proof(v2, {"--bad", "prf-iat-old"})})), "401"
    );
    EXPECT_EQ(status(create(v2, {credential})), "401");
    const std::string none = create(mock.url(), {});
    EXPECT_EQ(status(none), "401");
    EXPECT_NE(none.find("Sfmkit-Finding: AUT-01;"), std::string::npos) << none;
    const std::string bearer = token();
    EXPECT_EQ(status(create(mock.url(), {"Authorization: Bearer " + bearer})), "201");
    const std::string expired = token({"--bad", "clm-exp"});
    EXPECT_EQ(status(create(mock.url(), {"Authorization: Bearer " + expired})), "401");
    EXPECT_EQ(status(create(v2, {"Authorization: Bearer " + bearer})), "401");
    EXPECT_EQ(mock.stop(), 0);
    // What is secret reaches neither terminal nor evidence, in whatever form it is read.
    const std::string data = mock.data_folder().string();
    const std::string all = mock.log() + content(mock.data_folder() / "evidence.sqlite") +
                            sfmkit({"evidence", "log", data, "--json"}).output +
                            sfmkit({"evidence", "har", data}).output;
    EXPECT_NE(all.find("nhn:sfm:journal-id"), std::string::npos) << "claims are kept";
    for (const std::string& secret : {bound, good, bearer, expired}) {
        EXPECT_EQ(all.find(secret), std::string::npos);
        EXPECT_EQ(all.find(secret.substr(secret.rfind('.') + 1)), std::string::npos) << "signature";
    }
    EXPECT_EQ(all.find("01817090067"), std::string::npos) << "an identity number";
    EXPECT_EQ(all.find("PRIVATE KEY"), std::string::npos);
}

TEST_F(ServeAuth, KeysOfAnotherIssuer_AreTrustedAlone) {
    const fs::path other = folder_ / "other";
    const auto minted = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"mint", "--issuer-folder", other.string()});
        return made(more);
    };
    const std::string name = "https://issuer.test";
    const std::string good = minted({"--issuer", name, "--audience", "test"});
    test::ServedMock mock(
        folder_.path(),
        {"--auth",
         "validate",
         "--jwks",
         (other / "issuer.jwks.json").string(),
         "--issuer",
         name,
         "--audience",
         "test"}
    );
    EXPECT_EQ(status(create(mock.url(), {"Authorization: Bearer " + good})), "201");
    const std::string other_audience = minted({"--issuer", name});
    EXPECT_EQ(status(create(mock.url(), {"Authorization: Bearer " + other_audience})), "401");
    const std::string ours = token({"--issuer", name, "--audience", "test"});
    EXPECT_EQ(status(create(mock.url(), {"Authorization: Bearer " + ours})), "401");
    const std::string sts = "http://127.0.0.1:" + std::to_string(mock.port()) + "/sts/";
    const auto asked =
        test::run_program("curl", {"-sSi", sts + ".well-known/openid-configuration"});
    EXPECT_EQ(status(asked.output), "404") << "it is not our issuer";
}

TEST_F(ServeAuth, Discovery_OfOurIssuer_LeadsToItsKeys) {
    test::ServedMock mock(folder_.path(), {"--auth", "validate"});
    const std::string sts = "http://127.0.0.1:" + std::to_string(mock.port()) + "/sts/";
    const auto get = [](const std::string& url) {
        return nlohmann::json::parse(test::run_program("curl", {"-sS", url}).output);
    };
    const auto discovery = get(sts + ".well-known/openid-configuration");
    EXPECT_EQ(discovery["issuer"], "https://sts.sfmkit.test");
    const auto keys = get(discovery["jwks_uri"]);
    EXPECT_EQ(keys["keys"].size(), 1U);
    EXPECT_FALSE(keys["keys"][0].contains("d"));
}

TEST_F(ServeAuth, JwksThatIsNone_IsRefusedAtTheStart) {
    std::ofstream(folder_ / "no.json") << "[]";
    const auto ran = sfmkit(
        {"serve",
         "--port",
         "0",
         "--data-dir",
         (folder_ / "data").string(),
         "--auth",
         "validate",
         "--jwks",
         (folder_ / "no.json").string()}
    );
    EXPECT_EQ(ran.exit_code, 2) << ran.output;
    EXPECT_NE(ran.output.find("--jwks"), std::string::npos) << ran.output;
}

}  // namespace
}  // namespace sfmkit
