#include "cli/upload_access.hpp"

#include "client/upload/safety_catch.hpp"
#include "platform/file_readers.hpp"
#include "platform/printable.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Option.hpp>

#include <ostream>

namespace sfmkit::cli {
namespace {

using platform::Errc;
using platform::Error;
using platform::Result;

constexpr std::uint64_t most_key_bytes = 1 << 20;
constexpr std::uint64_t most_authority_bytes = 8 << 20;  // the system's list has a quarter MiB

/// What was named on the command line and is not there makes the command unusable.
Result<platform::ByteBuffer> read_named(
    World& world, const std::string& file, std::uint64_t most_bytes
) {
    auto content = world.files.read_all(file, most_bytes);
    if (!content) content.error().code = Errc::usage;
    return content;
}

Result<void> check_readers(World& world, const std::string& file) {
    switch (platform::readers_of(file)) {
        case platform::FileReaders::owner:
            return {};
        case platform::FileReaders::others:
            return platform::fail(
                {.code = Errc::usage,
                 .what = "others on this machine may read the private key",
                 .where = file,
                 .expected = "a file that only its owner may read (mode 0600)",
                 .next = "chmod 600 " + file}
            );
        case platform::FileReaders::not_known:
            break;
    }
    world.error << "warning: nobody can say who else may read the private key "
                << platform::printable(file)
                << ": its file system keeps no modes; move it to one that does, and chmod 600 "
                << platform::printable(file) << '\n';
    return {};
}

Error misfit(std::string what, std::string where, std::string expected, std::string actual) {
    return {
        .code = Errc::usage,
        .what = std::move(what),
        .where = std::move(where),
        .expected = std::move(expected),
        .actual = std::move(actual),
    };
}

}  // namespace

void add_access_options(CLI::App& command, AccessOptions& options) {
    auto* const authorities =
        command
            .add_option(
                "--ca",
                options.authorities,
                "whom to believe with https, instead of this system's authorities (PEM)"
            )
            ->type_name("FILE");
    command
        .add_flag(
            "--insecure", options.insecure, "believe any server with https, on this machine only"
        )
        ->excludes(authorities);
    command
        .add_option(
            "--dpop-key",
            options.proof_key,
            "private key that the token is bound to (PEM or JWK): DPoP instead of Bearer"
        )
        ->type_name("FILE");
}

Result<void> check_access(const AccessOptions& options, const client::Url& url, bool has_token) {
    const bool is_plain = url.scheme == client::Scheme::http;
    const bool is_near = client::is_loopback(url.host);
    if (is_plain && has_token && !is_near) {
        return platform::fail(misfit(
            "an access token must not cross a network without TLS",
            client::print(url),
            "https, or this machine (RFC 6750 section 5.3)",
            "http"
        ));
    }
    if (is_plain && (options.insecure || !options.authorities.empty())) {
        const char* const option = options.insecure ? "--insecure" : "--ca";
        return platform::fail(misfit("this option is for https", option, "an https URL", "http"));
    }
    if (options.insecure && !is_near) {
        return platform::fail(misfit(
            "a server on another machine must be checked",
            "--insecure",
            "localhost, 127.0.0.0/8 or ::1",
            url.host
        ));
    }
    if (!options.proof_key.empty() && !has_token) {
        return platform::fail(misfit(
            "there is no token for the proofs",
            "--dpop-key",
            "--token-file, --token-env or --token-command beside it",
            "none of them"
        ));
    }
    return {};
}

Result<std::optional<platform::TlsTrust>> tls_trust(
    World& world, const AccessOptions& options, const client::Url& url
) {
    if (url.scheme == client::Scheme::http) return std::nullopt;
    platform::TlsTrust trust;
    trust.checks_server = !options.insecure;
    if (options.authorities.empty()) return trust;
    const auto content = read_named(world, options.authorities, most_authority_bytes);
    if (!content) return std::unexpected(content.error());
    trust.authorities = platform::as_text(*content);
    // An empty text would stand for the system's own.
    if (!trust.authorities.empty()) return trust;
    return platform::fail(
        misfit("the file of authorities is empty", options.authorities, "PEM", "nothing")
    );
}

Result<std::optional<client::ProofKey>> proof_key(World& world, const AccessOptions& options) {
    if (options.proof_key.empty()) return std::nullopt;
    auto content = read_named(world, options.proof_key, most_key_bytes);
    if (!content) return std::unexpected(std::move(content.error()));
    const platform::SecretBytes secret(std::move(*content));
    if (auto readers = check_readers(world, options.proof_key); !readers) {
        return std::unexpected(std::move(readers.error()));
    }
    auto key = client::ProofKey::parse(secret.view(), options.proof_key);
    if (!key) return std::unexpected(std::move(key.error()));
    return std::optional(std::move(*key));
}

}  // namespace sfmkit::cli
