#include "tests/client/upload_world.hpp"

#include "client/upload/ledger_file.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <exception>
#include <memory>

namespace sfmkit::test {

using client::FileResult;
using client::MigrationResult;

namespace {

constexpr const char* folder = "export";
constexpr const char* journal_path = "export.journal";

}  // namespace

void Notes::waits(const client::ExportFile& file, const client::Step& step) {
    waiting.push_back(file.name + ": " + (step.trouble ? step.trouble->what : ""));
}

void Notes::file_ended(const client::ExportFile& file, const client::FileOutcome& outcome) {
    ended.push_back(file.name + " " + std::string(client::name_of(outcome.result)));
}

UploadWorldInMemory::UploadWorldInMemory(std::uint64_t seed)
    : random(seed), network(clock, random), files(clock), server(network, clock, algorithms) {
    settings.service = client::parse_url("http://127.0.0.1:8080/files").value();
    settings.chunk_bytes = 1000;
    server.start(server_context);
}

std::string UploadWorldInMemory::add_file(const std::string& name, std::size_t size_bytes) {
    platform::SeededRandom bytes(std::hash<std::string>{}(name));
    platform::ByteBuffer content(size_bytes);
    bytes.fill(content);
    const std::string text(platform::as_text(content));
    files.put(std::string(folder) + "/" + name, text);
    contents.emplace_back(name, text);
    return text;
}

void UploadWorldInMemory::add_export(
    std::size_t organisation_bytes, std::size_t patients, std::size_t patient_bytes
) {
    add_file("ExportData.dat", organisation_bytes);
    for (std::size_t i = 0; i < patients; ++i) {
        add_file("Patients0/p" + std::to_string(i) + ".pat", patient_bytes + i);
    }
}

std::optional<MigrationResult> UploadWorldInMemory::run_until_killed(platform::Duration life) {
    auto listing = client::list_export(files, folder);
    if (!listing) throw std::runtime_error(platform::describe(listing.error()));
    if (change_listing) change_listing(*listing);
    std::optional<client::LedgerFile> ledger;
    if (ledger_path) {
        auto opened =
            client::LedgerFile::open(files, clock, *ledger_path, *listing, settings.service);
        if (!opened) {
            journal_error = opened.error();
            return std::nullopt;
        }
        ledger = std::move(*opened);
    }
    const client::Journal::Owner owner{
        client::print(settings.service), folder, "3a68365f-4dec-4ecf-b3e7-04bedbdd1096"
    };
    auto opened = client::Journal::open(files, journal_path, owner, settings.chunk_bytes);
    if (!opened) {
        journal_error = opened.error();
        return std::nullopt;
    }
    auto journal = std::make_unique<client::Journal>(std::move(*opened));
    std::optional<client::LedgerRecorder> recorder;
    if (ledger) {
        const auto told = ledger->tell(*journal, *listing);
        if (!told) throw std::runtime_error(platform::describe(told.error()));
        recorder.emplace(*ledger, *journal, notes);
    }
    client::MigrationObserver& observer =
        recorder ? static_cast<client::MigrationObserver&>(*recorder) : notes;
    auto context = std::make_unique<boost::asio::io_context>(1);
    std::optional<MigrationResult> result;
    std::exception_ptr failure;
    const client::UploadWorld world{
        client_network != nullptr ? *client_network : network,
        clock,
        client_files != nullptr ? *client_files : files,
        random,
        algorithms
    };
    boost::asio::co_spawn(
        *context,
        client::migrate(world, settings, *listing, *journal, observer, stop),
        [&](std::exception_ptr thrown, MigrationResult ended) {
            failure = thrown;
            result = std::move(ended);
        }
    );
    bool killed = false;
    const auto death = clock.call_at(clock.steady_now() + life, [&] {
        killed = true;
        context.reset();  // its coroutines go, and with them its connections and open files
        journal.reset();
    });
    const auto poll = [&] {
        server_context.restart();
        std::size_t done = server_context.poll();
        if (context) {
            context->restart();
            done += context->poll();
        }
        return done;
    };
    clock.run(poll, [&] { return killed || result || failure; });
    clock.call_off(death);
    if (failure) std::rethrow_exception(failure);
    return result;
}

MigrationResult UploadWorldInMemory::run() {
    auto result = run_until_killed(std::chrono::hours(24));
    if (!result) throw std::runtime_error("the migration did not end");
    return *result;
}

unsigned UploadWorldInMemory::whole_uploads(const std::string& name) const {
    unsigned whole = 0;
    for (const auto& [file, bytes] : contents) {
        if (file != name) continue;
        for (const FakeUpload* upload : server.named(name.substr(name.rfind('/') + 1))) {
            if (!upload->deleted && upload->bytes == bytes) ++whole;
        }
    }
    return whole;
}

void UploadWorldInMemory::expect_everything_arrived_once() const {
    for (const auto& [name, bytes] : contents) {
        EXPECT_EQ(whole_uploads(name), 1U) << name << ": " << server.trace();
    }
}

}  // namespace sfmkit::test
