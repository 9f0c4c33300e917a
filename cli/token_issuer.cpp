#include "cli/token_issuer.hpp"

#include "client/encoder/jwk_set.hpp"
#include "client/encoder/key_encoding.hpp"
#include "client/encoder/test_keys.hpp"
#include "wire/jose/jwk_set.hpp"

#include <utility>

namespace sfmkit::cli {
namespace {

constexpr std::uint64_t max_key_bytes = 1 << 20;
constexpr unsigned rsa_bits = 2048;

platform::Result<bool> is_there(World& world, const std::filesystem::path& file) {
    const auto status = world.files.status(file);
    if (!status) return std::unexpected(status.error());
    return status->has_value();
}

platform::Result<void> write_key(
    World& world, const std::filesystem::path& file, const EVP_PKEY& key
) {
    return platform::replace_file(
        world.files,
        file,
        client::private_key_pem(key).view(),
        platform::Access::owner_only,
        platform::Durability::process
    );
}

}  // namespace

namespace {

platform::Result<platform::ByteBuffer> read_key_file(
    World& world, const std::filesystem::path& file
) {
    auto content = world.files.read_all(file, max_key_bytes);
    if (!content) {
        platform::Error error = content.error();
        error.code = platform::Errc::usage;
        if (error.next.empty()) error.next = "sfmkit token key " + file.string() + " makes one";
        return std::unexpected(error);
    }
    return content;
}

}  // namespace

platform::Result<platform::PrivateKey> read_test_key(
    World& world, const std::filesystem::path& file
) {
    const auto content = read_key_file(world, file);
    if (!content) return std::unexpected(content.error());
    return platform::parse_private_key(*content, file.string(), [] { return std::nullopt; });
}

platform::Result<platform::Openssl<EVP_PKEY>> read_client_key(
    World& world, const std::filesystem::path& file
) {
    const auto content = read_key_file(world, file);
    if (!content) return std::unexpected(content.error());
    return platform::parse_signing_key(*content, file.string());
}

platform::Result<void> write_new_key(World& world, const std::filesystem::path& file) {
    const auto there = is_there(world, file);
    if (!there) return std::unexpected(there.error());
    if (*there) {
        return platform::fail({
            .code = platform::Errc::already_exists,
            .what = "keys are never overwritten",
            .where = file.string(),
            .expected = "a name that is free",
            .next = "sfmkit token key ANOTHER-FILE",
        });
    }
    const auto key = client::new_rsa_key(rsa_bits);
    return write_key(world, file, *key);
}

platform::Result<TokenIssuer> open_issuer(World& world, const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "issuer.key.pem";
    const auto there = is_there(world, file);
    if (!there) return std::unexpected(there.error());
    if (!*there) {
        if (auto made = world.files.make_directories(folder); !made) {
            return std::unexpected(made.error());
        }
        if (auto written = write_new_key(world, file); !written) {
            return std::unexpected(written.error());
        }
    }
    auto key = read_test_key(world, file);
    if (!key) return std::unexpected(key.error());
    TokenIssuer issuer{.key = std::move(*key)};
    issuer.jwks = client::jwk_set(*issuer.key.get(), *world.algorithms.sha256);
    issuer.kid = wire::parse_jwk_set(issuer.jwks).value().keys.front().kid();
    if (*there) return issuer;
    const auto written = platform::replace_file(
        world.files,
        folder / "issuer.jwks.json",
        platform::as_bytes(issuer.jwks),
        platform::Access::everybody,
        platform::Durability::process
    );
    if (!written) return std::unexpected(written.error());
    return issuer;
}

}  // namespace sfmkit::cli
