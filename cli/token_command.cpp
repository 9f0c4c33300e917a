#include "cli/commands.hpp"
#include "cli/time_option.hpp"
#include "cli/token_issuer.hpp"
#include "mockserver/issuer/test_issuer.hpp"
#include "platform/terminal.hpp"
#include "wire/jose/jwk.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Option.hpp>
#include <CLI/Validators.hpp>

#include <algorithm>
#include <memory>
#include <ostream>
#include <utility>

// Access tokens and proofs for tests, good ones and broken ones.

namespace sfmkit::cli {
namespace {

using mockserver::BrokenVariant;
using platform::Result;

constexpr std::uint64_t max_token_bytes = 1 << 20;
constexpr const char* token_variable = "SFMKIT_TOKEN";

struct MintOptions {
    std::string folder = default_issuer_folder;
    std::string key;  ///< of proofs; empty: a Bearer token
    std::string issuer = default_issuer_name;
    std::string audience;
    std::string life = "1h";
    std::string bad;
};

struct ProofOptions {
    std::string key;
    std::string method;
    std::string url;
    std::string token_file;
    std::string nonce;
    std::string bad;
};

std::string told(std::span<const BrokenVariant> variants) {
    std::string text = "wrong in one way, for tests:";
    for (const BrokenVariant& variant : variants) {
        text += "\n" + std::string(variant.name) + ": " + std::string(variant.what);
    }
    return text;
}

std::vector<std::string> names_of(std::span<const BrokenVariant> variants) {
    std::vector<std::string> names;
    for (const BrokenVariant& variant : variants) names.emplace_back(variant.name);
    return names;
}

/// RFC 7638, of the public half of a key.
Result<std::string> thumbprint_of(const EVP_PKEY& key, const EVP_MD& sha256) {
    const auto members = wire::public_members(key);
    if (members) {
        if (const auto jwk = wire::Jwk::parse_public(*members)) {
            return wire::thumbprint(*jwk, sha256);
        }
    }
    return platform::fail({
        .code = platform::Errc::unusable_key,
        .what = "the key cannot sign proofs",
        .expected = "an RSA key of 2048 bits or more",
        .next = "sfmkit token key FILE makes one",
    });
}

Result<std::string> finished(
    mockserver::TokenParts parts, std::span<const BrokenVariant> variants, const std::string& bad
) {
    if (const BrokenVariant* const variant = mockserver::find_variant(variants, bad)) {
        variant->apply(parts);
    }
    auto text = mockserver::assemble(parts);
    if (text) return std::move(*text);
    return platform::fail({
        .code = platform::Errc::unusable_key,
        .what = "nothing can be signed with the key",
        .expected = "an RSA key",
        .actual = wire::describe(text.error()),
    });
}

Result<std::string> mint(const MintOptions& options, World& world) {
    auto issuer = open_issuer(world, options.folder);
    if (!issuer) return std::unexpected(issuer.error());
    const auto life = read_time_option("--life", options.life, "sfmkit token mint --life 1h");
    if (!life) return std::unexpected(life.error());
    mockserver::TokenOrder order;
    order.route = mockserver::AuthRoute::bearer;
    order.issuer = options.issuer;
    if (!options.audience.empty()) order.audience = options.audience;
    order.kid = issuer->kid;
    order.now = std::chrono::floor<std::chrono::seconds>(world.clock.wall_now());
    order.life = std::chrono::duration_cast<std::chrono::seconds>(*life);
    if (!options.key.empty()) {
        const auto key = read_client_key(world, options.key);
        if (!key) return std::unexpected(key.error());
        auto print = thumbprint_of(**key, *world.algorithms.sha256);
        if (!print) return std::unexpected(print.error());
        order.route = mockserver::AuthRoute::dpop;
        order.jkt = std::move(*print);
    }
    return finished(
        mockserver::token_parts(order, *issuer->key.get(), world.random),
        mockserver::broken_tokens(),
        options.bad
    );
}

/// From a file or the environment: arguments are seen by everybody on the machine.
Result<std::string> read_token(World& world, const ProofOptions& options) {
    std::string token;
    if (!options.token_file.empty()) {
        const auto content = world.files.read_all(options.token_file, max_token_bytes);
        if (!content) return std::unexpected(content.error());
        token = platform::as_text(*content);
    } else if (const auto value = platform::environment(token_variable)) {
        token = *value;
    }
    while (!token.empty() && (token.back() == '\n' || token.back() == '\r')) token.pop_back();
    if (!token.empty()) return token;
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "there is no token to make a proof for",
        .where = options.token_file.empty() ? token_variable : options.token_file,
        .expected = "--token-file FILE, or the variable SFMKIT_TOKEN",
        .next = "sfmkit token mint --key dpop.pem > token.txt",
    });
}

Result<std::string> prove(const ProofOptions& options, World& world) {
    auto key = read_test_key(world, options.key);
    if (!key) return std::unexpected(key.error());
    auto print = thumbprint_of(*key->get(), *world.algorithms.sha256);
    if (!print) return std::unexpected(print.error());
    auto token = read_token(world, options);
    if (!token) return std::unexpected(token.error());
    const mockserver::ProofOrder order{
        .method = options.method,
        .url = options.url,
        .token = std::move(*token),
        .nonce = options.nonce,
        .now = std::chrono::floor<std::chrono::seconds>(world.clock.wall_now()),
    };
    return finished(
        mockserver::proof_parts(order, *key->get(), world.random, *world.algorithms.sha256),
        mockserver::broken_proofs(),
        options.bad
    );
}

int print_or_report(World& world, const Result<std::string>& made) {
    if (!made) return report_error(world, made.error());
    world.output << *made << '\n';
    return exit_code::conforms;
}

void declare_mint(CLI::App& token, World& world, int& exit_code) {
    const auto options = std::make_shared<MintOptions>();
    CLI::App* command = token.add_subcommand("mint", "Make an access token as HelseID does");
    command
        ->add_option("--issuer-folder", options->folder, "where the issuer's key is, or is to be")
        ->capture_default_str();
    command->add_option("--key", options->key, "key of the proofs: makes a DPoP token")
        ->type_name("FILE");
    command->add_option("--issuer", options->issuer, "claim iss")->capture_default_str();
    command->add_option("--audience", options->audience, "claim aud")
        ->default_str(mockserver::TokenOrder().audience);
    command->add_option("--life", options->life, "until it expires")->capture_default_str();
    command->add_option("--bad", options->bad, told(mockserver::broken_tokens()))
        ->check(CLI::IsMember(names_of(mockserver::broken_tokens())))
        ->type_name("NAME");
    set_examples(
        *command,
        "sfmkit token mint --key dpop.pem > token.txt",
        "sfmkit token mint --bad clm-exp > expired.txt"
    );
    command->callback([&world, &exit_code, options] {
        exit_code = print_or_report(world, mint(*options, world));
    });
}

void declare_proof(CLI::App& token, World& world, int& exit_code) {
    const auto options = std::make_shared<ProofOptions>();
    CLI::App* command = token.add_subcommand("proof", "Make a DPoP proof for one request");
    command->add_option("--key", options->key, "the key that the token is bound to")
        ->type_name("FILE")
        ->required();
    command->add_option("--method", options->method, "of the request")->required();
    command->add_option("--url", options->url, "of the request")->required();
    command->add_option("--token-file", options->token_file, "else SFMKIT_TOKEN")
        ->type_name("FILE");
    command->add_option("--nonce", options->nonce, "value of DPoP-Nonce, when the server gave one");
    command->add_option("--bad", options->bad, told(mockserver::broken_proofs()))
        ->check(CLI::IsMember(names_of(mockserver::broken_proofs())))
        ->type_name("NAME");
    set_examples(
        *command,
        "sfmkit token proof --key dpop.pem --method POST --url http://localhost:8080/v2/files "
        "--token-file token.txt",
        "sfmkit token proof --key dpop.pem --method POST --url http://localhost:8080/v2/files "
        "--bad prf-iat-old"
    );
    command->callback([&world, &exit_code, options] {
        exit_code = print_or_report(world, prove(*options, world));
    });
}

}  // namespace

void declare_token(CLI::App& parser, World& world, int& exit_code) {
    CLI::App* token = parser.add_subcommand("token", "Make access tokens and proofs for tests");
    token->require_subcommand(1);
    set_examples(
        *token, "sfmkit token key dpop.pem", "sfmkit token mint --key dpop.pem > token.txt"
    );
    declare_mint(*token, world, exit_code);
    declare_proof(*token, world, exit_code);
    const auto file = std::make_shared<std::string>();
    CLI::App* key = token->add_subcommand("key", "Make a key for proofs");
    key->add_option("FILE", *file, "PEM, readable by its owner only")->required();
    set_examples(*key, "sfmkit token key dpop.pem", "sfmkit token key keys/dpop.pem");
    key->callback([&world, &exit_code, file] {
        const auto made = write_new_key(world, *file);
        exit_code = made ? exit_code::conforms : report_error(world, made.error());
    });
}

}  // namespace sfmkit::cli
