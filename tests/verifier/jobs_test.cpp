#include "findings/report_formats.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/forwarding_files.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/verifier/recipe_world.hpp"
#include "verifier/ordered_work.hpp"
#include "verifier/verify_job.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <thread>

namespace sfmkit::verifier {
namespace {

using testing::HasSubstr;

constexpr std::size_t patients = 40;

/// Opens files slower the earlier they stand in the export, and notes the order in which they were
/// opened in the end.
class UnevenFiles final : public test::ForwardingFiles {
  public:
    explicit UnevenFiles(platform::Files& files) : ForwardingFiles(files) {}

    platform::Result<std::unique_ptr<platform::ReadableFile>> open_for_reading(
        const std::filesystem::path& path
    ) override {
        std::size_t number = 0;
        {
            const std::lock_guard lock(mutex_);
            number = begun_++;
        }
        if (number % 2 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
        const std::lock_guard lock(mutex_);
        opened_.push_back(path.string());
        return ForwardingFiles::open_for_reading(path);
    }

    std::size_t out_of_order() const {
        std::size_t count = 0;
        for (std::size_t i = 1; i < opened_.size(); ++i) {
            if (opened_[i] < opened_[i - 1]) ++count;
        }
        return count;
    }

  private:
    std::mutex mutex_;
    std::size_t begun_ = 0;
    std::vector<std::string> opened_;
};

/// An export whose files break rules of every kind, also such that look across files.
class Jobs : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        world_ = std::make_unique<test::RecipeWorld>();
        folder_ = std::make_unique<test::TemporaryFolder>();
        fixtures::ExportRecipe recipe = test::sample_export();
        for (std::size_t i = 0; i < patients; ++i) {
            const std::string id = "29f070be-6e5b-4d0c-8d5a-0f0f2a6f5f" + std::to_string(10 + i);
            fixtures::ZipRecipe archive = recipe.patient_archive;
            if (i % 3 == 0) archive.entries.front().content = "<MsgHead>";
            if (i % 4 == 0) archive.entries.back().content = "<PasientExport/>";
            recipe.further_sealed.push_back({.path = "Patients0/" + id + ".pat", .archive = archive}
            );
            recipe.index += "Patients0\\" + id + ".pat\r\n";
        }
        world_->write(recipe, folder_->path());
        // Two files with one key and IV: which of them is told depends on the order.
        for (const char* copy : {"00000000", "ffffffff"}) {
            std::filesystem::copy_file(
                folder_->path() / recipe.patient_path,
                folder_->path() / "Patients0" /
                    (copy + std::string("-ff43-4c5a-a9e2-1af46ae33672.pat"))
            );
        }
    }
    static void TearDownTestSuite() {
        folder_.reset();
        world_.reset();
    }

    static findings::Report report(
        std::size_t jobs, platform::Files& files, const std::atomic<bool>* cancelled = nullptr
    ) {
        const test::FixedClock clock(
            platform::WallTime(std::chrono::sys_days(std::chrono::November / 22 / 2026))
        );
        const platform::PrivateKey& key = world_->key(2048);
        auto result = verify_path(
            {files, clock, world_->algorithms()},
            folder_->path(),
            {.key = &key, .jobs = jobs, .cancelled = cancelled}
        );
        if (!result) throw std::runtime_error(platform::describe(result.error()));
        return std::move(*result);
    }

    static std::unique_ptr<test::RecipeWorld> world_;
    static std::unique_ptr<test::TemporaryFolder> folder_;
};

std::unique_ptr<test::RecipeWorld> Jobs::world_;
std::unique_ptr<test::TemporaryFolder> Jobs::folder_;

TEST_F(Jobs, OfAnyNumber_GiveTheSameBytes) {
    platform::SystemFiles system;
    const findings::Report one = report(1, system);
    EXPECT_GE(one.findings.size(), 20U);
    const auto shared = std::ranges::count(one.findings, "ENV-15", &findings::Finding::rule);
    EXPECT_EQ(shared, 2) << "the export should break a rule that looks across files";
    const std::string json = findings::json_report(one);
    for (const std::size_t jobs : {1U, 2U, 3U, 8U}) {
        UnevenFiles files(system);
        const findings::Report other = report(jobs, files);
        EXPECT_EQ(findings::json_report(other), json) << jobs;
        for (const findings::ReportFormat& format : findings::report_formats()) {
            EXPECT_EQ(format.write(other, {}), format.write(one, {})) << format.name << jobs;
        }
        std::printf("%zu jobs: %zu files opened out of order\n", jobs, files.out_of_order());
        // Control: without merging in order, these reports would differ.
        // Index.txt is opened before ExportData.dat.
        if (jobs == 1) {
            EXPECT_LE(files.out_of_order(), 1U);
        } else {
            EXPECT_GE(files.out_of_order(), 5U);
        }
    }
}

/// Watches a run and stops it after some files.
class StoppingObserver final : public VerifyObserver {
  public:
    explicit StoppingObserver(std::uint64_t after) : after_(after) {}
    void begun(const findings::Report&, const VerifyProgress&) override {}
    void judged(
        const findings::Report&, std::span<const findings::Finding>, const VerifyProgress& progress
    ) override {
        if (progress.files_judged == after_) stop = true;
    }
    std::atomic<bool> stop = false;

  private:
    std::uint64_t after_;
};

TEST_F(Jobs, WhenStopped_GiveTheReportOnTheFilesSoFar) {
    platform::SystemFiles system;
    const test::FixedClock clock(platform::WallTime{});
    for (const std::size_t jobs : {1U, 3U}) {
        StoppingObserver observer(7);
        const auto result = verify_path(
            {system, clock, world_->algorithms()},
            folder_->path(),
            {.key = &world_->key(2048),
             .observer = &observer,
             .jobs = jobs,
             .cancelled = &observer.stop}
        );
        ASSERT_TRUE(result.has_value());
        EXPECT_TRUE(result->interrupted);
        EXPECT_EQ(result->coverage.files, 7U);
        EXPECT_EQ(result->cut_short, "interrupted after 7 of 44 files");
        EXPECT_THAT(result->verdict.reason, HasSubstr("interrupted after 7 of 44 files"));
        EXPECT_NE(result->verdict.conclusion, findings::Conclusion::conforms);
    }
}

TEST(OrderedWork, WithThrowingWorker_ThrowsWhenItsTurnComes) {
    std::vector<std::size_t> taken;
    OrderedWork<int> work(20, 4);
    const auto run = [&] {
        work.run(
            [] {
                return [](std::size_t number) {
                    if (number == 9) throw std::runtime_error("nine");
                    return 0;
                };
            },
            [&](std::size_t number, int) {
                taken.push_back(number);
                return true;
            }
        );
    };
    EXPECT_THROW(run(), std::runtime_error);
    EXPECT_THAT(taken, testing::ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8));
}

TEST(OrderedWork, WithOneSlowItem_RunsAheadOnlyToTheWindow) {
    std::atomic<std::size_t> done = 0;
    std::size_t ahead = 0;
    OrderedWork<int>(1000, 2).run(
        [&] {
            return [&](std::size_t number) {
                if (number == 0) std::this_thread::sleep_for(std::chrono::milliseconds(100));
                ++done;
                return 0;
            };
        },
        [&](std::size_t number, int) {
            if (number == 0) ahead = done;
            return true;
        }
    );
    EXPECT_GE(ahead, 3U);
    EXPECT_LE(ahead, 20U);
    EXPECT_EQ(done, 1000U);
}

}  // namespace
}  // namespace sfmkit::verifier
