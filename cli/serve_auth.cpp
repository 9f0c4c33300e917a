#include "cli/serve_auth.hpp"

#include "cli/time_option.hpp"
#include "cli/token_issuer.hpp"
#include "wire/jose/jwk_set.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Option.hpp>
#include <CLI/Validators.hpp>
#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace sfmkit::cli {
namespace {

using mockserver::AuthMode;
using mockserver::AuthSettings;
using mockserver::ExpiryPolicy;

constexpr std::uint64_t max_jwks_bytes = 1 << 20;
constexpr const char* sts_path = "/sts/.well-known/openid-configuration";

template <class Value>
struct Named {
    const char* name;
    Value value;
};

constexpr std::array<Named<AuthMode>, 3> judging_modes = {{
    {"presence", AuthMode::presence},
    {"validate", AuthMode::validate},
    {"dpop", AuthMode::dpop},
}};

constexpr std::array<Named<ExpiryPolicy>, 4> policies = {{
    {"session-grace", ExpiryPolicy::session_grace},
    {"create-grace", ExpiryPolicy::create_grace},
    {"skew", ExpiryPolicy::skew},
    {"strict", ExpiryPolicy::strict},
}};

template <class Rows>
std::vector<std::string> names_in(const Rows& rows, std::vector<std::string> names = {}) {
    for (const auto& row : rows) names.emplace_back(row.name);
    return names;
}

template <class Rows>
auto value_in(const Rows& rows, const std::string& name) {
    const auto row =
        std::ranges::find(rows, name, [](const auto& each) { return std::string_view(each.name); });
    return row == rows.end() ? rows.front().value : row->value;
}

platform::Result<std::string> read_jwks(World& world, const std::string& file) {
    const auto content = world.files.read_all(file, max_jwks_bytes);
    if (!content) {
        platform::Error error = content.error();
        error.code = platform::Errc::usage;
        return std::unexpected(error);
    }
    return std::string(platform::as_text(*content));
}

platform::Result<wire::JwkSet> keys_of(const std::string& jwks, const std::string& file) {
    auto keys = wire::parse_jwk_set(jwks);
    if (keys && !keys->keys.empty()) return std::move(*keys);
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "the issuer's keys cannot be used",
        .where = "--jwks " + file,
        .expected = "a JSON Web Key Set with public RSA or EC keys for signatures",
        .actual = keys ? "none of that kind" : wire::describe(keys.error()),
        .next = "save what jwks_uri of the issuer's discovery document gives",
    });
}

}  // namespace

void add_auth_options(CLI::App& command, AuthOptions& options) {
    command
        .add_option(
            "--auth",
            options.mode,
            "any: some Authorization; presence: Bearer on /files, DPoP with a proof on /v2/files;\n"
            "validate: tokens in full, what is wrong with proofs is told; dpop: both in full"
        )
        ->check(CLI::IsMember(names_in(judging_modes, {"none", "any"})))
        ->capture_default_str();
    command
        .add_option("--jwks", options.jwks, "keys of the issuer; otherwise those of our own tokens")
        ->type_name("FILE");
    command.add_option("--issuer", options.issuer, "its name, as in the claim iss")
        ->default_str(default_issuer_name);
    command.add_option("--audience", options.audience, "as in the claim aud")
        ->default_str(AuthSettings().audience);
    command.add_option("--challenge", options.challenge, "wording of refusals")
        ->check(CLI::IsMember({"rfc", "aspnet"}))
        ->capture_default_str();
    command
        .add_option(
            "--token-expiry", options.expiry, "for which requests an expired token is still good"
        )
        ->check(CLI::IsMember(names_in(policies)))
        ->capture_default_str();
    command.add_option("--token-grace", options.grace, "and how long after its end")
        ->capture_default_str();
    command.add_option(
        "--public-url", options.public_url, "what clients call this server, for htu of proofs"
    );
    command.add_flag("--dpop-nonce", options.nonce, "proofs need the nonce of DPoP-Nonce");
    command.add_flag("--exact-htu", options.exact_htu, "compares htu of proofs byte for byte");
    command.add_flag(
        "--any-claims", options.any_claims, "tokens without person, journal and organisation do"
    );
}

platform::Result<ServedAuth> open_auth(
    World& world, const AuthOptions& options, const std::string& data_dir, const std::string& host
) {
    ServedAuth auth;
    if (options.mode == "none" || options.mode == "any") return auth;
    AuthSettings settings;
    settings.mode = value_in(judging_modes, options.mode);
    settings.expiry = value_in(policies, options.expiry);
    const auto grace = read_time_option(
        "--token-grace", options.grace, "sfmkit serve --auth dpop --token-grace 5h"
    );
    if (!grace) return std::unexpected(grace.error());
    settings.grace = std::chrono::duration_cast<std::chrono::seconds>(*grace);
    if (options.challenge == "aspnet") settings.style = mockserver::ChallengeStyle::aspnet;
    if (!options.audience.empty()) settings.audience = options.audience;
    settings.public_url = options.public_url;
    settings.wants_nonce = options.nonce;
    settings.exact_htu = options.exact_htu;
    settings.wants_sfm_claims = !options.any_claims;
    settings.hosts.push_back(host);
    const std::string name = options.issuer.empty() ? default_issuer_name : options.issuer;
    std::string jwks;
    if (options.jwks.empty()) {
        auto issuer = open_issuer(world, std::filesystem::path(data_dir) / "issuer");
        if (!issuer) return std::unexpected(issuer.error());
        jwks = issuer->jwks;
        auth.issuer = name;
        auth.jwks = jwks;
    } else {
        auto read = read_jwks(world, options.jwks);
        if (!read) return std::unexpected(read.error());
        jwks = std::move(*read);
    }
    auto keys = keys_of(jwks, options.jwks);
    if (!keys) return std::unexpected(keys.error());
    settings.issuers.push_back({.name = name, .keys = std::move(*keys)});
    auth.guard =
        std::make_unique<mockserver::Guard>(std::move(settings), world.algorithms, world.random);
    return auth;
}

std::map<std::string, std::string, std::less<>> issuer_documents(
    const ServedAuth& auth, const std::string& service_url
) {
    if (auth.jwks.empty()) return {};
    const std::string keys_path = std::string(sts_path) + "/jwks";
    const nlohmann::ordered_json discovery = {
        {"issuer", auth.issuer},
        {"jwks_uri", service_url + keys_path},
        {"dpop_signing_alg_values_supported",
         {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"}},
        {"id_token_signing_alg_values_supported", {"RS256"}},
    };
    return {{sts_path, discovery.dump(2) + "\n"}, {keys_path, auth.jwks}};
}

}  // namespace sfmkit::cli
