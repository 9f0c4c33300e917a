#pragma once

#include <string>

namespace sfmkit::client {

struct Organisation;

/// The bytes of ExportData.xml.
std::string write_organisation_document(const Organisation& organisation);

}  // namespace sfmkit::client
