#include "fixtures/envelope_recipe.hpp"
#include "fixtures/zip_recipe.hpp"
#include "tests/support/memory_file.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "verifier/examined_envelope.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/pem.h>

#include <set>

namespace sfmkit::verifier {
namespace {

using enum FailureClass;
using fixtures::EnvelopeRecipe;
using fixtures::KeyPadding;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr unsigned bits = 2048;

std::string pem_of(const platform::PrivateKey& key) {
    const platform::Openssl<BIO> writer(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_PUBKEY(writer.get(), key.get()) != 1) throw std::runtime_error("PEM");
    char* data = nullptr;
    const long size = BIO_get_mem_data(writer.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string archive() {
    fixtures::ZipRecipe zip;
    zip.entries = {
        {.name = "PatientData.xml", .content = "<PasientExport>" + std::string(3000, 'a')},
    };
    return fixtures::make_zip(zip);
}

class DiagnosisOf : public testing::Test {
  protected:
    static const platform::PrivateKey& key() {
        static const auto made = fixtures::make_rsa_key(bits);
        return made;
    }
    static const platform::PrivateKey& other_key() {
        static const auto made = fixtures::make_rsa_key(bits);
        return made;
    }

    std::vector<Diagnosis> diagnoses(const std::string& content) {
        const test::MemoryFile file(content);
        auto examined = examine(file, &key(), algorithms_, LegacyLayout::decrypt);
        if (!examined) throw std::runtime_error(platform::describe(examined.error()));
        return std::move(examined->diagnoses);
    }
    std::vector<FailureClass> failures(const std::string& content) {
        std::vector<FailureClass> all;
        for (const Diagnosis& diagnosis : diagnoses(content)) all.push_back(diagnosis.failure);
        return all;
    }
    std::vector<FailureClass> failures(const EnvelopeRecipe& recipe) {
        return failures(fixtures::make_envelope(recipe, key().get()));
    }

    EnvelopeRecipe right_ = {.plaintext = archive()};
    platform::CryptoAlgorithms algorithms_ = platform::CryptoAlgorithms::fetch();
};

TEST_F(DiagnosisOf, RightFile_IsEmpty) {
    EXPECT_THAT(failures(right_), IsEmpty());
}

// One change to the right recipe each, so the right one is the twin of every row.
TEST_F(DiagnosisOf, RecipeWithOneMistake_IsItsClass) {
    struct Row {
        FailureClass failure;
        std::function<void(EnvelopeRecipe&)> change;
    };
    const std::vector<Row> rows = {
        {mgf1_sha1, [](auto& r) { r.wrap = KeyPadding::oaep_sha512_mgf1_sha1; }},
        {oaep_sha256, [](auto& r) { r.wrap = KeyPadding::oaep_sha256; }},
        {oaep_sha1, [](auto& r) { r.wrap = KeyPadding::oaep_sha1; }},
        {pkcs1_v15, [](auto& r) { r.wrap = KeyPadding::pkcs1_v15; }},
        {big_endian_lengths, [](auto& r) { r.big_endian = true; }},
        {raw_extension, [](auto& r) { r.extension_field = "zip"; }},
        {raw_extension, [](auto& r) { r.extension_field = "//8="; }},
        {empty_extension, [](auto& r) { r.extension_field = ""; }},
        {legacy_layout, [](auto& r) { r.with_extension = false; }},
        {rijndael_256, [](auto& r) { r.iv = std::string(32, 'i'); }},
        {gcm_iv, [](auto& r) { r.iv = std::string(12, 'i'); }},
        {other_iv_length, [](auto& r) { r.iv = std::string(8, 'i'); }},
        {impossible_lengths, [](auto& r) { r.key_length = 0xFFFFFFFF; }},
        {impossible_lengths, [](auto& r) { r.extension_length = 65; }},
        {exchanged_lengths, [](auto& r) { r.key_length = 16, r.iv_length = 256; }},
        {aes_128_or_192, [](auto& r) { r.wrapped_content = std::string(24, 'k'); }},
        {key_with_iv, [](auto& r) { r.wrapped_content = r.aes_key + r.iv; }},
        {key_as_text, [](auto& r) { r.wrapped_content = std::string(64, 'a'); }},
        {other_key_length, [](auto& r) { r.wrapped_content = "hemmelig"; }},
        {xml_inside, [](auto& r) { r.plaintext = "\xEF\xBB\xBF<PasientExport/>"; }},
        {other_content, [](auto& r) { r.plaintext = "%PDF-1.7"; }},
        {other_content, [](auto& r) { r.plaintext = ""; }},
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EnvelopeRecipe changed = right_;
        rows[i].change(changed);
        EXPECT_THAT(failures(changed), ElementsAre(rows[i].failure)) << "row " << i;
    }
}

TEST_F(DiagnosisOf, CutFile_DependsOnWhereItEnds) {
    const std::string file = fixtures::make_envelope(right_, key().get());
    EXPECT_THAT(failures(std::string()), ElementsAre(empty_file));
    EXPECT_THAT(failures(file.substr(0, 11)), ElementsAre(cut_header));
    EXPECT_THAT(failures(file.substr(0, 200)), ElementsAre(cut_header));
    EXPECT_THAT(failures(file.substr(0, 288)), ElementsAre(broken_blocks));
    EXPECT_THAT(failures(file.substr(0, file.size() - 1)), ElementsAre(broken_blocks));
    EXPECT_THAT(failures(file.substr(0, file.size() - 16)), ElementsAre(missing_last_block));
    EXPECT_THAT(failures(file), IsEmpty());
}

TEST_F(DiagnosisOf, FileForAnotherKey_DependsOnTheLength) {
    EXPECT_THAT(
        failures(fixtures::make_envelope(right_, other_key().get())), ElementsAre(wrong_recipient)
    );
    const auto longer = fixtures::make_rsa_key(3072);
    EXPECT_THAT(
        failures(fixtures::make_envelope(right_, longer.get())), ElementsAre(other_modulus)
    );
}

// With implicit rejection, which OpenSSL has since 3.2 and Debian since before, a key that does not
// fit gives random bytes as PKCS#1 v1.5; none of them may pass for a key.
TEST_F(DiagnosisOf, FileForAnotherKeyWithPkcs1_IsNeverTakenForPkcs1) {
    right_.wrap = KeyPadding::pkcs1_v15;
    for (int i = 0; i < 50; ++i) {
        right_.iv[0] = static_cast<char>(i);
        EXPECT_THAT(
            failures(fixtures::make_envelope(right_, other_key().get())),
            ElementsAre(wrong_recipient)
        );
    }
}

TEST_F(DiagnosisOf, SeveralMistakes_NamesEachThatCanBeSeen) {
    right_.extension_field = "zip";
    right_.wrap = KeyPadding::oaep_sha1;
    right_.plaintext = "<?xml version='1.0'?>";
    EXPECT_THAT(failures(right_), ElementsAre(raw_extension, oaep_sha1, xml_inside));
}

TEST_F(DiagnosisOf, AnyFailure_SaysWhatIsProvedAndWhatIsLikelyApart) {
    right_.wrap = KeyPadding::oaep_sha512_mgf1_sha1;
    const auto found = diagnoses(fixtures::make_envelope(right_, key().get()));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().rule, "ENV-11");
    EXPECT_THAT(
        found.front().proved,
        ElementsAre(
            "the wrapped key unwraps with OAEP SHA-512 with MGF1 SHA-1",
            "it does not unwrap with OAEP SHA-512 and MGF1 SHA-512"
        )
    );
    EXPECT_THAT(
        likely_text(found.front()), testing::HasSubstr("Java: OAEPWithSHA-512AndMGF1Padding")
    );
}

TEST_F(DiagnosisOf, EveryRow_HasTexts) {
    std::set<std::string_view> names;
    for (const FailureRow& row : failure_rows()) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_TRUE(row.rule.starts_with("ENV-")) << row.name;
        EXPECT_FALSE(row.likely.empty()) << row.name;
        EXPECT_FALSE(row.next.empty()) << row.name;
    }
}

// Oracle: Node's crypto module writes the files (tests/interop/node/broken_envelopes.mjs), each
// with one mistake; `right` is the twin of all.
class DiagnosisOfNodeFile : public DiagnosisOf {
  protected:
    void SetUp() override {
        if (!test::find_program("node")) SFM_SKIP_OR_FAIL("Node is not installed");
        test::write_file(folder_ / "plaintext.zip", archive());
        test::write_file(folder_ / "right.pem", pem_of(key()));
        test::write_file(folder_ / "other.pem", pem_of(other_key()));
        const auto script = test::source_folder() / "tests/interop/node/broken_envelopes.mjs";
        const auto run = test::run_program(
            "node",
            {script.string(),
             (folder_ / "plaintext.zip").string(),
             (folder_ / "right.pem").string(),
             (folder_ / "other.pem").string(),
             folder_.path().string()}
        );
        ASSERT_EQ(run.exit_code, 0) << run.output;
    }

    test::TemporaryFolder folder_;
};

TEST_F(DiagnosisOfNodeFile, WithEachMistake_IsItsClass) {
    struct Row {
        const char* name;
        FailureClass failure;
    };
    constexpr std::array rows = {
        Row{"oaep-sha256", oaep_sha256},
        Row{"oaep-sha1", oaep_sha1},
        Row{"pkcs1-v15", pkcs1_v15},
        Row{"big-endian-lengths", big_endian_lengths},
        Row{"raw-extension", raw_extension},
        Row{"raw-extension-with-dot", raw_extension},
        Row{"legacy-layout", legacy_layout},
        Row{"missing-last-block", missing_last_block},
        Row{"other-block-padding", other_block_padding},
        Row{"base64-of-file", base64_of_file},
        Row{"base64-with-line-ends", base64_of_file},
        Row{"gzip-of-file", gzip_of_file},
        Row{"utf16-of-file", utf16_of_file},
        Row{"gzip-inside", gzip_inside},
        Row{"double-encryption", double_encryption},
        Row{"double-encryption-in-base64", double_encryption},
        Row{"utf16-inside", utf16_inside},
        Row{"base64-inside", base64_inside},
        Row{"xml-inside", xml_inside},
        Row{"other-content", other_content},
        Row{"wrong-recipient", wrong_recipient},
        Row{"gcm-iv", gcm_iv},
        Row{"wrong-cipher", wrong_cipher},
        Row{"wrong-iv", wrong_iv},
        Row{"aes-128", aes_128_or_192},
        Row{"key-with-iv", key_with_iv},
        Row{"key-as-text", key_as_text},
        Row{"plain-file", plain_file},
        Row{"plain-gzip", plain_file},
        Row{"plain-base64", plain_file},
        Row{"plain-utf16", plain_file},
    };
    for (const Row& row : rows) {
        const auto content = test::read_file(folder_ / (std::string(row.name) + ".pat"));
        EXPECT_THAT(failures(content), ElementsAre(row.failure)) << row.name;
    }
    EXPECT_THAT(failures(test::read_file(folder_ / "right.pat")), IsEmpty());
}

// What became of the bytes is chance, and so is the rule that is broken first; the class is not.
TEST_F(DiagnosisOfNodeFile, WithBytesTakenForText_NamesTheText) {
    const auto found = failures(test::read_file(folder_ / "bytes-as-text.pat"));
    EXPECT_THAT(found, testing::Contains(bytes_as_text));
}

TEST_F(DiagnosisOfNodeFile, WithBytesTakenForLatin1_NamesTheText) {
    std::string text;
    for (const char byte : test::read_file(folder_ / "right.pat")) {
        const auto letter = static_cast<unsigned char>(byte);
        if (letter < 0x80U) {
            text += byte;
        } else {
            text += static_cast<char>(0xC0U | (letter >> 6U));
            text += static_cast<char>(0x80U | (letter & 0x3FU));
        }
    }
    EXPECT_THAT(failures(text), testing::Contains(bytes_as_text));
}

// Oracle: the openssl program wraps the AES key as javax.crypto does without a parameter spec.
TEST_F(DiagnosisOf, KeyWrappedByOpensslLikeJava_IsItsClass) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
    const test::TemporaryFolder folder;
    test::write_file(folder / "aes", right_.aes_key);
    test::write_file(folder / "public.pem", pem_of(key()));
    const auto wrapped_by_openssl = [&](const std::string& hash, const std::string& mgf1) {
        const auto run = test::run_program(
            "openssl",
            {"pkeyutl",
             "-encrypt",
             "-pubin",
             "-inkey",
             (folder / "public.pem").string(),
             "-pkeyopt",
             "rsa_padding_mode:oaep",
             "-pkeyopt",
             "rsa_oaep_md:" + hash,
             "-pkeyopt",
             "rsa_mgf1_md:" + mgf1,
             "-in",
             (folder / "aes").string(),
             "-out",
             (folder / "wrapped").string()}
        );
        EXPECT_EQ(run.exit_code, 0) << run.output;
        std::string file = fixtures::make_envelope(right_, key().get());
        return file.replace(12, bits / 8, test::read_file(folder / "wrapped"));
    };
    EXPECT_THAT(failures(wrapped_by_openssl("sha512", "sha1")), ElementsAre(mgf1_sha1));
    EXPECT_THAT(failures(wrapped_by_openssl("sha256", "sha1")), ElementsAre(oaep_sha256_mgf1_sha1));
    EXPECT_THAT(failures(wrapped_by_openssl("sha512", "sha512")), IsEmpty());
}

}  // namespace
}  // namespace sfmkit::verifier
