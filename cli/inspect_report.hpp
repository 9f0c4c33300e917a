#pragma once

#include "verifier/entry_preview.hpp"
#include "verifier/inspection.hpp"

#include <optional>
#include <string>

namespace sfmkit::cli {

/// What `inspect` found, in the form that both reports are made from.
struct InspectReport {
    std::string file;
    std::string key;  ///< as it was named; empty without one
    verifier::Inspection inspection;
    std::optional<verifier::Preview> preview;
    bool masked = true;
};

/// For people: tables and sentences.
std::string text_of(const InspectReport& report);
/// For machines: one JSON object; the same facts.
std::string json_of(const InspectReport& report);

}  // namespace sfmkit::cli
