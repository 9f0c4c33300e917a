#include "client/encoder/pack.hpp"

#include "tests/support/envelope_parts.hpp"
#include "tests/support/forwarding_files.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/rsa_keys.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>

namespace sfmkit::client {
namespace {

using platform::Errc;
using platform::Result;

constexpr std::size_t files_per_folder = 3;

std::string guid_of(std::size_t number) {
    return fmt::format("00000000-0000-4000-8000-{:012x}", number);
}

class Pack : public testing::Test {
  protected:
    void SetUp() override {
        if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
        keys_ = test::make_rsa_keys(folder_ / "keys", 2048);
        certificate_.emplace(test::read_certificate(keys_.certificate_pem));
        write_plain(4, 1);
    }

    void write_plain(std::size_t patients, std::size_t reports) {
        test::write_file(folder_ / "plain/ExportData.xml", "<ExportImport/>");
        for (std::size_t i = 1; i <= patients; ++i) {
            const auto patient = folder_ / "plain/Patients" / guid_of(i);
            test::write_file(patient / "PatientData.xml", "<P>" + guid_of(i) + "</P>");
            test::write_file(patient / "b.xml", "<MsgHead/>");
            test::write_file(patient / "a.xml", "<AppRec/>");
        }
        for (std::size_t i = 1; i <= reports; ++i) {
            test::write_file(folder_ / "plain/Reports" / (guid_of(i) + ".xps"), "PK report");
        }
    }

    Result<PackSummary> pack(platform::Files& files, std::size_t threads = 1) {
        const Sealing sealing{*certificate_, random_, algorithms_};
        return pack_export(
            files,
            sealing,
            {.plain = folder_ / "plain",
             .output = folder_ / "out",
             .threads = threads,
             .now = std::chrono::sys_days(std::chrono::year(2024) / 1 / 18) + std::chrono::hours(8),
             .files_per_folder = files_per_folder}
        );
    }

    std::vector<std::string> tree() {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / "out")) {
            if (!entry.is_regular_file()) continue;
            names.push_back(entry.path().lexically_relative(folder_ / "out").generic_string());
        }
        std::ranges::sort(names);
        return names;
    }

    /// What an export of four patients and one report must be, whoever was interrupted when.
    void expect_complete() {
        std::vector<std::string> names = {"ExportData.dat", "Index.txt"};
        std::string index;
        for (std::size_t i = 1; i <= 4; ++i) {
            const std::size_t number = (i - 1) / files_per_folder;
            names.push_back(fmt::format("Patients{}/{}.pat", number, guid_of(i)));
            index += fmt::format("Patients{}\\{}.pat\r\n", number, guid_of(i));
        }
        names.push_back("Reports0/" + guid_of(1) + ".rpt");
        EXPECT_EQ(tree(), names);
        EXPECT_EQ(test::read_file(folder_ / "out/Index.txt"), index);
        EXPECT_FALSE(std::filesystem::exists(folder_ / "out.pack"));
    }

    /// Equal documents make envelopes of equal size, and a part of one is shorter.
    std::map<std::string, std::uint64_t> sizes() {
        std::map<std::string, std::uint64_t> sizes;
        for (const std::string& name : tree()) {
            sizes[name] = std::filesystem::file_size(folder_ / "out" / name);
        }
        return sizes;
    }

    std::string opened(const std::string& name) {
        return test::open_with_openssl(test::read_file(folder_ / "out" / name), keys_.key_pem);
    }

    test::TemporaryFolder folder_;
    platform::SystemFiles files_;
    platform::SystemRandom random_;
    platform::CryptoAlgorithms algorithms_ = platform::CryptoAlgorithms::fetch();
    test::RsaKeyFiles keys_;
    std::optional<platform::Certificate> certificate_;
};

// Oracles: openssl and Info-ZIP. 08:00 UTC is 09:00 in Norway in January.
TEST_F(Pack, OfPlainFolder_IsAnExportOfItsDocuments) {
    if (!test::find_program("unzip")) SFM_SKIP_OR_FAIL("unzip is not installed");
    const auto summary = pack(files_, 4);
    ASSERT_TRUE(summary.has_value()) << platform::describe(summary.error());
    EXPECT_EQ(summary->written.patients, 4U);
    EXPECT_EQ(summary->written.reports, 1U);
    EXPECT_EQ(summary->already_there, 0U);
    expect_complete();
    test::write_file(folder_ / "a.zip", opened("Patients1/" + guid_of(4) + ".pat"));
    const std::string archive = (folder_ / "a.zip").string();
    EXPECT_EQ(
        test::run_program("unzip", {"-Z1", archive}).output, "a.xml\nb.xml\nPatientData.xml\n"
    );
    EXPECT_EQ(
        test::run_program("unzip", {"-p", archive, "PatientData.xml"}).output,
        "<P>" + guid_of(4) + "</P>"
    );
    EXPECT_NE(
        test::run_program("unzip", {"-Z", "-T", archive}).output.find("20240118.090000 a.xml"),
        std::string::npos
    );
    EXPECT_EQ(opened("Reports0/" + guid_of(1) + ".rpt"), "PK report");
}

// As the entries of the official examples stand: Meldinger's order, PatientData.xml last.
TEST_F(Pack, OfMessagesThatThePatientDocumentNames_KeepsItsOrder) {
    if (!test::find_program("unzip")) SFM_SKIP_OR_FAIL("unzip is not installed");
    const auto patient = folder_ / "plain/Patients" / guid_of(1);
    for (const char* name : {"0.xml", "c.xml", "d & e.xml"}) {
        test::write_file(patient / name, "<MsgHead/>");
    }
    test::write_file(
        patient / "PatientData.xml",
        R"(<?xml version="1.0"?><s:PasientExport xmlns:s="urn:s"><s:Meldinger>)"
        "<!-- <s:Melding><s:MeldingsFil>a.xml</s:MeldingsFil></s:Melding> -->"
        "<s:Melding><s:MeldingsFil>d &amp; e.xml</s:MeldingsFil></s:Melding>"
        "<s:Melding><s:MeldingsFil>b.xml</s:MeldingsFil></s:Melding>"
        "<s:Melding><s:MeldingsFil>missing.xml</s:MeldingsFil></s:Melding>"
        "<s:Melding><s:MeldingsFil>a.xml</s:MeldingsFil></s:Melding>"
        "<s:Melding><s:MeldingsFil>b.xml</s:MeldingsFil></s:Melding>"
        "</s:Meldinger></s:PasientExport>"
    );

    ASSERT_TRUE(pack(files_).has_value());

    test::write_file(folder_ / "a.zip", opened("Patients0/" + guid_of(1) + ".pat"));
    EXPECT_EQ(
        test::run_program("unzip", {"-Z1", (folder_ / "a.zip").string()}).output,
        "d & e.xml\nb.xml\na.xml\n0.xml\nc.xml\nPatientData.xml\n"
    );
}

TEST_F(Pack, EndedAtAnyStep_GoesOnToTheWholeExport) {
    ASSERT_TRUE(pack(files_).has_value());
    const auto whole = sizes();
    std::size_t steps = 0;
    std::size_t reused = 0;
    while (true) {
        std::filesystem::remove_all(folder_ / "out");
        std::filesystem::remove(folder_ / "out.pack");
        test::FailingFiles dying(files_, steps, test::AfterFailure::dead);
        const auto first = pack(dying);
        if (first.has_value()) {
            // All that may stay behind a finished run is the file of its lock.
            expect_complete();
            break;
        }
        ++steps;
        ASSERT_TRUE(dying.failed()) << platform::describe(first.error());
        const auto second = pack(files_);
        ASSERT_TRUE(second.has_value()) << "step " << steps << platform::describe(second.error());
        reused = std::max(reused, second->already_there);
        expect_complete();
        EXPECT_EQ(sizes(), whole) << "step " << steps;
    }
    EXPECT_GT(steps, 30U);
    EXPECT_EQ(reused, 6U);
}

TEST_F(Pack, GoingOnWithOtherRecipientOrPatients_IsRefused) {
    test::FailingFiles dying(files_, 20, test::AfterFailure::dead);
    ASSERT_FALSE(pack(dying).has_value());

    const auto others = test::make_rsa_keys(folder_ / "other-keys", 2048);
    auto first = std::exchange(certificate_, test::read_certificate(others.certificate_pem));
    EXPECT_EQ(pack(files_).error().code, Errc::changed);
    certificate_ = std::move(first);

    write_plain(5, 1);
    const auto refused = pack(files_);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Errc::changed);
    EXPECT_NE(refused.error().next.find("out.pack"), std::string::npos);

    std::filesystem::remove_all(folder_ / "plain/Patients" / guid_of(5));
    ASSERT_TRUE(pack(files_).has_value());
    expect_complete();
}

TEST_F(Pack, GoingOnAfterADocumentChanged_PacksThatPatientAnew) {
    const std::string first = "Patients0/" + guid_of(1) + ".pat";
    const std::string second = "Patients0/" + guid_of(2) + ".pat";
    // The last step but one is the index: everything else is there then.
    for (std::size_t step = 0; !std::filesystem::exists(folder_ / "out/ExportData.dat"); ++step) {
        std::filesystem::remove_all(folder_ / "out");
        std::filesystem::remove(folder_ / "out.pack");
        test::FailingFiles dying(files_, step, test::AfterFailure::dead);
        ASSERT_FALSE(pack(dying).has_value());
    }
    const std::string kept = test::read_file(folder_ / "out" / first);
    const auto changed = folder_ / "plain/Patients" / guid_of(2) / "a.xml";
    test::write_file(changed, "<AppRec>new</AppRec>");
    std::filesystem::last_write_time(
        changed, std::filesystem::last_write_time(folder_ / "out" / second) + std::chrono::hours(1)
    );

    const auto summary = pack(files_);

    ASSERT_TRUE(summary.has_value());
    EXPECT_EQ(summary->already_there, 5U);
    EXPECT_EQ(test::read_file(folder_ / "out" / first), kept);
    test::write_file(folder_ / "a.zip", opened(second));
    EXPECT_EQ(
        test::run_program("unzip", {"-p", (folder_ / "a.zip").string(), "a.xml"}).output,
        "<AppRec>new</AppRec>"
    );
    expect_complete();
}

TEST_F(Pack, IntoAFinishedExport_IsRefused) {
    ASSERT_TRUE(pack(files_).has_value());
    const auto again = pack(files_);
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().code, Errc::already_exists);
    expect_complete();
}

TEST_F(Pack, OfFolderWithSomethingElse_NamesItAndMakesNothing) {
    struct Row {
        std::string name;
        Errc code;
    };
    const std::string patient = "Patients/" + guid_of(1);
    for (const Row& row : {
             Row{"letter.txt", Errc::usage},
             Row{"Patients/letter.xml", Errc::usage},
             Row{"Patients/ABCDEF00-0000-4000-8000-000000000000/PatientData.xml", Errc::usage},
             Row{"Reports/" + guid_of(7) + ".pdf", Errc::usage},
             Row{patient + "/scan.tif", Errc::usage},
             Row{patient + "/folder/a.xml", Errc::usage},
             Row{"Patients/" + guid_of(9) + "/a.xml", Errc::not_found},
         }) {
        const auto extra = folder_ / "plain" / row.name;
        test::write_file(extra, "x");
        const auto summary = pack(files_, 2);
        ASSERT_FALSE(summary.has_value()) << row.name;
        EXPECT_EQ(summary.error().code, row.code) << row.name;
        EXPECT_FALSE(std::filesystem::exists(folder_ / "out/Index.txt"));
        std::filesystem::remove_all(folder_ / "out");
        std::filesystem::remove(folder_ / "out.pack");
        std::filesystem::remove_all(folder_ / "plain");
        write_plain(4, 1);
    }
    std::filesystem::remove(folder_ / "plain/ExportData.xml");
    const auto summary = pack(files_);
    ASSERT_FALSE(summary.has_value());
    EXPECT_EQ(summary.error().code, Errc::not_found);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "out"));
}

}  // namespace
}  // namespace sfmkit::client
