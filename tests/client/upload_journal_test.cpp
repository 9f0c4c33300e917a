#include "client/upload/journal.hpp"
#include "fuzz/simulator/memory_files.hpp"
#include "fuzz/simulator/virtual_clock.hpp"
#include "tests/support/forwarding_files.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sfmkit::client {
namespace {

using fuzz::MemoryFiles;
using platform::Errc;
using platform::WallTime;
using Event = JournalRecord::Event;

constexpr std::uint64_t chunk_bytes = 524288;

const Journal::Owner owner{
    .service = "http://127.0.0.1:8080/files",
    .export_name = "export",
    .session = "3a68365f-4dec-4ecf-b3e7-04bedbdd1096"
};

struct World {
    fuzz::VirtualClock clock;
    MemoryFiles files{clock};

    Journal open(const Journal::Owner& who = owner) {
        auto journal = Journal::open(files, "export.journal", who, chunk_bytes);
        if (!journal) throw std::runtime_error(platform::describe(journal.error()));
        return std::move(*journal);
    }
    std::string text() const { return files.content("export.journal").value_or(""); }
};

Fingerprint fingerprint_of(std::uint64_t size_bytes) {
    return {size_bytes, WallTime(std::chrono::seconds(1634130720)), std::string(64, 'a')};
}

void upload_file(Journal& journal, const std::string& file, std::uint64_t size_bytes) {
    ASSERT_TRUE(journal.note_intent(file, fingerprint_of(size_bytes)));
    ASSERT_TRUE(journal.note_created(file, "http://127.0.0.1:8080/files/" + file, WallTime{}));
    ASSERT_TRUE(journal.note_completed(file));
}

TEST(Journal, Reopened_KnowsWhatWasWritten) {
    World world;
    {
        Journal journal = world.open();
        EXPECT_FALSE(journal.resumed());
        upload_file(journal, "ExportData.dat", 2500);
        ASSERT_TRUE(journal.note_intent("Patients0/p.pat", fingerprint_of(7)));
    }
    Journal::Owner other_session = owner;
    other_session.session = "00000000-0000-4000-8000-000000000000";
    const Journal journal = world.open(other_session);
    EXPECT_TRUE(journal.resumed());
    EXPECT_EQ(journal.state().session, owner.session);
    ASSERT_NE(journal.find("ExportData.dat"), nullptr);
    EXPECT_TRUE(journal.find("ExportData.dat")->completed);
    EXPECT_EQ(journal.find("ExportData.dat")->fingerprint, fingerprint_of(2500));
    EXPECT_EQ(journal.find("Patients0/p.pat")->open_intents, 1U);
    EXPECT_EQ(journal.state().orphans(), 1U);
    EXPECT_EQ(journal.find("Patients0/q.pat"), nullptr);
}

TEST(Journal, LookedAt_TellsTheSameAndChangesNothing) {
    World world;
    const auto look = [&](const Journal::Owner& who) {
        return Journal::look(world.files, "export.journal", who);
    };
    EXPECT_EQ(look(owner), JournalState{});
    EXPECT_FALSE(world.files.content("export.journal").has_value());
    {
        Journal journal = world.open();
        upload_file(journal, "a", 1);
        ASSERT_TRUE(journal.note_intent("b", fingerprint_of(2)));
        ASSERT_TRUE(journal.note_failed("b"));
        ASSERT_TRUE(journal.note_refused("c"));
    }
    const std::string before = world.text();
    const auto state = look(owner);
    ASSERT_TRUE(state.has_value());
    EXPECT_EQ(state->files.at("a").trouble, Trouble::none);
    EXPECT_EQ(state->files.at("b").trouble, Trouble::failed);
    EXPECT_EQ(state->files.at("c").trouble, Trouble::refused);
    EXPECT_EQ(world.text(), before);
    Journal::Owner other = owner;
    other.service += "x";
    EXPECT_EQ(look(other).error().code, Errc::usage);
    EXPECT_EQ(*state, world.open().state());
}

TEST(Journal, OfAnotherServiceOrFolder_IsRefusedAsUsage) {
    World world;
    {
        Journal journal = world.open();
        upload_file(journal, "a", 1);
    }
    for (const bool service : {true, false}) {
        Journal::Owner other = owner;
        (service ? other.service : other.export_name) += "x";
        const auto journal = Journal::open(world.files, "export.journal", other, chunk_bytes);
        ASSERT_FALSE(journal.has_value());
        EXPECT_EQ(journal.error().code, Errc::usage);
        EXPECT_NE(journal.error().next.find("--journal"), std::string::npos);
    }
}

TEST(Journal, WhileAnotherRunHasItOpen_IsRefusedAsUsageAndNotTouched) {
    World world;
    {
        Journal journal = world.open();
        ASSERT_TRUE(journal.note_intent("a", fingerprint_of(1)));
        const std::string before = world.text();
        const auto second = Journal::open(world.files, "export.journal", owner, chunk_bytes);
        ASSERT_FALSE(second.has_value());
        EXPECT_EQ(second.error().code, Errc::usage);
        EXPECT_EQ(second.error().what, "another upload uses this journal");
        EXPECT_EQ(world.text(), before);
    }
    EXPECT_TRUE(world.open().resumed());
}

TEST(Journal, WithoutAnyUpload_CanBelongToSomebodyElse) {
    World world;
    {
        Journal journal = world.open();
        ASSERT_TRUE(journal.note_intent("a", fingerprint_of(1)));
        ASSERT_TRUE(journal.note_not_created("a"));
    }
    Journal::Owner other = owner;
    other.service = "http://127.0.0.1:8080/v2/files";
    other.session = "00000000-0000-4000-8000-000000000000";
    const Journal journal = world.open(other);
    EXPECT_FALSE(journal.resumed());
    EXPECT_EQ(journal.state().service, other.service);
    EXPECT_EQ(journal.state().session, other.session);
    EXPECT_TRUE(journal.state().files.empty());
}

TEST(Journal, UploadUrl_SurvivesAPowerCutAsSoonAsItIsNoted) {
    World world;
    {
        Journal journal = world.open();
        ASSERT_TRUE(journal.note_intent("a", fingerprint_of(1)));
        ASSERT_TRUE(journal.note_created("a", "http://127.0.0.1:8080/files/1", {}));
        ASSERT_TRUE(journal.note_completed("a"));
        world.files.crash(MemoryFiles::Loss::everything);
    }
    const Journal journal = world.open();
    ASSERT_NE(journal.find("a"), nullptr);
    EXPECT_EQ(journal.find("a")->upload, "http://127.0.0.1:8080/files/1");
    EXPECT_FALSE(journal.find("a")->completed);
}

TEST(Journal, EveryCallThatFails_IsReported) {
    for (std::uint64_t nth = 1;; ++nth) {
        World world;
        std::uint64_t calls = 0;
        bool hit = false;
        world.files.set_fault([&](std::string_view call, const std::string& path) {
            hit = hit || ++calls == nth;
            const platform::Error error{
                .code = Errc::disk_full, .what = std::string(call), .where = path
            };
            return calls == nth ? std::optional(error) : std::nullopt;
        });
        auto journal = Journal::open(world.files, "export.journal", owner, chunk_bytes);
        bool reported = !journal;
        if (journal) {
            reported = !journal->note_intent("a", fingerprint_of(1));
            if (!reported) reported = !journal->note_created("a", "http://127.0.0.1/1", {});
        }
        EXPECT_EQ(reported, hit) << "call " << nth;
        if (!hit) break;
    }
}

/// One append writes a part of its bytes and fails, as a disk that gets full does; later ones work.
class TearingFiles final : public test::ForwardingFiles {
  public:
    TearingFiles(platform::Files& files, unsigned torn_append)
        : ForwardingFiles(files), left_(torn_append) {}

    bool torn() const noexcept { return left_ == 0; }

    platform::Result<std::unique_ptr<platform::WritableFile>> create(
        const std::filesystem::path& path, platform::Existing existing, platform::Access access
    ) override {
        auto file = ForwardingFiles::create(path, existing, access);
        if (!file) return file;
        return std::make_unique<File>(*this, std::move(*file));
    }

  private:
    class File final : public platform::WritableFile {
      public:
        File(TearingFiles& tearing, std::unique_ptr<platform::WritableFile> file)
            : tearing_(tearing), file_(std::move(file)) {}

        platform::Result<void> append(platform::Bytes bytes) override {
            if (tearing_.left_ == 0 || --tearing_.left_ > 0) return file_->append(bytes);
            const auto part = file_->append(bytes.first(bytes.size() / 2));
            if (!part) return part;
            return platform::fail({.code = Errc::disk_full, .what = "no space left"});
        }
        platform::Result<void> truncate(std::uint64_t size) override {
            return file_->truncate(size);
        }
        platform::Result<std::uint64_t> size() const override { return file_->size(); }
        platform::Result<void> sync() override { return file_->sync(); }
        platform::Result<std::unique_ptr<platform::FileLock>> lock() override {
            return file_->lock();
        }
        platform::Result<void> close() override { return file_->close(); }

      private:
        TearingFiles& tearing_;
        std::unique_ptr<platform::WritableFile> file_;
    };

    unsigned left_;
};

TEST(Journal, FailedAppend_IsUndoneAndNothingIsAppendedAfterIt) {
    const auto note_all = [](Journal& journal) {
        std::vector<platform::Result<void>> results;
        results.push_back(journal.note_intent("a", fingerprint_of(1)));
        results.push_back(journal.note_intent("b", fingerprint_of(2)));
        results.push_back(journal.note_created("b", "http://127.0.0.1/2", {}));
        results.push_back(journal.note_created("a", "http://127.0.0.1/1", {}));
        results.push_back(journal.note_completed("b"));
        return results;
    };
    World whole;
    {
        Journal journal = whole.open();
        note_all(journal);
    }
    // The first two appends are those of a new journal.
    for (unsigned note = 0; note < 5; ++note) {
        World world;
        TearingFiles tearing(world.files, 3 + note);
        JournalState state;
        {
            auto journal = Journal::open(tearing, "export.journal", owner, chunk_bytes);
            ASSERT_TRUE(journal.has_value());
            const auto results = note_all(*journal);
            for (unsigned i = 0; i < results.size(); ++i) {
                ASSERT_EQ(results[i].has_value(), i < note) << "note " << i << ", torn " << note;
                if (i >= note) {
                    EXPECT_EQ(results[i].error().code, Errc::disk_full);
                }
            }
            state = journal->state();
        }
        EXPECT_TRUE(tearing.torn());
        const std::string text = world.text();
        EXPECT_TRUE(text.ends_with('\n') && whole.text().starts_with(text)) << text;
        const auto replay = replay_journal(text, "export.journal");
        ASSERT_TRUE(replay.has_value());
        EXPECT_TRUE(replay->state == state);
        EXPECT_EQ(replay->good_bytes, text.size());
        const Journal again = world.open();
        EXPECT_EQ(again.state().files.size(), std::min(note, 2U));
    }
}

TEST(Journal, DamageBeforeTheLastLine_IsToldWithItsLine) {
    World world;
    {
        Journal journal = world.open();
        upload_file(journal, "a", 1);
    }
    std::string text = world.text();
    const auto second = text.find('\n') + 1;
    text[second + 3] = '#';
    const auto replay = replay_journal(text, "export.journal");
    ASSERT_FALSE(replay.has_value());
    EXPECT_EQ(replay.error().code, Errc::usage);
    EXPECT_EQ(replay.error().where, "export.journal, line 2");
}

TEST(Journal, ForeignFile_IsNotTakenForAJournalAndLeftAlone) {
    for (const std::string text :
         {"hello\nworld\n", "a line without an end", "{\"event\":1}", "{}"}) {
        World world;
        world.files.put("export.journal", text);
        const auto opened = Journal::open(world.files, "export.journal", owner, 1000);
        ASSERT_FALSE(opened.has_value()) << text;
        EXPECT_EQ(opened.error().code, Errc::usage);
        EXPECT_EQ(world.text(), text);
    }
}

/// Records in an order that can happen.
std::vector<JournalRecord> possible_history() {
    std::vector<JournalRecord> records;
    records.push_back(
        {.event = Event::begun,
         .service = owner.service,
         .export_name = owner.export_name,
         .session = owner.session}
    );
    records.push_back({.event = Event::started, .chunk_bytes = chunk_bytes});
    const int count = *rc::gen::inRange(0, 30);
    std::map<std::string, int> stage;
    for (int i = 0; i < count; ++i) {
        const std::string file = *rc::gen::element(
            std::string("ExportData.dat"),
            std::string("Patients0/\xc3\xa6.pat"),
            std::string("Reports0/\"quoted\".rpt")
        );
        int& at = stage[file];
        JournalRecord record;
        record.file = file;
        if (at == 0) {
            record.event = Event::intent;
            record.fingerprint = fingerprint_of(*rc::gen::arbitrary<std::uint64_t>());
        } else if (at == 1) {
            record.event = *rc::gen::element(Event::created, Event::not_created);
            if (record.event == Event::created) record.upload = "http://127.0.0.1:8080/files/1";
        } else {
            record.event = *rc::gen::element(
                Event::completed, Event::gone, Event::extended, Event::refused, Event::failed
            );
            if (record.event == Event::extended) record.expires = WallTime{};
        }
        if (record.event == Event::not_created || record.event == Event::gone) {
            at = 0;
        } else if (at < 2) {
            ++at;
        }
        records.push_back(std::move(record));
    }
    return records;
}

RC_GTEST_PROP(JournalProperty, CutAtEveryByte_GivesTheStateOfSomePrefix, ()) {
    const std::vector<JournalRecord> records = possible_history();
    std::string text;
    JournalState state;
    std::vector<JournalState> states = {state};
    std::vector<std::size_t> ends = {0};
    for (const JournalRecord& record : records) {
        RC_ASSERT(parse_record(print_record(record)) == record);
        text += print_record(record);
        RC_ASSERT(apply(state, record));
        states.push_back(state);
        ends.push_back(text.size());
    }
    std::size_t whole = 0;
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        if (whole + 1 < ends.size() && cut >= ends[whole + 1]) ++whole;
        const auto replay = replay_journal(std::string_view(text).substr(0, cut), "journal");
        RC_ASSERT(replay.has_value());
        RC_ASSERT(replay->good_bytes == ends[whole]);
        RC_ASSERT(replay->state == states[whole]);
    }
}

TEST(Journal, TornAtEveryByte_GoesOnAfterTheLastWholeLine) {
    World whole;
    {
        Journal journal = whole.open();
        upload_file(journal, "a", 1);
    }
    const std::string text = whole.text();
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        World world;
        world.files.put("export.journal", text.substr(0, cut));
        {
            Journal journal = world.open();
            upload_file(journal, "b", 2);
        }
        const Journal again = world.open();
        ASSERT_NE(again.find("b"), nullptr) << "cut at " << cut;
        EXPECT_TRUE(again.find("b")->completed);
        EXPECT_EQ(again.state().session, owner.session);
    }
}

}  // namespace
}  // namespace sfmkit::client
