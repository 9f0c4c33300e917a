#pragma once

#include "platform/files.hpp"
#include "platform/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace sfmkit::client {

/// The message files that a patient document names (`Meldinger/Melding/MeldingsFil`), in the order
/// of the document. None for what is no well-formed XML: whether a document is good is not judged
/// here. The document is streamed, never held whole.
platform::Result<std::vector<std::string>> message_order(
    platform::Files& files, const std::filesystem::path& patient_document
);

}  // namespace sfmkit::client
