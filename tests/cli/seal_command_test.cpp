#include "tests/support/envelope_parts.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/rsa_keys.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace sfmkit {
namespace {

/// A folder with a plain file and a recipient; the program runs as users run it.
class SealCommand : public testing::Test {
  protected:
    void SetUp() override {
        if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
        keys_ = test::make_rsa_keys(folder_ / "keys", 2048);
        test::write_file(folder_ / "in.zip", "PK\3\4 plain");
        std::filesystem::create_directories(folder_ / "out");
    }

    test::ProgramRun seal(
        const std::string& input,
        const std::string& output,
        const std::filesystem::path& recipient,
        const std::vector<std::string>& further = {}
    ) {
        std::vector<std::string> arguments = {
            "seal", path(input), path(output), "--recipient", recipient.string()
        };
        arguments.insert(arguments.end(), further.begin(), further.end());
        return test::run_program(test::build_folder() / "sfmkit", arguments);
    }

    std::string path(const std::string& name) { return (folder_ / name).string(); }

    test::EnvelopeParts parts_of(const std::string& name) {
        return test::cut_envelope(test::read_file(folder_ / name));
    }

    /// One message with its id, exit code 2, nothing left behind.
    void expect_refused(
        const test::ProgramRun& run, const std::string& text, const std::string& id
    ) {
        EXPECT_EQ(run.exit_code, 2);
        EXPECT_TRUE(run.output.starts_with("error: ")) << run.output;
        EXPECT_NE(run.output.find(text), std::string::npos) << run.output;
        EXPECT_TRUE(run.output.ends_with("[ERR-" + id + "]\n")) << run.output;
        EXPECT_TRUE(std::filesystem::is_empty(folder_ / "out"));
    }

    test::TemporaryFolder folder_;
    test::RsaKeyFiles keys_;
};

// Oracle: the openssl program.
TEST_F(SealCommand, OfZip_IsOpenedByOpenssl) {
    const auto run = seal("in.zip", "out/a.pat", keys_.certificate_pem);
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_EQ(run.output, "sealed " + path("out/a.pat") + " (304 bytes)\n");
    EXPECT_EQ(
        test::open_with_openssl(test::read_file(folder_ / "out/a.pat"), keys_.key_pem),
        "PK\3\4 plain"
    );
    EXPECT_EQ(parts_of("out/a.pat").extension_field, "emlw");
}

TEST_F(SealCommand, ForCertificateAsDer_IsOpenedByOpenssl) {
    const auto der = folder_ / "recipient.cer";
    test::run_program(
        "openssl",
        {"x509", "-in", keys_.certificate_pem.string(), "-outform", "DER", "-out", der.string()}
    );
    EXPECT_EQ(seal("in.zip", "out/a.pat", der).exit_code, 0);
    EXPECT_EQ(
        test::open_with_openssl(test::read_file(folder_ / "out/a.pat"), keys_.key_pem),
        "PK\3\4 plain"
    );
}

TEST_F(SealCommand, Extension_IsTakenFromInUnlessNamed) {
    test::write_file(folder_ / "in.rpt", "PK\3\4 report");
    EXPECT_EQ(seal("in.rpt", "out/a.rpt", keys_.certificate_pem).exit_code, 0);
    EXPECT_EQ(parts_of("out/a.rpt").extension_field, "eHBz");  // base64 of xps
    EXPECT_EQ(seal("in.rpt", "out/b.rpt", keys_.certificate_pem, {"--ext", ".zip"}).exit_code, 0);
    EXPECT_EQ(parts_of("out/b.rpt").extension_field, "LnppcA==");  // base64 of .zip
}

TEST_F(SealCommand, ToExistingFile_NeedsForce) {
    test::write_file(folder_ / "there.pat", "before");
    expect_refused(seal("in.zip", "there.pat", keys_.certificate_pem), "--force", "already-exists");
    EXPECT_EQ(test::read_file(folder_ / "there.pat"), "before");
    EXPECT_EQ(seal("in.zip", "there.pat", keys_.certificate_pem, {"--force"}).exit_code, 0);
    EXPECT_EQ(test::read_file(folder_ / "there.pat").size(), 304U);
}

TEST_F(SealCommand, WithUnusableRecipient_IsRefused) {
    const auto ec_certificate = folder_ / "ec.pem";
    test::run_program(
        "openssl",
        {"req",
         "-x509",
         "-newkey",
         "ec",
         "-pkeyopt",
         "ec_paramgen_curve:P-256",
         "-noenc",
         "-days",
         "2",
         "-subj",
         "/CN=test",
         "-keyout",
         path("ec.key"),
         "-out",
         ec_certificate.string()}
    );
    const auto rsa_1024 = test::make_rsa_keys(folder_ / "keys", 1024).certificate_pem;
    test::write_file(folder_ / "empty.pem", "");
    struct Row {
        std::filesystem::path recipient;
        const char* text;
        const char* id;
    };
    for (const Row& row : {
             Row{ec_certificate, "found:    EC", "unusable-key"},
             Row{rsa_1024, "found:    1024 bits", "unusable-key"},
             Row{keys_.key_pem, "cannot read the certificate", "unusable-key"},
             Row{folder_ / "in.zip", "cannot read the certificate", "unusable-key"},
             Row{folder_ / "empty.pem", "empty", "unusable-key"},
             Row{folder_ / "no-such.pem", "No such file", "not-found"},
         }) {
        SCOPED_TRACE(row.recipient);
        expect_refused(seal("in.zip", "out/a.pat", row.recipient), row.text, row.id);
    }
}

TEST_F(SealCommand, WithUnusablePaths_IsRefused) {
    test::write_file(folder_ / "unnamed", "PK\3\4");
    struct Row {
        const char* input;
        const char* output;
        std::string text;
        const char* id;
    };
    for (const Row& row : {
             Row{"no-such.zip", "out/a.pat", path("no-such.zip"), "not-found"},
             Row{"in.zip", "no-such-folder/a.pat", path("no-such-folder/a.pat"), "not-found"},
             Row{"in.zip", "in.zip/a.pat", path("in.zip/a.pat"), "not-found"},
             Row{"in.zip", "out", "a folder of that name", "already-exists"},
             Row{"unnamed", "out/a.pat", "--ext", "usage"},
         }) {
        SCOPED_TRACE(row.input);
        SCOPED_TRACE(row.output);
        expect_refused(seal(row.input, row.output, keys_.certificate_pem), row.text, row.id);
    }
}

TEST_F(SealCommand, WithUnknownOption_SaysSo) {
    const auto run = seal("in.zip", "out/a.pat", keys_.certificate_pem, {"--recipients"});
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_NE(run.output.find("--recipients"), std::string::npos) << run.output;
}

TEST_F(SealCommand, Help_EndsWithTwoExamples) {
    const auto run = test::run_program(test::build_folder() / "sfmkit", {"seal", "--help"});
    EXPECT_EQ(run.exit_code, 0);
    const auto examples = run.output.find("Examples:\n  sfmkit seal ");
    ASSERT_NE(examples, std::string::npos) << run.output;
    EXPECT_NE(run.output.find("\n  sfmkit seal ", examples + 12), std::string::npos);
}

}  // namespace
}  // namespace sfmkit
