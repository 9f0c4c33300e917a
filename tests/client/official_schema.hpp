#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::test {

/// The XML schema that NHN publishes, read by libxml2. Throws when it cannot be read.
class OfficialSchema {
  public:
    explicit OfficialSchema(const std::filesystem::path& file);
    ~OfficialSchema();
    OfficialSchema(const OfficialSchema&) = delete;
    OfficialSchema& operator=(const OfficialSchema&) = delete;

    /// What is wrong with a document; empty when it is well-formed and valid.
    std::vector<std::string> errors_of(std::string_view document) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace sfmkit::test
