#pragma once

#include "platform/bytes.hpp"
#include "platform/result.hpp"

#include <chrono>
#include <cstddef>
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

/// The documents of one export before they are packed, made when they are asked for, so that memory
/// does not grow with the number of patients. All of it may be asked by several threads at once, in
/// any order and again: equal questions get equal answers.
class PlainExport {
  public:
    virtual ~PlainExport() = default;
    /// The local time that entries of the archives carry (1980 to 2107; odd seconds are rounded
    /// down by the archive format).
    virtual std::chrono::local_seconds exported_at() const = 0;
    virtual std::size_t patients() const = 0;
    virtual platform::Result<PlainPatient> patient(std::size_t number) const = 0;
    virtual std::size_t reports() const = 0;
    virtual platform::Result<PlainReport> report(std::size_t number) const = 0;
    /// `ExportData.xml`.
    virtual platform::Result<PlainEntry> organisation_document() const = 0;
};

}  // namespace sfmkit::client
