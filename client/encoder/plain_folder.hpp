#pragma once

#include "client/encoder/zip_writer.hpp"
#include "platform/clock.hpp"
#include "platform/files.hpp"
#include "platform/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace sfmkit::client {

/// What a folder of plain documents holds, by name, in ascending order:
/// `ExportData.xml`, `Patients/<guid>/`, `Reports/<guid>.xps`.
struct PlainFolder {
    std::filesystem::path folder;
    std::vector<std::string> patients;
    std::vector<std::string> reports;

    std::filesystem::path organisation_document() const;
    std::filesystem::path patient(const std::string& guid) const;
    std::filesystem::path report(const std::string& guid) const;
};

/// Errc::usage for anything that does not belong there: a file that is silently left out of an
/// export would be lost data, and one that is packed unseen a leak.
platform::Result<PlainFolder> list_plain_folder(
    platform::Files& files, const std::filesystem::path& folder
);

/// The documents of one patient as entries of its archive: messages in the order of `Meldinger`,
/// those that it does not name by name, then `PatientData.xml`. Contents are read when the archive
/// is written.
struct PatientDocuments {
    std::vector<ZipEntry> entries;
    platform::WallTime modified;  ///< of the newest document, or of the folder
};
platform::Result<PatientDocuments> list_patient(
    platform::Files& files, const std::filesystem::path& folder
);

}  // namespace sfmkit::client
