#include "fixtures/envelope_recipe.hpp"
#include "fixtures/zip_recipe.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/reference.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace sfmkit {
namespace {

/// What `open` answers to input that it cannot open. Each test ends with nothing written.
class OpenRefusal : public testing::Test {
  protected:
    test::ProgramRun open(
        const std::string& file,
        const std::string& key,
        const std::vector<std::string>& further = {}
    ) {
        std::vector<std::string> arguments = {
            "open", file, "--key", key, "--output", exported_.path("out.zip")
        };
        arguments.insert(arguments.end(), further.begin(), further.end());
        return test::run_sfmkit(arguments);
    }

    void expect_refused(const test::ProgramRun& run, int exit_code, const std::string& text) {
        EXPECT_EQ(run.exit_code, exit_code) << run.output;
        EXPECT_TRUE(run.output.starts_with("error: ")) << run.output;
        EXPECT_NE(run.output.find(text), std::string::npos) << run.output;
        EXPECT_NE(run.output.find("next: "), std::string::npos) << run.output;
        EXPECT_NE(run.output.find("[ERR-"), std::string::npos) << run.output;
        EXPECT_FALSE(std::filesystem::exists(exported_.path("out.zip")));
        EXPECT_FALSE(std::filesystem::exists(exported_.path("out.zip.partial")));
    }

    std::string copy_of_patient(std::size_t size) {
        const std::string content = test::read_file(exported_.patient_file());
        test::write_file(exported_.path("copy.pat"), content.substr(0, size));
        return exported_.path("copy.pat");
    }

    test::SealedExport exported_;
};

TEST_F(OpenRefusal, OfKeyOfAnotherRecipient_IsInconclusive) {
    for (const char* bits : {"2048", "3072"}) {
        const std::string other = exported_.path(std::string("other-") + bits);
        ASSERT_EQ(test::run_sfmkit({"keys", "new", other, "--bits", bits}).exit_code, 0);
        expect_refused(
            open(exported_.patient_file(), other + "/recipient.key.pem"), 3, "[ERR-wrong-key]"
        );
    }
}

TEST_F(OpenRefusal, OfKeyThatIsNotThereOrNoKey_IsUsage) {
    const auto missing = open(exported_.patient_file(), exported_.path("none.pem"));
    EXPECT_EQ(missing.exit_code, 2);
    EXPECT_NE(missing.output.find("[ERR-not-found]"), std::string::npos) << missing.output;
    expect_refused(
        open(exported_.patient_file(), exported_.certificate()), 2, "[ERR-unusable-key]"
    );
}

TEST_F(OpenRefusal, OfPlainFiles_SaysThatTheyArePlain) {
    test::write_file(exported_.path("a.zip"), "PK\x03\x04 and so on");
    test::write_file(exported_.path("a.xml"), "<?xml version=\"1.0\"?><a/>");
    expect_refused(open(exported_.path("a.zip"), exported_.key()), 1, "ENV-20");
    expect_refused(open(exported_.path("a.xml"), exported_.key()), 1, "ENV-20");
}

TEST_F(OpenRefusal, OfCutFiles_SaysWhere) {
    const std::size_t size = std::filesystem::file_size(exported_.patient_file());
    expect_refused(open(copy_of_patient(0), exported_.key()), 1, "ENV-01");
    expect_refused(open(copy_of_patient(100), exported_.key()), 1, "ENV-01");
    expect_refused(open(copy_of_patient(size - 1), exported_.key()), 1, "ENV-09");
    expect_refused(open(copy_of_patient(size - 16), exported_.key()), 1, "ENV-13");
}

TEST_F(OpenRefusal, OfExistingOutput_KeepsIt) {
    test::write_file(exported_.path("out.zip"), "mine");
    const auto run = open(exported_.patient_file(), exported_.key());
    EXPECT_EQ(run.exit_code, 2) << run.output;
    EXPECT_EQ(test::read_file(exported_.path("out.zip")), "mine");
}

TEST_F(OpenRefusal, OfUnknownOptionOrMissingKey_IsUsage) {
    EXPECT_EQ(open(exported_.patient_file(), exported_.key(), {"--quickly"}).exit_code, 2);
    EXPECT_EQ(test::run_sfmkit({"open", exported_.patient_file()}).exit_code, 2);
}

// One changed byte in the middle of the body leaves header and padding right.
TEST_F(OpenRefusal, OfChangedBody_ReleasesItOnlyRaw) {
    std::string content = test::read_file(exported_.patient_file());
    content[content.size() / 2] = static_cast<char>(content[content.size() / 2] ^ 1);
    test::write_file(exported_.path("copy.pat"), content);
    expect_refused(open(exported_.path("copy.pat"), exported_.key()), 1, "--raw");
    const auto raw = open(exported_.path("copy.pat"), exported_.key(), {"--raw"});
    EXPECT_EQ(raw.exit_code, 0) << raw.output;
    EXPECT_TRUE(std::filesystem::exists(exported_.path("out.zip")));
}

// What NHN's importer would hardly open is refused, told with its cause, and opened on demand.
TEST_F(OpenRefusal, OfWhatOnlyTolerantReadersOpen_OpensLenient) {
    auto key = platform::parse_private_key(
        platform::as_bytes(test::read_file(exported_.key())), exported_.key(), {}
    );
    ASSERT_TRUE(key.has_value());
    fixtures::ZipRecipe zip;
    zip.entries = {{.name = "PatientData.xml", .content = "<a/>"}};
    const std::string plaintext = fixtures::make_zip(zip);
    struct Row {
        const char* rule;
        const char* likely;
        std::function<void(fixtures::EnvelopeRecipe&)> change;
    };
    using fixtures::KeyPadding;
    for (const Row& row : {
             Row{"ENV-11", "Java: ", [](auto& r) { r.wrap = KeyPadding::oaep_sha512_mgf1_sha1; }},
             Row{"ENV-11", "Node: ", [](auto& r) { r.wrap = KeyPadding::oaep_sha1; }},
             Row{"ENV-17", "C#: ", [](auto& r) { r.with_extension = false; }},
             Row{"ENV-05", "NHN's encryptor", [](auto& r) { r.extension_field = ""; }},
         }) {
        fixtures::EnvelopeRecipe recipe = {.plaintext = plaintext};
        row.change(recipe);
        const std::string file = exported_.path("tolerable.pat");
        test::write_file(file, fixtures::make_envelope(recipe, key->get()));
        const auto refused = open(file, exported_.key());
        expect_refused(refused, 1, row.rule);
        EXPECT_NE(refused.output.find("proved: "), std::string::npos) << refused.output;
        EXPECT_NE(refused.output.find(row.likely), std::string::npos) << refused.output;
        EXPECT_NE(refused.output.find("--lenient"), std::string::npos) << refused.output;
        const auto opened = open(file, exported_.key(), {"--lenient"});
        EXPECT_EQ(opened.exit_code, 0) << opened.output;
        EXPECT_NE(opened.output.find(row.rule), std::string::npos) << opened.output;
        EXPECT_EQ(test::read_file(exported_.path("out.zip")), plaintext);
        std::filesystem::remove(exported_.path("out.zip"));
    }
}

// Other plaintext than an archive needs --raw, and --lenient is not enough.
TEST_F(OpenRefusal, OfPlaintextThatIsNoArchive_OpensRawOnly) {
    auto key = platform::parse_private_key(
        platform::as_bytes(test::read_file(exported_.key())), exported_.key(), {}
    );
    ASSERT_TRUE(key.has_value());
    const fixtures::EnvelopeRecipe recipe = {.plaintext = "<?xml version='1.0'?><a/>"};
    const std::string file = exported_.path("xml.pat");
    test::write_file(file, fixtures::make_envelope(recipe, key->get()));
    expect_refused(open(file, exported_.key()), 1, "--raw");
    expect_refused(open(file, exported_.key(), {"--lenient"}), 1, "--raw");
    EXPECT_EQ(open(file, exported_.key(), {"--raw"}).exit_code, 0);
    EXPECT_EQ(test::read_file(exported_.path("out.zip")), recipe.plaintext);
}

}  // namespace
}  // namespace sfmkit
