#include "client/encoder/export_folder.hpp"
#include "platform/files.hpp"
#include "tests/client/synthetic_documents.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <filesystem>
#include <map>

namespace sfmkit::client {
namespace {

/// Every name and every byte of an export, in the order in which it is handed out.
std::string whole_export(std::uint64_t seed, const SyntheticSize& size) {
    SyntheticExport documents(seed, size);
    std::string all = std::to_string(documents.exported_at().time_since_epoch().count());
    const auto add = [&](const PlainEntry& entry) {
        all += '\0' + entry.name + '\0';
        all += platform::as_text(entry.bytes);
    };
    for (std::size_t i = 0; i < documents.patients(); ++i) {
        const PlainPatient patient = documents.patient(i).value();
        all += '\0' + patient.guid;
        for (const PlainEntry& entry : patient.entries) add(entry);
    }
    for (std::size_t i = 0; i < documents.reports(); ++i) {
        const PlainReport report = documents.report(i).value();
        add({.name = report.guid, .bytes = report.bytes});
    }
    add(documents.organisation_document().value());
    return all;
}

std::string sha256(const std::string& text) {
    platform::ByteBuffer digest(32);
    EVP_Q_digest(
        nullptr,
        "SHA256",
        nullptr,
        text.data(),
        text.size(),
        reinterpret_cast<unsigned char*>(digest.data()),
        nullptr
    );
    return platform::to_hex(digest);
}

TEST(SyntheticExport, Bytes_WithSameSeed_AreSame) {
    EXPECT_EQ(whole_export(7, {}), whole_export(7, {}));
}

TEST(SyntheticExport, Bytes_WithOtherSeed_Differ) {
    const SyntheticExport first(7, {});
    const SyntheticExport second(8, {});
    EXPECT_NE(first.make_patient(0).guid, second.make_patient(0).guid);
    EXPECT_NE(whole_export(7, {}), whole_export(8, {}));
}

// Both compilers must reach this number; it changes with every change of what is generated, and
// is then taken from the output of this test after both compilers agreed.
TEST(SyntheticExport, Bytes_WithAnyCompiler_AreThoseOfTheGoldenDigest) {
    EXPECT_EQ(
        sha256(whole_export(1, {})),
        "6581b2ca08ef9f5d250bc9cd44f72a00b8dfc3c73f694ef32522763ec9683261"
    );
}

TEST(SyntheticExport, Patient_MadeAloneOrInTurn_IsTheSame) {
    const SyntheticExport in_turn(3, {});
    const SyntheticExport alone(3, {.patients = 1});
    std::vector<PlainPatient> patients;
    for (std::size_t i = 0; i < in_turn.patients(); ++i) {
        patients.push_back(in_turn.patient(i).value());
    }
    ASSERT_EQ(patients.size(), 12U);
    const PlainPatient eleventh = alone.make_patient(10);
    EXPECT_EQ(eleventh.guid, patients[10].guid);
    ASSERT_EQ(eleventh.entries.size(), patients[10].entries.size());
    for (std::size_t i = 0; i < eleventh.entries.size(); ++i) {
        EXPECT_EQ(eleventh.entries[i].bytes, patients[10].entries[i].bytes);
    }
}

TEST(SyntheticExport, Messages_WhenMoreAreWanted_AreThere) {
    const SyntheticExport documents(3, {.patients = 4, .messages = 40});
    for (std::uint64_t index = 0; index < 4; ++index) {
        EXPECT_GE(documents.make_patient(index).entries.size(), 41U);
    }
}

TEST(SyntheticExport, NorwegianLetters_InNames_AreUtf8) {
    const std::string all = whole_export(2, {});
    for (const char* letter : {"æ", "ø", "å", "Æ", "Ø", "Å"}) {
        EXPECT_NE(all.find(letter), std::string::npos) << letter;
    }
}

TEST(PlainExportFolder, Write_OfSyntheticPatients_HasOneFolderEach) {
    const test::TemporaryFolder folder;
    platform::SystemFiles files;
    SyntheticExport documents(4, {.patients = 3});
    const auto summary = write_plain_export(documents, files, folder / "plain");
    ASSERT_TRUE(summary) << platform::describe(summary.error());
    EXPECT_EQ(summary->patients, 3U);
    for (std::uint64_t index = 0; index < 3; ++index) {
        const PlainPatient patient = documents.make_patient(index);
        const auto written =
            test::read_file(folder / "plain" / "Patients" / patient.guid / "PatientData.xml");
        EXPECT_EQ(written, platform::as_text(patient.entries.back().bytes));
    }
    SyntheticExport again(4, {.patients = 3});
    const auto refused = write_plain_export(again, files, folder / "plain");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, platform::Errc::already_exists);
}

TEST(PlainExportFolder, WrittenByAnyNumberOfThreads_HoldsTheSameFiles) {
    const test::TemporaryFolder folder;
    platform::SystemFiles files;
    const SyntheticExport documents(4, {.patients = 9, .reports = 3});
    std::vector<std::map<std::string, std::string>> written;
    for (const std::size_t threads : {1U, 2U, 5U}) {
        const auto place = folder / std::to_string(threads);
        const auto summary = write_plain_export(documents, files, place, {.threads = threads});
        ASSERT_TRUE(summary) << platform::describe(summary.error());
        EXPECT_EQ(summary->patients, 9U);
        EXPECT_EQ(summary->reports, 3U);
        auto& contents = written.emplace_back();
        std::uint64_t bytes = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(place)) {
            if (!entry.is_regular_file()) continue;
            contents[entry.path().lexically_relative(place).generic_string()] =
                test::read_file(entry.path());
            bytes += entry.file_size();
        }
        EXPECT_EQ(summary->bytes, bytes);
    }
    EXPECT_EQ(written.at(1), written.at(0));
    EXPECT_EQ(written.at(2), written.at(0));
}

}  // namespace
}  // namespace sfmkit::client
