#include "cli/commands.hpp"
#include "cli/finding_log.hpp"
#include "cli/serve_options.hpp"
#include "cli/upload_judge.hpp"
#include "mockserver/admin/admin_server.hpp"
#include "mockserver/evidence/evidence_fan.hpp"
#include "mockserver/evidence/sqlite_evidence.hpp"
#include "mockserver/server.hpp"
#include "platform/process.hpp"
#include "platform/signals.hpp"
#include "platform/tcp_network.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <ostream>
#include <vector>

namespace sfmkit::cli {
namespace {

/// How long running requests may take to end after the first signal.
constexpr platform::Duration grace = std::chrono::seconds(5);

/// An address that clients on this machine can use: one that stands for all is none to connect to.
std::string url_of(const ServeOptions& options, std::uint16_t port) {
    std::string host = options.host;
    if (host == "0.0.0.0") host = "127.0.0.1";
    if (host == "::") host = "::1";
    if (host.find(':') != std::string::npos) host = "[" + host + "]";
    return (options.tls.on ? "https://" : "http://") + host + ":" + std::to_string(port);
}

/// Tells whoever started us that the port accepts, and which one it is.
platform::Result<void> announce(
    World& world, const ServeOptions& options, const std::string& url, const std::string& admin_url
) {
    world.output << "serving " << url << "/files as " << options.imitate << ", data in "
                 << options.data_dir << "; Ctrl-C ends it\n";
    if (!admin_url.empty()) world.output << "dashboard and admin API: " << admin_url << "/\n";
    world.output << std::flush;
    if (options.ready_file.empty()) return {};
    const nlohmann::ordered_json ready = {
        {"url", url},
        {"admin_url",
         admin_url.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(admin_url)},
        {"pid", platform::this_process_id()},
        {"version", SFMKIT_VERSION},
    };
    const std::string text = ready.dump() + "\n";
    return platform::replace_file(
        world.files,
        options.ready_file,
        platform::as_bytes(text),
        platform::Access::everybody,
        platform::Durability::process
    );
}

/// A ready file of a server that has ended would name a port that nobody serves.
platform::Result<void> remove_ready_file(World& world, const ServeOptions& options) {
    if (options.ready_file.empty()) return {};
    return world.files.remove(options.ready_file);
}

platform::Error unusable_folder(platform::Error error) {
    if (error.code != platform::Errc::disk_full) error.code = platform::Errc::usage;
    if (error.next.empty()) {
        error.next = "give a folder that can be written: sfmkit serve --data-dir FOLDER";
    }
    return error;
}

/// A port that cannot be had is a matter of the command line, whatever the reason.
platform::Error unusable_address(platform::Error error) {
    if (error.code != platform::Errc::address_in_use) error.code = platform::Errc::usage;
    if (error.next.empty()) error.next = "sfmkit serve --port 0 takes any free port";
    return error;
}

/// Runs until a signal comes and all is closed.
platform::Result<void> serve(
    World& world,
    const ServeOptions& options,
    mockserver::Site& site,
    mockserver::admin::Desk& desk,
    const ServedAuth& auth,
    boost::asio::io_context& context
) {
    platform::TcpNetwork network(context.get_executor());
    const auto tls = open_tls(world, options.tls, options.data_dir, network);
    if (!tls) return platform::fail(tls.error());
    platform::Network& served_on = *tls ? **tls : network;
    mockserver::Server server(site, served_on, context.get_executor());
    if (auto removed = remove_ready_file(world, options); !removed) return removed;
    if (auto listening = server.listen(options.host, options.port); !listening) {
        return platform::fail(unusable_address(listening.error()));
    }
    desk.url = url_of(options, server.port());
    site.documents = issuer_documents(auth, desk.url);
    mockserver::admin::AdminServer admin(desk, network, context.get_executor());
    std::string admin_url;
    if (options.admin_port) {
        if (auto listening = admin.listen(*options.admin_port); !listening) {
            return platform::fail(unusable_address(listening.error()));
        }
        admin_url = "http://127.0.0.1:" + std::to_string(admin.port());
        boost::asio::co_spawn(context, admin.run(), [](const std::exception_ptr& exception) {
            if (exception) std::rethrow_exception(exception);
        });
    }
    const auto stop = [&server, &admin, asked = false]() mutable {
        // The second signal does not wait for running requests.
        admin.stop();
        server.stop(asked ? platform::Duration(0) : grace);
        asked = true;
    };
    const platform::StopSignals signals(context.get_executor(), stop);
    if (auto told = announce(world, options, desk.url, admin_url); !told) return told;
    std::exception_ptr failure;
    boost::asio::co_spawn(context, server.run(), [&](const std::exception_ptr& exception) {
        failure = exception;
        context.stop();
    });
    context.run();
    if (failure) std::rethrow_exception(failure);
    return remove_ready_file(world, options);
}

platform::Result<void> run(World& world, const ServeOptions& options) {
    if (auto closed = check_plain_http(options.tls, options.host); !closed) return closed;
    auto rules = rules_of(options);
    if (!rules) return std::unexpected(rules.error());
    const auto limits = limits_of(options);
    if (!limits) return std::unexpected(limits.error());
    if (limits->upload_bytes > 0 && !rules->settings.max_size_bytes) {
        rules->settings.max_size_bytes = limits->upload_bytes;
    }
    auto faults = faults_of(world, options);
    if (!faults) return std::unexpected(faults.error());
    (void)platform::raise_open_file_limit();
    const auto durability =
        options.durability == "fsync" ? platform::Durability::power : platform::Durability::process;
    mockserver::StoreLimits store_limits;
    if (limits->disk_bytes > 0) store_limits.quota_bytes = limits->disk_bytes;
    mockserver::UploadStore store(world.files, options.data_dir, durability, store_limits);
    if (auto opened = store.open(); !opened) {
        return platform::fail(unusable_folder(opened.error()));
    }
    std::optional<platform::PrivateKey> key;
    if (!options.key.key.empty()) {
        auto read = read_private_key(world, options.key);
        if (!read) return std::unexpected(read.error());
        key = std::move(*read);
    }
    const bool has_key = key.has_value();
    const auto auth = open_auth(world, options.auth, options.data_dir, options.host);
    if (!auth) return std::unexpected(auth.error());
    platform::SeededRandom chance(options.seed);
    boost::asio::io_context context(1);
    FindingLog log(world.output);
    std::unique_ptr<mockserver::SqliteEvidence> kept;
    std::vector<mockserver::Evidence*> told = {&log};
    mockserver::admin::LiveEvents live;
    if (options.admin_port) told.push_back(&live);
    if (!options.without_evidence) {
        const mockserver::RunFacts facts{
            .version = SFMKIT_VERSION,
            .imitates = options.imitate,
            .seed = options.seed,
            .survives_power_loss = durability == platform::Durability::power,
        };
        auto opened = mockserver::SqliteEvidence::open(
            options.data_dir, facts, world.clock, context.get_executor()
        );
        if (!opened) return platform::fail(unusable_folder(opened.error()));
        kept = std::move(*opened);
        told.push_back(kept.get());
    }
    mockserver::EvidenceFan evidence(told);
    // Findings of the judging thread join the others on this one.
    std::function<void()> collect;
    UploadJudge judge(world, std::move(key), resumed_in(options.data_dir), [&context, &collect] {
        boost::asio::post(context, [&collect] { collect(); });
    });
    collect = [&judge, &evidence, &world] {
        for (const UploadJudge::Judged& judged : judge.take_judged()) {
            world.output << judged.line << '\n';
            for (const findings::Finding& finding : judged.findings) {
                evidence.found(finding, {.upload_id = judged.upload_id});
            }
        }
        world.output << std::flush;
    };
    mockserver::ShiftedClock clock(world.clock);
    mockserver::Site site{
        .rules = *rules,
        .limits = *limits,
        .store = store,
        .clock = clock,
        .ids = world.random,
        .chance = chance,
        .algorithms = world.algorithms,
        .evidence = evidence,
        .on_finished = [&judge](const mockserver::FinishedUpload& finished
                       ) { judge.judge(finished); },
        .locks = {},
        .faults = std::move(*faults),
        .guard = auth->guard.get(),
        .crash = [] { platform::kill_this_process(); },
        .tls = options.tls.on,
    };
    if (has_key) site.outcome_of = [&judge](const std::string& id) { return judge.outcome_of(id); };
    mockserver::admin::Desk desk{
        .site = site,
        .clock = clock,
        .live = live,
        .evidence = kept.get(),
        .data_dir = options.data_dir,
        .url = {},
        .imitates = options.imitate,
    };
    const auto served = serve(world, options, site, desk, *auth, context);
    judge.finish();
    collect();
    log.tell_counts();
    if (site.faults.strikes() > 0) {
        world.output << fmt::format(
            "{} faults struck, trace {}\n", site.faults.strikes(), site.faults.trace_hash()
        );
    }
    return served;
}

}  // namespace

void declare_serve(CLI::App& parser, World& world, int& exit_code) {
    CLI::App* command = parser.add_subcommand("serve", "Run the mock DataImporter");
    const auto options = std::make_shared<ServeOptions>();
    add_serve_options(*command, *options);
    set_examples(
        *command,
        "sfmkit serve --port 0 --ready-file ready.json",
        "sfmkit serve --imitate strict-spec --expire 1h --max-size 104857600"
    );
    command->callback([&world, &exit_code, options] {
        const auto served = run(world, *options);
        exit_code = served ? exit_code::conforms : report_error(world, served.error());
    });
}

}  // namespace sfmkit::cli
