#include "client/encoder/seal_file.hpp"

#include "client/encoder/encoder.hpp"
#include "client/encoder/pending_file.hpp"
#include "tests/support/envelope_parts.hpp"
#include "tests/support/forwarding_files.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/rsa_keys.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace sfmkit::client {
namespace {

using platform::Result;

/// A folder with a recipient's keys, and what seal_file takes.
class SealFile : public testing::Test {
  protected:
    void SetUp() override {
        if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
        keys_ = test::make_rsa_keys(folder_ / "keys", 2048);
        certificate_.emplace(test::read_certificate(keys_.certificate_pem));
    }

    Sealing sealing() { return {*certificate_, random_, algorithms_}; }

    std::vector<std::string> names_in(const std::string& name) {
        std::vector<std::string> names;
        const auto entries = files_.list(folder_ / name).value();
        for (const auto& entry : entries) names.push_back(entry.name);
        return names;
    }

    test::TemporaryFolder folder_;
    platform::SystemFiles files_;
    platform::SystemRandom random_;
    platform::CryptoAlgorithms algorithms_ = platform::CryptoAlgorithms::fetch();
    test::RsaKeyFiles keys_;
    std::optional<platform::Certificate> certificate_;
};

// Oracle: the openssl program. Sizes: 28 + 256 + 4 bytes and whole blocks.
TEST_F(SealFile, OfOfficialZips_IsOpenedByOpensslToTheSameBytes) {
    struct Row {
        const char* name;
        std::uint64_t sealed_bytes;
    };
    for (const Row& row : {
             Row{"0e7bfd89-ff43-4c5a-a9e2-1af46ae33672.zip", 589696},
             Row{"ExportData.zip", 39648},
         }) {
        const auto official = test::reference_file(std::string("data/") + row.name);
        if (!official) SFM_SKIP_OR_FAIL("the official zips are not there");
        const auto target = folder_ / (std::string(row.name) + ".sealed");
        const auto size = seal_file(
            files_, sealing(), {.input = *official, .output = target, .extension = "zip"}
        );
        ASSERT_TRUE(size.has_value()) << platform::describe(size.error());
        EXPECT_EQ(*size, row.sealed_bytes);
        const std::string envelope = test::read_file(target);
        EXPECT_EQ(envelope.size(), row.sealed_bytes);
        EXPECT_EQ(test::open_with_openssl(envelope, keys_.key_pem), test::read_file(*official));
    }
}

TEST_F(SealFile, ByTheEncoder_OpensAndIsNeverReplaced) {
    auto encoder = Encoder::for_recipient(files_, random_, keys_.certificate_pem);
    ASSERT_TRUE(encoder.has_value());
    test::write_file(folder_ / "report.xps", "report");
    const auto target = folder_ / "export" / "Reports0" / "report.rpt";
    const auto size = encoder->seal(folder_ / "report.xps", target);
    ASSERT_TRUE(size.has_value()) << platform::describe(size.error());
    const std::string envelope = test::read_file(target);
    EXPECT_EQ(*size, envelope.size());
    EXPECT_EQ(envelope.substr(284, 4), "eHBz");  // base64 of xps
    EXPECT_EQ(test::open_with_openssl(envelope, keys_.key_pem), "report");
    const auto again = encoder->seal(folder_ / "report.xps", target);
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().code, platform::Errc::already_exists);
    EXPECT_EQ(test::read_file(target), envelope);
}

TEST_F(SealFile, ByTheEncoder_ForAShortKeyOrNoCertificate_IsRefusedAtOnce) {
    const auto short_keys = test::make_rsa_keys(folder_ / "short", 1536);
    const auto too_short = Encoder::for_recipient(files_, random_, short_keys.certificate_pem);
    ASSERT_FALSE(too_short.has_value());
    EXPECT_EQ(too_short.error().code, platform::Errc::unusable_key);
    EXPECT_FALSE(Encoder::for_recipient(files_, random_, keys_.key_pem).has_value());
    EXPECT_FALSE(Encoder::for_recipient(files_, random_, folder_ / "nowhere").has_value());
}

TEST_F(SealFile, ByTheEncoder_IndexNamesThePatientsOfAllNumberedFolders) {
    auto encoder = Encoder::for_recipient(files_, random_, keys_.certificate_pem);
    ASSERT_TRUE(encoder.has_value());
    for (const char* name :
         {"Patients1/b.pat", "Patients0/a.pat", "Patients0/a.txt", "Patients/c.pat"}) {
        const auto path = folder_ / "export" / name;
        std::filesystem::create_directories(path.parent_path());
        test::write_file(path, "sealed");
    }
    ASSERT_TRUE(encoder->write_index(folder_ / "export").has_value());
    EXPECT_EQ(
        test::read_file(folder_ / "export" / "Index.txt"),
        "Patients0\\a.pat\r\nPatients1\\b.pat\r\n"
    );
}

TEST_F(SealFile, ToExistingFile_KeepsItUnlessReplacing) {
    test::write_file(folder_ / "in", "plain");
    test::write_file(folder_ / "out" / "a.pat", "before");
    SealFileOptions options{
        .input = folder_ / "in", .output = folder_ / "out" / "a.pat", .extension = "zip"
    };
    const auto kept = seal_file(files_, sealing(), options);
    ASSERT_FALSE(kept.has_value());
    EXPECT_EQ(kept.error().code, platform::Errc::already_exists);
    EXPECT_EQ(test::read_file(options.output), "before");

    options.existing = platform::Existing::replace;
    ASSERT_TRUE(seal_file(files_, sealing(), options).has_value());
    EXPECT_EQ(test::open_with_openssl(test::read_file(options.output), keys_.key_pem), "plain");
    EXPECT_EQ(names_in("out"), std::vector<std::string>{"a.pat"});
}

TEST_F(SealFile, OfMissingFile_LeavesNothing) {
    std::filesystem::create_directories(folder_ / "out");
    const auto size = seal_file(
        files_,
        sealing(),
        {.input = folder_ / "in", .output = folder_ / "out" / "a.pat", .extension = "zip"}
    );
    ASSERT_FALSE(size.has_value());
    EXPECT_EQ(size.error().code, platform::Errc::not_found);
    EXPECT_EQ(size.error().where, (folder_ / "in").string());
    EXPECT_TRUE(names_in("out").empty());
}

TEST_F(SealFile, WhenAnyStepFails_LeavesNothingAndKeepsWhatWasThere) {
    test::write_file(folder_ / "in", std::string(200'000, 'x'));
    test::write_file(folder_ / "out" / "old.pat", "before");
    std::size_t failures = 0;
    for (std::size_t step = 0;; ++step) {
        test::FailingFiles failing(files_, step);
        const auto size = seal_file(
            failing,
            sealing(),
            {.input = folder_ / "in",
             .output = folder_ / "out" / "old.pat",
             .extension = "zip",
             .existing = platform::Existing::replace}
        );
        if (!failing.failed()) {
            EXPECT_TRUE(size.has_value());
            break;
        }
        ++failures;
        ASSERT_FALSE(size.has_value()) << "step " << step;
        EXPECT_EQ(size.error().code, platform::Errc::disk_full);
        EXPECT_EQ(names_in("out"), std::vector<std::string>{"old.pat"}) << "step " << step;
        EXPECT_EQ(test::read_file(folder_ / "out" / "old.pat"), "before") << "step " << step;
    }
    // Create, the header, four pieces, the last block, close, rename.
    EXPECT_EQ(failures, 9U);
}

// The other name stands for a writer that still has the leftover open.
TEST_F(SealFile, BesideALeftover_WritesAFileOfItsOwn) {
    test::write_file(folder_ / "in", "plain");
    test::write_file(folder_ / "out/a.pat.partial", "of another writer");
    std::filesystem::create_hard_link(folder_ / "out/a.pat.partial", folder_ / "held");

    const auto size = seal_file(
        files_,
        sealing(),
        {.input = folder_ / "in", .output = folder_ / "out/a.pat", .extension = "zip"}
    );

    ASSERT_TRUE(size.has_value()) << platform::describe(size.error());
    EXPECT_EQ(test::read_file(folder_ / "held"), "of another writer");
    EXPECT_EQ(names_in("out"), std::vector<std::string>{"a.pat"});
    EXPECT_EQ(std::filesystem::file_size(folder_ / "out/a.pat"), *size);
}

TEST_F(SealFile, WhileAnotherWritesTheSameFile_IsRefusedAndSparesThatOne) {
    test::write_file(folder_ / "in", "plain");
    const SealFileOptions options{
        .input = folder_ / "in", .output = folder_ / "out/a.pat", .extension = "zip"
    };
    std::filesystem::create_directory(folder_ / "out");
    auto other = PendingFile::create(
        files_, options.output, platform::Existing::keep_and_fail, platform::Access::everybody
    );
    ASSERT_TRUE(other.has_value());
    ASSERT_TRUE(other->file().append(platform::as_bytes("of another one")));

    const auto refused = seal_file(files_, sealing(), options);

    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, platform::Errc::usage);
    ASSERT_TRUE(other->commit(platform::Durability::process));
    EXPECT_EQ(test::read_file(options.output), "of another one");
    EXPECT_EQ(names_in("out"), std::vector<std::string>{"a.pat"});
    EXPECT_EQ(seal_file(files_, sealing(), options).error().code, platform::Errc::already_exists);
}

/// What passes through while a file is sealed that is far larger than what may be held of it.
struct Flow {
    std::uint64_t read_bytes = 0;
    std::uint64_t written_bytes = 0;
    std::uint64_t most_held_bytes = 0;
};

class CountedInput final : public platform::ReadableFile {
  public:
    CountedInput(Flow& flow, std::uint64_t size) : flow_(flow), size_(size) {}
    Result<std::uint64_t> size() const override { return size_; }
    Result<std::size_t> read_at(std::uint64_t offset, platform::MutableBytes target)
        const override {
        const auto left = size_ - offset;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, target.size()));
        std::ranges::fill(target.first(count), std::byte{'x'});
        flow_.read_bytes += count;
        // The reader's buffer counts whole, filled or not.
        const auto held = flow_.read_bytes - std::min(flow_.read_bytes, flow_.written_bytes);
        flow_.most_held_bytes = std::max({flow_.most_held_bytes, held, target.size()});
        return count;
    }

  private:
    Flow& flow_;
    std::uint64_t size_;
};

class CountedOutput final : public platform::WritableFile {
  public:
    explicit CountedOutput(Flow& flow) : flow_(flow) {}
    Result<void> append(platform::Bytes bytes) override {
        flow_.written_bytes += bytes.size();
        return {};
    }
    Result<void> truncate(std::uint64_t) override { return {}; }
    Result<std::uint64_t> size() const override { return flow_.written_bytes; }
    Result<void> sync() override { return {}; }
    Result<std::unique_ptr<platform::FileLock>> lock() override {
        return std::make_unique<platform::FileLock>();
    }
    Result<void> close() override { return {}; }

  private:
    Flow& flow_;
};

class CountedFiles final : public test::ForwardingFiles {
  public:
    CountedFiles(platform::Files& files, Flow& flow, std::uint64_t size)
        : ForwardingFiles(files), flow_(flow), size_(size) {}
    Result<std::unique_ptr<platform::ReadableFile>> open_for_reading(const std::filesystem::path&)
        override {
        return std::make_unique<CountedInput>(flow_, size_);
    }
    Result<std::unique_ptr<platform::WritableFile>> create(
        const std::filesystem::path&, platform::Existing, platform::Access
    ) override {
        return std::make_unique<CountedOutput>(flow_);
    }
    Result<void> rename(const std::filesystem::path&, const std::filesystem::path&) override {
        return {};
    }

  private:
    Flow& flow_;
    std::uint64_t size_;
};

// Constant memory: what was read and not yet written never exceeds the buffers.
TEST_F(SealFile, OfSixtyFourMebibytes_HoldsNoMoreThanItsBuffers) {
    constexpr std::uint64_t size = 64ULL << 20;
    Flow flow;
    CountedFiles counted(files_, flow, size);
    const auto sealed =
        seal_file(counted, sealing(), {.input = "in", .output = "never-made", .extension = "zip"});
    ASSERT_TRUE(sealed.has_value());
    EXPECT_EQ(flow.read_bytes, size);
    EXPECT_EQ(flow.written_bytes, 288 + size + 16);
    EXPECT_LE(flow.most_held_bytes, 128U << 10);
}

TEST(ExtensionOfPlaintext, OfFilesOfAnExport_IsThatOfWhatTheyHold) {
    EXPECT_EQ(extension_of_plaintext("ExportData.dat"), "zip");
    EXPECT_EQ(extension_of_plaintext("a/b.pat"), "zip");
    EXPECT_EQ(extension_of_plaintext("b.zip"), "zip");
    EXPECT_EQ(extension_of_plaintext("b.rpt"), "xps");
    EXPECT_EQ(extension_of_plaintext("b.xps"), "xps");
    EXPECT_EQ(extension_of_plaintext("b.pdf"), "pdf");
    EXPECT_EQ(extension_of_plaintext("folder.zip/b"), "");
}

}  // namespace
}  // namespace sfmkit::client
