#pragma once

#include "cli/command.hpp"
#include "cli/key_options.hpp"
#include "cli/serve_auth.hpp"
#include "cli/serve_tls.hpp"
#include "mockserver/faults/fault_table.hpp"
#include "mockserver/limits.hpp"
#include "mockserver/tus/engine.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace sfmkit::cli {

/// What `sfmkit serve` was told; the defaults stand in its help.
struct ServeOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;
    std::optional<std::uint16_t> admin_port;  ///< empty: no admin API
    std::string data_dir = "sfmkit-data";
    std::string ready_file;
    std::string imitate = "tusdotnet-2021";
    std::string expire = "5h";
    bool sliding = false;
    std::uint64_t max_size = 0;
    std::string require_metadata;
    std::vector<std::string> enforce;
    AuthOptions auth;
    std::string read_timeout;
    std::vector<std::string> without;
    std::string durability = "process";
    std::vector<std::string> limits;  ///< each `NAME=VALUE`
    std::uint64_t seed = 1;
    bool finding_header = false;
    bool without_evidence = false;
    std::vector<std::string> faults;  ///< scenario files
    KeyOptions key;
    TlsOptions tls;
};

void add_serve_options(CLI::App& command, ServeOptions& options);

/// The limits that were told, over the defaults. Errc::usage names the one that cannot be read.
platform::Result<mockserver::Limits> limits_of(const ServeOptions& options);
/// The faults of all scenario files; the seed of a file counts for the server's own. Errc::usage
/// names the file and the member that cannot be read.
platform::Result<mockserver::FaultTable> faults_of(World& world, const ServeOptions& options);
/// How the server is to judge. Errc::usage names the option that cannot be read.
platform::Result<mockserver::Rules> rules_of(const ServeOptions& options);

}  // namespace sfmkit::cli
