#include "client/encoder/export_folder.hpp"

#include "tests/support/envelope_parts.hpp"
#include "tests/support/forwarding_files.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/rsa_keys.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace sfmkit::client {
namespace {

using platform::Result;

std::string guid_of(std::size_t number) {
    return fmt::format("00000000-0000-4000-8000-{:012x}", number);
}

/// Patients numbered downwards, so that the order of the index is not that of the writing.
class CountedExport final : public PlainExport {
  public:
    CountedExport(std::size_t patients, std::size_t reports)
        : patients_(patients), reports_(reports) {}

    std::chrono::local_seconds exported_at() const override {
        return std::chrono::local_days(std::chrono::year(2024) / 1 / 18);
    }
    std::size_t patients() const override { return patients_; }
    Result<PlainPatient> patient(std::size_t number) const override {
        const std::string guid = guid_of(patients_ - number);
        return PlainPatient{
            .guid = guid,
            .entries =
                {
                    {.name = "m.xml", .bytes = platform::to_buffer("<MsgHead/>")},
                    {.name = "PatientData.xml", .bytes = platform::to_buffer("<P>" + guid + "</P>")
                    },
                }
        };
    }
    std::size_t reports() const override { return reports_; }
    Result<PlainReport> report(std::size_t number) const override {
        const std::string guid = guid_of(0xf000 + reports_ - number);
        return PlainReport{.guid = guid, .bytes = platform::to_buffer("PK report " + guid)};
    }
    Result<PlainEntry> organisation_document() const override {
        return PlainEntry{
            .name = "ExportData.xml", .bytes = platform::to_buffer("<ExportImport/>")
        };
    }

  private:
    std::size_t patients_;
    std::size_t reports_;
};

class ExportFolder : public testing::Test {
  protected:
    void SetUp() override {
        if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
        keys_ = test::make_rsa_keys(folder_ / "keys", 2048);
        certificate_.emplace(test::read_certificate(keys_.certificate_pem));
    }

    Result<ExportSummary> write(
        const PlainExport& documents, platform::Files& files, std::size_t threads = 1
    ) {
        const Sealing sealing{*certificate_, random_, algorithms_};
        const WriteOptions options{.files_per_folder = 3, .threads = threads};
        return write_sealed_export(documents, files, sealing, folder_ / "out", options);
    }

    /// All files below a folder, as relative paths with slashes, sorted.
    static std::vector<std::string> tree(const std::filesystem::path& folder) {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file()) continue;
            names.push_back(entry.path().lexically_relative(folder).generic_string());
        }
        std::ranges::sort(names);
        return names;
    }

    /// Opened by openssl, then listed and printed by Info-ZIP.
    std::string entry_of(const std::string& file, const std::string& entry) {
        const auto archive = folder_ / "opened.zip";
        test::write_file(
            archive, test::open_with_openssl(test::read_file(folder_ / "out" / file), keys_.key_pem)
        );
        return test::run_program("unzip", {"-p", archive.string(), entry}).output;
    }

    test::TemporaryFolder folder_;
    platform::SystemFiles files_;
    platform::SystemRandom random_;
    platform::CryptoAlgorithms algorithms_ = platform::CryptoAlgorithms::fetch();
    test::RsaKeyFiles keys_;
    std::optional<platform::Certificate> certificate_;
};

// Names and folders: NHN page "The SFM migration data format".
TEST_F(ExportFolder, OfMorePatientsThanAFolderTakes_BeginsTheNext) {
    CountedExport documents(7, 4);
    const auto summary = write(documents, files_);
    ASSERT_TRUE(summary.has_value()) << platform::describe(summary.error());
    EXPECT_EQ(summary->patients, 7U);
    EXPECT_EQ(summary->reports, 4U);
    const auto pat = [](int folder, std::size_t number) {
        return fmt::format("Patients{}/{}.pat", folder, guid_of(number));
    };
    const auto rpt = [](int folder, std::size_t number) {
        return fmt::format("Reports{}/{}.rpt", folder, guid_of(0xf000 + number));
    };
    EXPECT_EQ(
        tree(folder_ / "out"),
        (std::vector<std::string>{
            "ExportData.dat",
            "Index.txt",
            pat(0, 5),
            pat(0, 6),
            pat(0, 7),
            pat(1, 2),
            pat(1, 3),
            pat(1, 4),
            pat(2, 1),
            rpt(0, 2),
            rpt(0, 3),
            rpt(0, 4),
            rpt(1, 1)
        })
    );
    std::string index;
    for (const auto& [folder, number] :
         {std::pair(0, 5), {0, 6}, {0, 7}, {1, 2}, {1, 3}, {1, 4}, {2, 1}}) {
        index += fmt::format(
            "Patients{}\\{}.pat\r\n", folder, guid_of(static_cast<std::size_t>(number))
        );
    }
    EXPECT_EQ(test::read_file(folder_ / "out" / "Index.txt"), index);
    std::uint64_t bytes = 0;
    for (const auto& name : tree(folder_ / "out")) {
        bytes += std::filesystem::file_size(folder_ / "out" / name);
    }
    EXPECT_EQ(summary->bytes, bytes);
}

// Oracles: openssl and Info-ZIP.
TEST_F(ExportFolder, FilesOfExport_HoldTheDocuments) {
    if (!test::find_program("unzip")) SFM_SKIP_OR_FAIL("unzip is not installed");
    CountedExport documents(1, 1);
    ASSERT_TRUE(write(documents, files_).has_value());
    const std::string patient = "Patients0/" + guid_of(1) + ".pat";
    EXPECT_EQ(entry_of(patient, "PatientData.xml"), "<P>" + guid_of(1) + "</P>");
    EXPECT_EQ(entry_of(patient, "m.xml"), "<MsgHead/>");
    EXPECT_EQ(entry_of("ExportData.dat", "ExportData.xml"), "<ExportImport/>");
    const std::string report =
        test::read_file(folder_ / "out" / "Reports0" / (guid_of(0xf001) + ".rpt"));
    EXPECT_EQ(test::open_with_openssl(report, keys_.key_pem), "PK report " + guid_of(0xf001));
    EXPECT_EQ(test::cut_envelope(report).extension_field, "eHBz");  // base64 of xps
}

TEST_F(ExportFolder, OfFolderThatHoldsSomething_IsRefused) {
    test::write_file(folder_ / "out" / "letter.txt", "mine");
    CountedExport documents(1, 0);
    const auto summary = write(documents, files_);
    ASSERT_FALSE(summary.has_value());
    EXPECT_EQ(summary.error().code, platform::Errc::already_exists);
    EXPECT_EQ(tree(folder_ / "out"), std::vector<std::string>{"letter.txt"});
}

TEST_F(ExportFolder, WhenAnyStepFails_HasNoIndexAndNoPartOfAFile) {
    std::size_t step = 0;
    while (true) {
        std::filesystem::remove_all(folder_ / "out");
        test::FailingFiles failing(files_, step++);
        CountedExport documents(2, 1);
        const auto summary = write(documents, failing);
        if (!failing.failed()) {
            EXPECT_TRUE(summary.has_value());
            break;
        }
        ASSERT_FALSE(summary.has_value()) << "step " << step;
        EXPECT_FALSE(std::filesystem::exists(folder_ / "out" / "Index.txt")) << "step " << step;
        if (!std::filesystem::exists(folder_ / "out")) continue;
        for (const std::string& name : tree(folder_ / "out")) {
            const auto extension = std::filesystem::path(name).extension();
            EXPECT_TRUE(extension == ".pat" || extension == ".rpt" || extension == ".dat") << name;
            EXPECT_NO_THROW(
                test::open_with_openssl(test::read_file(folder_ / "out" / name), keys_.key_pem)
            ) << name;
        }
    }
    EXPECT_GT(step, 20U);
}

// Equal documents make envelopes of equal size.
TEST_F(ExportFolder, WrittenByAnyNumberOfThreads_HasTheSameFilesAndIndex) {
    const CountedExport documents(7, 4);
    std::vector<std::map<std::string, std::uint64_t>> sizes;
    std::vector<std::string> indexes;
    for (const std::size_t threads : {1U, 4U}) {
        const auto summary = write(documents, files_, threads);
        ASSERT_TRUE(summary.has_value()) << platform::describe(summary.error());
        auto& found = sizes.emplace_back();
        for (const std::string& name : tree(folder_ / "out")) {
            found[name] = std::filesystem::file_size(folder_ / "out" / name);
        }
        indexes.push_back(test::read_file(folder_ / "out/Index.txt"));
        std::filesystem::remove_all(folder_ / "out");
    }
    EXPECT_EQ(sizes.at(1), sizes.at(0));
    EXPECT_EQ(indexes.at(1), indexes.at(0));
}

TEST_F(ExportFolder, PlainForm_IsTheDocumentsInFolders) {
    CountedExport documents(2, 1);
    const auto summary = write_plain_export(documents, files_, folder_ / "plain");
    ASSERT_TRUE(summary.has_value()) << platform::describe(summary.error());
    EXPECT_EQ(
        tree(folder_ / "plain"),
        (std::vector<std::string>{
            "ExportData.xml",
            "Patients/" + guid_of(1) + "/PatientData.xml",
            "Patients/" + guid_of(1) + "/m.xml",
            "Patients/" + guid_of(2) + "/PatientData.xml",
            "Patients/" + guid_of(2) + "/m.xml",
            "Reports/" + guid_of(0xf001) + ".xps",
        })
    );
    EXPECT_EQ(
        test::read_file(folder_ / "plain" / "Patients" / guid_of(2) / "PatientData.xml"),
        "<P>" + guid_of(2) + "</P>"
    );
}

}  // namespace
}  // namespace sfmkit::client
