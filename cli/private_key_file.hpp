#pragma once

#include "cli/command.hpp"
#include "platform/keys.hpp"

#include <string>

namespace sfmkit::cli {

/// The private key that `--key` names: PEM, DER or PKCS#12. Its pass phrase, if it wants one, is
/// the first line of the pass phrase file, or else the environment's SFMKIT_PASS_PHRASE.
platform::Result<platform::PrivateKey> read_private_key(
    World& world, const std::string& path, const std::string& pass_phrase_file
);

}  // namespace sfmkit::cli
