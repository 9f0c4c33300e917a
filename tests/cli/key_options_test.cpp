#include "tests/cli/sealed_export.hpp"
#include "tests/support/reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace sfmkit {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* phrase = "blåbær og tyttebær";

/// The same key in the forms that openssl writes, and every command that takes one.
class KeyOptions : public testing::Test {
  protected:
    void SetUp() override {
        if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
        test::write_file(path("phrase"), std::string(phrase) + "\r\nsecond line\n");
        test::write_file(path("wrong"), "gal\n");
        const std::string out = "-passout";
        const std::string pass = "file:" + path("phrase-only");
        test::write_file(path("phrase-only"), phrase);
        openssl(
            {"pkcs8",
             "-topk8",
             "-v2",
             "aes-256-cbc",
             "-in",
             exported_.key(),
             "-out",
             path("locked.pem"),
             out,
             pass}
        );
        openssl(
            {"pkcs8",
             "-topk8",
             "-outform",
             "DER",
             "-v2",
             "aes-256-cbc",
             "-in",
             exported_.key(),
             "-out",
             path("locked.der"),
             out,
             pass}
        );
        openssl(
            {"pkcs8",
             "-topk8",
             "-nocrypt",
             "-outform",
             "DER",
             "-in",
             exported_.key(),
             "-out",
             path("open.der")}
        );
        openssl(
            {"pkcs12",
             "-export",
             "-inkey",
             exported_.key(),
             "-in",
             exported_.certificate(),
             "-out",
             path("modern.pfx"),
             out,
             pass}
        );
        // What Windows wrote up to Server 2016: 3DES for the key.
        openssl(
            {"pkcs12",
             "-export",
             "-keypbe",
             "PBE-SHA1-3DES",
             "-certpbe",
             "PBE-SHA1-3DES",
             "-macalg",
             "sha1",
             "-inkey",
             exported_.key(),
             "-in",
             exported_.certificate(),
             "-out",
             path("windows.pfx"),
             out,
             pass}
        );
    }

    void openssl(const std::vector<std::string>& arguments) {
        const auto run = test::run_program("openssl", arguments);
        ASSERT_EQ(run.exit_code, 0) << run.output;
    }
    std::string path(const std::string& name) { return exported_.path(name); }

    /// The arguments of each command that decrypts the patient file.
    std::vector<std::vector<std::string>> commands() {
        const std::string file = exported_.patient_file();
        std::filesystem::remove(path("out.zip"));
        return {
            {"open", file, "--output", path("out.zip")},
            {"inspect", file},
            {"verify", file},
        };
    }
    void expect_all(
        const std::string& key,
        const std::vector<std::string>& options,
        int exit_code,
        const std::string& text
    ) {
        for (std::vector<std::string> command : commands()) {
            command.insert(command.end(), {"--key", path(key)});
            command.insert(command.end(), options.begin(), options.end());
            const auto run = test::run_sfmkit(command);
            EXPECT_EQ(run.exit_code, exit_code) << command.front() << ' ' << key << run.output;
            EXPECT_THAT(run.output, HasSubstr(text)) << command.front() << ' ' << key;
            EXPECT_THAT(run.output, Not(HasSubstr(phrase)));
        }
    }
    /// A shell command line on a terminal of its own, with this typed (util-linux's script).
    test::ProgramRun on_terminal(const std::string& command_line, const std::string& typed) {
        test::write_file(path("typed"), typed);
        // A person types when the question stands there, however slow the machine is.
        const std::string seen = path("seen");
        std::filesystem::remove(seen);
        return test::run_program(
            "bash",
            {"-c",
             "(for look in $(seq 600); do grep -qs 'pass phrase of' '" + seen +
                 "' && break; sleep 0.1; done; sleep 0.2; cat '" + path("typed") +
                 "'; sleep 1) | script -qefc \"" + command_line + "\" '" + seen + "'"}
        );
    }

    test::SealedExport exported_;
};

TEST_F(KeyOptions, EveryFormOfKey_OpensWithItsPassPhrase) {
    for (const char* key : {"locked.pem", "locked.der", "modern.pfx", "windows.pfx"}) {
        expect_all(key, {"--pass-phrase-file", path("phrase")}, 0, "");
    }
    expect_all("open.der", {}, 0, "");
}

TEST_F(KeyOptions, WrongOrNoPassPhrase_IsUsage) {
    for (const char* key : {"locked.pem", "locked.der", "modern.pfx", "windows.pfx"}) {
        expect_all(
            key, {"--pass-phrase-file", path("wrong")}, 2, "the pass phrase given does not open it"
        );
        expect_all(key, {}, 2, "no pass phrase was given");
    }
    expect_all("locked.pem", {"--pass-phrase-env", "SFMKIT_NOT_SET"}, 2, "is not set");
    expect_all("locked.pem", {"--pass-phrase-file", path("none")}, 2, "[ERR-not-found]");
}

TEST_F(KeyOptions, PassPhraseInVariable_OpensTheKey) {
    const std::string sfmkit = (test::build_folder() / "sfmkit").string();
    const auto with = [&](const std::string& assignment, const std::string& options) {
        return test::run_program(
            "env",
            {"bash",
             "-c",
             assignment + " " + sfmkit + " inspect '" + exported_.patient_file() + "' --key '" +
                 path("locked.pem") + "' " + options}
        );
    };
    const std::string quoted = "'" + std::string(phrase) + "'";
    EXPECT_EQ(with("MINE=" + quoted, "--pass-phrase-env MINE").exit_code, 0);
    EXPECT_EQ(with("SFMKIT_PASS_PHRASE=" + quoted, "").exit_code, 0);
    EXPECT_EQ(with("MINE=gal", "--pass-phrase-env MINE").exit_code, 2);
    const std::string both = "--pass-phrase-env MINE --pass-phrase-file " + path("phrase");
    EXPECT_EQ(with("MINE=" + quoted, both).exit_code, 2);
}

TEST_F(KeyOptions, OnTerminal_AsksWithoutShowingWhatIsTyped) {
    if (!test::find_program("script")) SFM_SKIP_OR_FAIL("script of util-linux is not installed");
    const std::string command = (test::build_folder() / "sfmkit").string() + " inspect '" +
                                exported_.patient_file() + "' --key '" + path("locked.pem") + "'";
    const auto right = on_terminal(command, std::string(phrase) + "\n");
    EXPECT_EQ(right.exit_code, 0) << right.output;
    EXPECT_THAT(right.output, HasSubstr("pass phrase of "));
    EXPECT_THAT(right.output, HasSubstr("PatientData.xml"));
    EXPECT_THAT(right.output, Not(HasSubstr(phrase)));
    const auto wrong = on_terminal(command, "gal\n");
    EXPECT_EQ(wrong.exit_code, 2) << wrong.output;
    EXPECT_THAT(wrong.output, HasSubstr("the pass phrase given does not open it"));
}

}  // namespace
}  // namespace sfmkit
