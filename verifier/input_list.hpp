#pragma once

#include "findings/report.hpp"
#include "platform/files.hpp"
#include "platform/openssl.hpp"
#include "platform/result.hpp"

#include <filesystem>
#include <string>

namespace sfmkit::verifier {

/// Reads the file once from end to end; how much that was and its SHA-256.
platform::Result<findings::Input> hash_input(
    const platform::ReadableFile& file,
    const std::string& name,
    const platform::CryptoAlgorithms& algorithms
);

/// The inputs of a run, one after the other, in memory that does not grow beyond a number of them.
class InputList {
  public:
    explicit InputList(const platform::CryptoAlgorithms& algorithms)
        : algorithms_(algorithms), all_(*algorithms.sha256) {}

    void add(findings::Input input);
    void add_empty(const std::string& name);
    /// Of a file that another reader has read already; what cannot be read now is left out.
    void add_file(
        platform::Files& files, const std::filesystem::path& path, const std::string& name
    );
    findings::Inputs finish();

  private:
    const platform::CryptoAlgorithms& algorithms_;
    platform::Digest all_;
    findings::Inputs inputs_;
};

}  // namespace sfmkit::verifier
