#include "client/upload/standing.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sfmkit::client {
namespace {

using platform::WallTime;

constexpr WallTime written{std::chrono::seconds(1634130720)};

ExportFile file_named(const std::string& name, wire::sfm::FileKind kind) {
    return {.name = name, .path = name, .kind = kind, .size_bytes = 100, .modified = written};
}

/// An organisation file and one patient file whose earlier runs a test tells.
struct Export {
    explicit Export(const JournalFile& patient) {
        listing.organisation = file_named("ExportData.dat", wire::sfm::FileKind::organisation);
        listing.others = {file_named("p", wire::sfm::FileKind::patient)};
        journal.files["ExportData.dat"] = completed();
        journal.files["p"] = patient;
    }
    static JournalFile begun() {
        JournalFile file;
        file.fingerprint = {100, written, "digest"};
        file.upload = "http://127.0.0.1/files/1";
        return file;
    }
    static JournalFile completed() {
        JournalFile file = begun();
        file.completed = true;
        return file;
    }
    Knowledge known() const { return {.listing = listing, .journal = journal, .begun = true}; }

    ExportListing listing;
    JournalState journal;
};

JournalFile altered(JournalFile file, void (*change)(JournalFile&)) {
    change(file);
    return file;
}

struct Row {
    JournalFile file;
    Standing standing;
    bool sent;            ///< by a plain run
    bool sent_if_failed;  ///< by one with only_failed
};

TEST(Standing, OfEachMemory_TellsWhatARunWouldDo) {
    using enum Standing;
    const JournalFile begun_file = Export::begun();
    const JournalFile done_file = Export::completed();
    const auto with = [](const JournalFile& file, Trouble trouble) {
        JournalFile result = file;
        result.trouble = trouble;
        return result;
    };
    const std::vector<Row> rows = {
        {JournalFile{}, fresh, true, false},
        {begun_file, begun, true, false},
        {done_file, done, false, false},
        {with({}, Trouble::failed), failed, true, true},
        {with(begun_file, Trouble::failed), failed, true, true},
        {with(begun_file, Trouble::refused), refused, false, true},
        {altered(begun_file, [](JournalFile& f) { f.fingerprint.size_bytes = 99; }),
         Standing::changed,
         false,
         false},
        {altered(done_file, [](JournalFile& f) { f.fingerprint.modified = {}; }),
         written_since,
         true,
         false},
        {altered(
             done_file,
             [](JournalFile& f) {
                 f.fingerprint.modified = {};
                 f.fingerprint.sha256.clear();
             }
         ),
         Standing::changed,
         false,
         false},
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Export files(rows[i].file);
        const auto plain = foresee(files.known(), false);
        const auto only_failed = foresee(files.known(), true);
        ASSERT_EQ(plain.size(), 2U);
        EXPECT_EQ(plain[0].standing, done);
        EXPECT_EQ(plain[1].standing, rows[i].standing) << i << ' ' << name_of(plain[1].standing);
        EXPECT_EQ(plain[1].sent, rows[i].sent) << i;
        EXPECT_EQ(only_failed[1].sent, rows[i].sent_if_failed) << i;
        const Selection selection = select_failed(files.known());
        const bool completed = rows[i].file.completed;
        EXPECT_EQ(selection.chosen.others.size(), rows[i].sent_if_failed || completed ? 1U : 0U)
            << i;
        EXPECT_EQ(selection.chosen.others.size() + selection.left_out.size(), 1U) << i;
    }
}

TEST(Standing, OfAFileThatOnlyTheLedgerCallsFailed_IsFailed) {
    const Export files(Export::begun());
    Knowledge known = files.known();
    EXPECT_FALSE(foresee(known, true)[1].sent);
    known.failed_elsewhere = [](const std::string& name) { return name == "p"; };
    EXPECT_EQ(foresee(known, true)[1].standing, Standing::failed);
    EXPECT_TRUE(foresee(known, true)[1].sent);
}

TEST(Standing, OfARefusedOrganisationFile_IsSentByEveryRun) {
    Export files(JournalFile{});
    files.journal.files["ExportData.dat"].completed = false;
    files.journal.files["ExportData.dat"].trouble = Trouble::refused;
    for (const bool only_failed : {false, true}) {
        const auto prospects = foresee(files.known(), only_failed);
        EXPECT_EQ(prospects[0].standing, Standing::refused);
        EXPECT_TRUE(prospects[0].sent);
        EXPECT_EQ(prospects[1].sent, !only_failed);
    }
}

}  // namespace
}  // namespace sfmkit::client
