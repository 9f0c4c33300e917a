#pragma once

#include "platform/bytes.hpp"
#include "platform/result.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::client {

/// One document as it stands inside an archive: flat name, e.g. `PatientData.xml`, and content.
struct PlainEntry {
    std::string name;
    platform::ByteBuffer bytes;
};

/// What becomes `<guid>.pat`. Entries in archive order: the official examples have the messages in
/// the order of `Meldinger`, then `PatientData.xml`.
struct PlainPatient {
    std::string guid;  ///< lower case, 8-4-4-4-12
    std::vector<PlainEntry> entries;
};

/// What becomes `<guid>.rpt`: one XPS document.
struct PlainReport {
    std::string guid;
    platform::ByteBuffer bytes;
};

/// The documents of one export before they are packed, handed out one by one so that memory does
/// not grow with the number of patients. The caller takes all patients, then all reports, then the
/// organisation document, each once.
class PlainExport {
  public:
    virtual ~PlainExport() = default;
    /// The local time that entries of the archives carry (1980 to 2107; odd seconds are rounded
    /// down by the archive format).
    virtual std::chrono::local_seconds exported_at() const = 0;
    /// Nothing after the last one.
    virtual platform::Result<std::optional<PlainPatient>> next_patient() = 0;
    /// Nothing after the last one.
    virtual platform::Result<std::optional<PlainReport>> next_report() = 0;
    /// `ExportData.xml`.
    virtual platform::Result<PlainEntry> organisation_document() = 0;
};

}  // namespace sfmkit::client
