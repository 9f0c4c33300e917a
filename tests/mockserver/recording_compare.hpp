#pragma once

#include "platform/clock.hpp"
#include "tests/mockserver/recording_text.hpp"
#include "tests/support/raw_connection.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace sfmkit::test {

/// Replaces what differs from run to run by the marks that the recordings use.
class Normaliser {
  public:
    explicit Normaliser(const CaseNames& names) : names_(names) {}

    /// The answer in the form of the recordings.
    nlohmann::json normalise(const RawAnswer& answer, platform::WallTime now);

  private:
    std::string normalise_text(const std::string& text);
    std::string normalise_header(
        const std::string& name, const std::string& value, platform::WallTime now
    );

    const CaseNames& names_;
    std::map<std::string, int> ids_;
    platform::WallTime created_;
};

/// What differs between an answer and one that is allowed; empty when they agree.
std::string difference(const nlohmann::json& expected, const nlohmann::json& actual);

}  // namespace sfmkit::test
