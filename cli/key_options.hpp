#pragma once

#include "cli/command.hpp"
#include "platform/keys.hpp"

#include <string>

namespace sfmkit::cli {

/// The options of every command that decrypts.
struct KeyOptions {
    std::string key;  ///< the file; empty when none was named
    std::string pass_phrase_file;
    std::string pass_phrase_variable;
};

enum class KeyNeed { required, optional };

/// Adds `--key`, `--pass-phrase-file` and `--pass-phrase-env`. The options must outlive the parser.
void add_key_options(CLI::App& command, KeyOptions& options, KeyNeed need);

/// The private key that `--key` names: PEM, DER or PKCS#12. Its pass phrase, if it wants one, is
/// the first line of the pass phrase file, the content of the named variable, or else of
/// SFMKIT_PASS_PHRASE, or what the person at the terminal types. Never an argument: those are seen
/// by everybody on the machine.
platform::Result<platform::PrivateKey> read_private_key(World& world, const KeyOptions& options);

}  // namespace sfmkit::cli
