#include "cli/demo_run.hpp"

#include "cli/demo_interruptions.hpp"
#include "cli/demo_server.hpp"
#include "client/encoder/export_folder.hpp"
#include "client/encoder/synthetic/synthetic_export.hpp"
#include "client/encoder/test_keys.hpp"
#include "client/upload/export_listing.hpp"
#include "client/upload/journal.hpp"
#include "client/upload/session_id.hpp"
#include "findings/report_formats.hpp"
#include "mockserver/storage/upload_store.hpp"
#include "platform/tcp_network.hpp"
#include "verifier/schema/own_schema.hpp"
#include "verifier/verify_job.hpp"
#include "wire/sfm_names.hpp"
#include "wire/tus_headers.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <exception>
#include <map>
#include <utility>

namespace sfmkit::cli {
namespace {

namespace fs = std::filesystem;
using platform::Errc;
using platform::Result;

constexpr std::uint64_t file_limit = std::uint64_t{64} << 20;

/// The three accidents of the demo, spread over its dozen or so PATCHes.
const std::vector<PlannedInterruption> planned = {
    {.patch = 3, .kind = Interruption::cut_in_body},
    {.patch = 6, .kind = Interruption::answer_lost},
    {.patch = 9, .kind = Interruption::server_killed},
};

Result<void> make_keys(World& world, const DemoPlaces& places) {
    const client::TestKeyOptions options{
        .now = std::chrono::floor<std::chrono::seconds>(world.clock.wall_now())
    };
    const auto keys = client::make_test_keys(options, world.random, world.algorithms);
    if (!keys) return platform::fail(keys.error());
    return client::write_test_keys(world.files, *keys, places.keys);
}

Result<client::ExportSummary> make_export(
    World& world, const DemoSettings& settings, const DemoPlaces& places
) {
    const fs::path file = places.keys / "recipient.cert.pem";
    const auto content = world.files.read_all(file, file_limit);
    if (!content) return platform::fail(content.error());
    const auto recipient = platform::parse_certificate(*content, file.string());
    if (!recipient) return platform::fail(recipient.error());
    const client::Sealing sealing{*recipient, world.random, world.algorithms};
    client::SyntheticExport documents(settings.seed, {.patients = settings.patients});
    return client::write_sealed_export(documents, world.files, sealing, places.exported);
}

/// Uploads through a network that breaks as planned.
class DemoUpload {
  public:
    DemoUpload(World& world, DemoServer& server)
        : world_(world), network_(tcp_, planned, [&server] {
              server.kill();
              // A server that does not come back shows as an upload that cannot go on.
              (void)server.start();
          }) {}

    Result<client::MigrationResult> run(const DemoPlaces& places, const std::string& url) {
        const auto listing = client::list_export(world_.files, places.exported);
        if (!listing) return platform::fail(listing.error());
        const auto service = client::parse_url(url);
        if (!service) return platform::fail(service.error());
        const client::Journal::Owner owner{
            .service = client::print(*service),
            .export_name = places.exported.filename().string(),
            .session = client::new_session_id(world_.random),
        };
        auto journal =
            client::Journal::open(world_.files, places.journal, owner, wire::sfm::chunk_bytes);
        if (!journal) return platform::fail(journal.error());
        client::MigrationSettings settings;
        settings.service = *service;
        return migrate(settings, *listing, *journal);
    }

    const std::vector<std::string>& interruptions() const { return network_.happened(); }

  private:
    client::MigrationResult migrate(
        const client::MigrationSettings& settings,
        const client::ExportListing& listing,
        client::Journal& journal
    ) {
        const client::UploadWorld upload_world{
            network_, world_.clock, world_.files, world_.random, world_.algorithms
        };
        client::MigrationObserver nobody;
        const client::StopRequest never;
        client::MigrationResult result;
        std::exception_ptr failure;
        boost::asio::co_spawn(
            context_,
            client::migrate(upload_world, settings, listing, journal, nobody, never),
            [&](std::exception_ptr thrown, client::MigrationResult outcome) {
                failure = thrown;
                result = std::move(outcome);
            }
        );
        context_.run();
        if (failure) std::rethrow_exception(failure);
        return result;
    }

    World& world_;
    boost::asio::io_context context_{1};
    platform::TcpNetwork tcp_{context_.get_executor()};
    InterruptedNetwork network_;
};

std::string uploaded_name(const mockserver::Upload& upload) {
    const auto pairs = wire::parse_metadata_strictly(upload.metadata);
    if (!pairs) return {};
    const auto found =
        std::ranges::find(*pairs, wire::sfm::metadata_name, &wire::MetadataPair::key);
    if (found == pairs->end()) return {};
    return std::string(platform::as_text(found->value));
}

Result<void> write_file(World& world, const fs::path& path, platform::Bytes content) {
    if (auto made = world.files.make_directories(path.parent_path()); !made) return made;
    return platform::replace_file(
        world.files, path, content, platform::Access::everybody, platform::Durability::process
    );
}

/// Lays finished uploads out as an export folder. Index.txt is never uploaded: it is taken from the
/// export. Gives how many files are equal to what was sent, byte by byte.
Result<std::uint64_t> lay_out_received(World& world, const DemoPlaces& places) {
    const auto listing = client::list_export(world.files, places.exported);
    if (!listing) return platform::fail(listing.error());
    std::map<std::string, client::ExportFile> by_name;
    by_name["ExportData.dat"] = listing->organisation;
    for (const auto& file : listing->others) by_name[file.path.filename().string()] = file;

    mockserver::UploadStore store(world.files, places.server_data, platform::Durability::process);
    const auto uploads = store.list();
    if (!uploads) return platform::fail(uploads.error());
    std::uint64_t equal = 0;
    for (const mockserver::Upload& upload : *uploads) {
        const auto sent = by_name.find(uploaded_name(upload));
        if (!upload.is_complete() || sent == by_name.end()) continue;
        const auto stored = world.files.read_all(store.file_of(upload.id), file_limit);
        if (!stored) return platform::fail(stored.error());
        const auto original = world.files.read_all(sent->second.path, file_limit);
        if (!original) return platform::fail(original.error());
        if (*stored == *original) ++equal;
        auto written = write_file(world, places.received / sent->second.name, *stored);
        if (!written) return platform::fail(std::move(written.error()));
    }
    const auto index = world.files.read_all(places.exported / wire::sfm::index_file, file_limit);
    if (!index) return platform::fail(index.error());
    auto written = write_file(world, places.received / wire::sfm::index_file, *index);
    if (!written) return platform::fail(std::move(written.error()));
    return equal;
}

Result<findings::Report> verify_received(World& world, const DemoPlaces& places) {
    const fs::path file = places.keys / "recipient.key.pem";
    const auto content = world.files.read_all(file, file_limit);
    if (!content) return platform::fail(content.error());
    const auto key = platform::parse_private_key(*content, file.string(), {});
    if (!key) return platform::fail(key.error());
    const auto schema =
        verifier::XmlSchema::parse(platform::as_bytes(verifier::own_schema()), "own schema");
    if (!schema) return platform::fail(schema.error());
    const verifier::VerifyWorld verify_world{world.files, world.clock, world.algorithms};
    auto report =
        verifier::verify_path(verify_world, places.received, {.key = &*key, .schema = &*schema});
    if (!report) return report;
    const std::string text = findings::text_report(*report);
    const std::string json = findings::json_report(*report);
    if (auto done = write_file(world, places.text_report, platform::as_bytes(text)); !done) {
        return platform::fail(std::move(done.error()));
    }
    if (auto done = write_file(world, places.json_report, platform::as_bytes(json)); !done) {
        return platform::fail(std::move(done.error()));
    }
    return report;
}

}  // namespace

DemoPlaces::DemoPlaces(const fs::path& folder)
    : keys(folder / "keys"),
      exported(folder / "export"),
      journal(folder / "demo-upload.journal"),
      server_data(folder / "server"),
      server_ready(folder / "server.json"),
      server_log(folder / "server.log"),
      received(folder / "received"),
      text_report(folder / "report.txt"),
      json_report(folder / "report.json") {}

Result<DemoResult> run_demo(World& world, const DemoSettings& settings) {
    const DemoPlaces places(settings.folder);
    DemoResult result;
    if (auto made = make_keys(world, places); !made) return platform::fail(made.error());
    const auto summary = make_export(world, settings, places);
    if (!summary) return platform::fail(summary.error());
    result.export_files = 1 + summary->patients + summary->reports;
    result.export_bytes = summary->bytes;

    DemoServer server(
        world.files,
        {.program = settings.program,
         .data = places.server_data,
         .ready_file = places.server_ready,
         .log = places.server_log}
    );
    if (auto started = server.start(); !started) return platform::fail(started.error());
    DemoUpload upload(world, server);
    auto migration = upload.run(places, server.url() + "/files/");
    if (!migration) return platform::fail(migration.error());
    result.migration = std::move(*migration);
    result.interruptions = upload.interruptions();
    server.stop();

    const auto equal = lay_out_received(world, places);
    if (!equal) return platform::fail(equal.error());
    result.equal_files = *equal;
    auto report = verify_received(world, places);
    if (!report) return platform::fail(report.error());
    result.report = std::move(*report);
    return result;
}

}  // namespace sfmkit::cli
