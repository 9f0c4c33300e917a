#include "cli/serve_tls.hpp"

#include "cli/tls_certificates.hpp"
#include "platform/tls_network.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Option.hpp>
#include <CLI/Validators.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

namespace sfmkit::cli {
namespace {

using platform::TlsFault;

constexpr std::uint64_t most_pem_bytes = 65536;

struct FaultRow {
    std::string_view name;
    const char* certificate;
    TlsFault fault;
    const char* what;
};

constexpr const char* good = "server.cert.pem";
constexpr std::array<FaultRow, 5> faults = {{
    {"expired", "expired.cert.pem", TlsFault::none, "the certificate ended yesterday"},
    {"wrong-name", "wrong-name.cert.pem", TlsFault::none, "it is one for other.test"},
    {"unknown-ca", "unknown-ca.cert.pem", TlsFault::none, "nobody knows who signed it"},
    {"no-close-notify", good, TlsFault::no_close_notify, "connections end without close_notify"},
    {"stall-handshake", good, TlsFault::stall_handshake, "no ClientHello is ever answered"},
}};

platform::Result<std::string> read_text(World& world, const std::filesystem::path& file) {
    const auto content = world.files.read_all(file, most_pem_bytes);
    if (!content) return std::unexpected(content.error());
    return std::string(platform::as_text(*content));
}

bool is_this_machine_alone(std::string_view host) {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

}  // namespace

void add_tls_options(CLI::App& command, TlsOptions& options) {
    auto* const tls = command.add_flag(
        "--tls",
        options.on,
        "HTTPS with a test certificate; clients need DATA-DIR/tls/ca.cert.pem, made at the first "
        "start"
    );
    std::vector<std::string> names;
    std::string told = "TLS goes wrong on purpose; a good client sends nothing then:";
    for (const FaultRow& row : faults) {
        names.emplace_back(row.name);
        told += "\n" + std::string(row.name) + ": " + row.what;
    }
    command.add_option("--tls-fault", options.fault, told)
        ->check(CLI::IsMember(names))
        ->needs(tls)
        ->type_name("NAME");
    command.add_flag(
        "--allow-plain-http",
        options.allows_plain_http,
        "without --tls, listen on addresses that other machines reach"
    );
}

platform::Result<void> check_plain_http(const TlsOptions& options, const std::string& host) {
    if (options.on || options.allows_plain_http || is_this_machine_alone(host)) return {};
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "plain HTTP would be open to other machines",
        .where = "--host " + host,
        .expected = "an address of this machine alone, or TLS",
        .actual = host,
        .next =
            "sfmkit serve --tls --host " + host + " (or --allow-plain-http in a closed network)",
    });
}

platform::Result<std::unique_ptr<platform::Network>> open_tls(
    World& world, const TlsOptions& options, const std::string& data_dir, platform::Network& below
) {
    if (!options.on) return std::unique_ptr<platform::Network>();
    const std::filesystem::path folder = std::filesystem::path(data_dir) / "tls";
    if (auto made = make_tls_certificates(world, folder); !made) {
        return std::unexpected(made.error());
    }
    const auto row = std::ranges::find(faults, options.fault, &FaultRow::name);
    const bool is_good = row == faults.end();
    const auto own = read_text(world, folder / (is_good ? good : row->certificate));
    if (!own) return std::unexpected(own.error());
    auto key = world.files.read_all(folder / tls_key_file, most_pem_bytes);
    if (!key) return std::unexpected(key.error());
    platform::TlsIdentity identity;
    identity.certificates = *own;
    identity.key = platform::SecretBytes(std::move(*key));
    auto network =
        platform::TlsNetwork::make(below, identity, is_good ? TlsFault::none : row->fault);
    if (!network) {
        platform::Error error = network.error();
        error.where = folder.string();
        error.next = "remove this folder; it is made anew at the next start";
        return std::unexpected(std::move(error));
    }
    return std::unique_ptr<platform::Network>(std::move(*network));
}

}  // namespace sfmkit::cli
