#include "tests/support/fixed_clock.hpp"
#include "tests/support/memory_file.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/verifier/recipe_world.hpp"
#include "verifier/checked_plaintext.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace sfmkit::verifier {
namespace {

constexpr std::size_t header_bytes = 288;

/// One valid patient file, its key, and what verify and open say of changed copies of it.
class Subject {
  public:
    Subject()
        : key_(fixtures::make_rsa_key(2048)), algorithms_(platform::CryptoAlgorithms::fetch()) {
        const fixtures::ExportRecipe recipe = test::sample_export();
        plaintext_ = fixtures::make_zip(recipe.patient_archive);
        fixtures::EnvelopeRecipe envelope = recipe.patient;
        envelope.plaintext = plaintext_;
        file_ = fixtures::make_envelope(envelope, key_.get());
    }

    const std::string& file() const noexcept { return file_; }

    findings::Report verify(const std::string& content) {
        test::write_file(path(), content);
        auto report = verify_file(
            world(), path(), "0e7bfd89-ff43-4c5a-a9e2-1af46ae33672.pat", {.key = &key_}
        );
        if (!report) throw std::runtime_error(platform::describe(report.error()));
        return std::move(*report);
    }

    platform::Result<CheckedPlaintext> open(const std::string& content, Release release) {
        test::write_file(path(), content);
        return open_checked(world(), path(), key_, release);
    }

    /// Does the raw plaintext equal the one that was sealed?
    bool decrypts_unchanged(const std::string& content) {
        const auto opened = open(content, Release::raw);
        if (!opened) return false;
        std::string text(plaintext_.size() + 64, '\0');
        const auto count = opened->plaintext->read_at(0, std::as_writable_bytes(std::span(text)));
        if (!count) return false;
        text.resize(*count);
        return text == plaintext_;
    }

  private:
    std::filesystem::path path() const { return folder_ / "changed.pat"; }
    VerifyWorld world() { return {files_, clock_, algorithms_}; }

    test::TemporaryFolder folder_;
    platform::SystemFiles files_;
    test::FixedClock clock_{std::chrono::sys_days(std::chrono::November / 22 / 2026)};
    platform::PrivateKey key_;
    platform::CryptoAlgorithms algorithms_;
    std::string plaintext_;
    std::string file_;
};

Subject& subject() {
    static Subject made;
    return made;
}

void expect_one_clear_message(const std::string& content) {
    const findings::Report report = subject().verify(content);
    EXPECT_EQ(report.verdict.conclusion, findings::Conclusion::does_not_conform);
    ASSERT_EQ(report.findings.size(), 1U);
    const auto opened = subject().open(content, Release::zip_only);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(platform::exit_code_for(opened.error().code), 1);
    EXPECT_FALSE(opened.error().what.empty());
    EXPECT_FALSE(opened.error().expected.empty());
    EXPECT_FALSE(opened.error().next.empty());
}

TEST(TruncatedEnvelope, AtEveryByteOfTheHeader_IsToldOnce) {
    for (std::size_t size = 0; size <= header_bytes; ++size) {
        SCOPED_TRACE(size);
        expect_one_clear_message(subject().file().substr(0, size));
    }
}

TEST(TruncatedEnvelope, AtTwentyPlacesOfTheBody_IsToldOnce) {
    const std::size_t body = subject().file().size() - header_bytes;
    for (std::size_t i = 0; i < 20; ++i) {
        const std::size_t size = header_bytes + body * i / 20 + (i % 2) * 3;
        SCOPED_TRACE(size);
        expect_one_clear_message(subject().file().substr(0, size));
    }
}

TEST(ChangedEnvelope, AtEveryByteOfTheHeader_IsNotSilent) {
    // These bytes of the IV change "version needed to extract" of the first local header, which
    // honest writers may fill differently from the directory and readers ignore.
    const std::set<std::size_t> without_meaning = {272, 273};
    for (std::size_t i = 0; i < header_bytes; ++i) {
        if (without_meaning.contains(i)) continue;
        std::string changed = subject().file();
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(subject().verify(changed).findings.empty()) << i;
    }
}

RC_GTEST_PROP(ChangedEnvelope, AtAnyByte_GivesAFindingOrAnotherPlaintext, ()) {
    std::string changed = subject().file();
    const auto place = *rc::gen::inRange<std::size_t>(0, changed.size());
    const auto mask = *rc::gen::inRange(1, 256);
    changed[place] = static_cast<char>(changed[place] ^ mask);
    const findings::Report report = subject().verify(changed);
    RC_ASSERT(!report.findings.empty() || !subject().decrypts_unchanged(changed));
}

TEST(Open, OfWhatIsNoZip_ReleasesItOnlyRaw) {
    fixtures::EnvelopeRecipe recipe;
    recipe.plaintext = "no archive";
    const platform::PrivateKey key = fixtures::make_rsa_key(2048);
    const test::TemporaryFolder folder;
    test::write_file(folder / "a.pat", fixtures::make_envelope(recipe, key.get()));
    platform::SystemFiles files;
    const platform::SystemClock clock;
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    const VerifyWorld world{files, clock, algorithms};

    const auto refused = open_checked(world, folder / "a.pat", key, Release::zip_only);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, platform::Errc::malformed);
    EXPECT_NE(refused.error().next.find("--raw"), std::string::npos);

    const auto released = open_checked(world, folder / "a.pat", key, Release::raw);
    ASSERT_TRUE(released.has_value());
    EXPECT_EQ(released->plaintext->size().value_or(0), recipe.plaintext.size());
}

TEST(Open, WithKeyOfAnotherRecipient_NamesTheKey) {
    const platform::PrivateKey key = fixtures::make_rsa_key(2048);
    const platform::PrivateKey longer = fixtures::make_rsa_key(3072);
    const test::TemporaryFolder folder;
    test::write_file(folder / "a.pat", subject().file());
    platform::SystemFiles files;
    const platform::SystemClock clock;
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    for (const platform::PrivateKey* wrong : {&key, &longer}) {
        const auto refused =
            open_checked({files, clock, algorithms}, folder / "a.pat", *wrong, Release::zip_only);
        ASSERT_FALSE(refused.has_value());
        EXPECT_EQ(refused.error().code, platform::Errc::wrong_key);
        EXPECT_EQ(platform::exit_code_for(refused.error().code), 3);
    }
}

}  // namespace
}  // namespace sfmkit::verifier
