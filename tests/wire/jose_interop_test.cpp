#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/wire/jose_keys.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>

namespace sfmkit::wire {
namespace {

using nlohmann::json;

/// The script beside npm jose, installed once for this build; empty when npm cannot.
std::filesystem::path node_script() {
    const auto source = test::source_folder() / "tests" / "interop" / "jose";
    const auto target = test::build_folder() / "interop" / "jose";
    const bool installed =
        std::filesystem::exists(target / "node_modules" / "jose" / "package.json") &&
        test::read_file(source / "package-lock.json") ==
            test::read_file(target / "package-lock.json");
    std::filesystem::create_directories(target);
    for (const char* name :
         {"package.json", "package-lock.json", ".npmrc", "exchange_tokens.mjs"}) {
        const auto overwrite = std::filesystem::copy_options::overwrite_existing;
        std::filesystem::copy_file(source / name, target / name, overwrite);
    }
    if (!installed &&
        test::run_program("npm", {"ci", "--prefix", target.string()}).exit_code != 0) {
        return {};
    }
    return target / "exchange_tokens.mjs";
}

json printed_by(const std::filesystem::path& script, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), script.string());
    const auto run = test::run_program("node", arguments);
    EXPECT_EQ(run.exit_code, 0) << run.output;
    return json::parse(run.output);
}

TEST(JoseInterop, WithNpmJose_EachSideTakesTheTokensOfTheOther) {
    if (!test::find_program("node") || !test::find_program("npm")) {
        SFM_SKIP_OR_FAIL("no Node.js here");
    }
    const auto script = node_script();
    if (script.empty()) SFM_SKIP_OR_FAIL("npm cannot install jose");
    const auto algorithms = platform::CryptoAlgorithms::fetch();

    json ours = json::array();
    int taken = 0;
    const json theirs = printed_by(script, {"make"});
    for (const json& made : theirs) {
        const std::string name = made["alg"];
        const auto algorithm = algorithm_named(name);
        ASSERT_TRUE(algorithm);
        const Jwk key = public_key(made["public"].dump());
        EXPECT_EQ(judged(made["token"].get<std::string>(), key), "accepted") << name;
        const auto claims = claims_of(*parse_jws(made["token"].get<std::string>()));
        ASSERT_TRUE(claims) << name;
        EXPECT_EQ(text_member(*claims, "alg_used"), name);
        EXPECT_EQ(text_member(*claims, "text"), "Blåbærsyltetøy");
        EXPECT_EQ(thumbprint(key, *algorithms.sha256), made["thumbprint"].get<std::string>());
        ++taken;
        const Jwk secret = private_key(made["private"].dump());
        JsonValue header;
        header.set("alg", name);
        const auto token =
            sign(print_json(header), R"({"text":"Rømmegrøt"})", *algorithm, *secret.get());
        ASSERT_TRUE(token) << name;
        const auto members = public_members(*secret.get());
        ASSERT_TRUE(members);
        ours.push_back(
            {{"alg", name}, {"token", *token}, {"jwk", json::parse(print_json(*members))}}
        );
        std::string spoilt = *token;
        spoilt[spoilt.size() - 20] = spoilt[spoilt.size() - 20] == 'A' ? 'B' : 'A';
        ours.push_back({{"alg", name}, {"token", spoilt}, {"jwk", ours.back()["jwk"]}});
    }
    const test::TemporaryFolder folder;
    test::write_file(folder.path() / "ours.json", ours.dump());
    int given = 0;
    int refused = 0;
    for (const json& seen : printed_by(script, {"check", (folder.path() / "ours.json").string()})) {
        if (seen.contains("error")) {
            EXPECT_EQ(seen["error"], "ERR_JWS_SIGNATURE_VERIFICATION_FAILED");
            ++refused;
            continue;
        }
        EXPECT_EQ(seen["payload"]["text"], "Rømmegrøt") << seen;
        EXPECT_EQ(seen["header"]["alg"], seen["alg"]);
        ++given;
    }
    EXPECT_EQ(taken, 9);
    EXPECT_EQ(given, 9);
    EXPECT_EQ(refused, 9);
}

}  // namespace
}  // namespace sfmkit::wire
