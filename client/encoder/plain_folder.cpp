#include "client/encoder/plain_folder.hpp"

#include "client/encoder/export_paths.hpp"
#include "client/encoder/message_order.hpp"
#include "wire/sfm_names.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace sfmkit::client {
namespace {

namespace sfm = wire::sfm;
using platform::DirectoryEntry;
using platform::Errc;
using platform::fail;
using platform::FileKind;
using platform::Files;
using platform::Result;

constexpr std::string_view patients_folder = "Patients";
constexpr std::string_view reports_folder = "Reports";
constexpr std::string_view report_document_extension = ".xps";
constexpr std::string_view document_extension = ".xml";

std::unexpected<platform::Error> does_not_belong(
    const std::filesystem::path& place, std::string expected
) {
    return fail({
        .code = Errc::usage,
        .what = "this does not belong into a folder of plain documents",
        .where = place.string(),
        .expected = std::move(expected),
        .next = "move it elsewhere and run the same command again",
    });
}

std::unexpected<platform::Error> is_missing(const std::filesystem::path& place) {
    return fail({
        .code = Errc::not_found,
        .what = "a document that every export needs is missing",
        .where = place.string(),
    });
}

/// The GUIDs that a folder's entries are named by, each followed by the extension.
Result<std::vector<std::string>> list_guids(
    Files& files, const std::filesystem::path& folder, FileKind kind, std::string_view extension
) {
    const auto entries = files.list(folder);
    if (!entries) return fail(entries.error());
    std::vector<std::string> guids;
    for (const DirectoryEntry& entry : *entries) {
        std::string guid = entry.name;
        if (guid.ends_with(extension)) guid.erase(guid.size() - extension.size());
        if (entry.kind != kind || guid.size() + extension.size() != entry.name.size() ||
            !check_guid(guid)) {
            return does_not_belong(
                folder / entry.name,
                kind == FileKind::directory ? "a folder named by a GUID in lower case"
                                            : "a file <guid>.xps, the GUID in lower case"
            );
        }
        guids.push_back(std::move(guid));
    }
    return guids;
}

/// As the official examples have them: messages in the order in which the patient document names
/// them. What it does not name stays behind them, by name.
void put_in_order(std::vector<std::string>& messages, const std::vector<std::string>& named) {
    std::map<std::string_view, std::size_t> places;
    for (const std::string& name : named) places.try_emplace(name, places.size());
    std::ranges::sort(messages, {}, [&places](const std::string& name) {
        const auto place = places.find(name);
        const std::size_t number = place == places.end() ? places.size() : place->second;
        return std::pair(number, std::string_view(name));
    });
}

}  // namespace

std::filesystem::path PlainFolder::organisation_document() const {
    return folder / sfm::organisation_document;
}

std::filesystem::path PlainFolder::patient(const std::string& guid) const {
    return folder / patients_folder / guid;
}

std::filesystem::path PlainFolder::report(const std::string& guid) const {
    return folder / reports_folder / (guid + std::string(report_document_extension));
}

Result<PlainFolder> list_plain_folder(Files& files, const std::filesystem::path& folder) {
    const auto entries = files.list(folder);
    if (!entries) return fail(entries.error());
    PlainFolder plain{.folder = folder, .patients = {}, .reports = {}};
    bool has_organisation = false;
    for (const DirectoryEntry& entry : *entries) {
        const bool is_folder = entry.kind == FileKind::directory;
        if (entry.name == sfm::organisation_document && entry.kind == FileKind::regular) {
            has_organisation = true;
        } else if (entry.name == patients_folder && is_folder) {
            auto guids = list_guids(files, folder / entry.name, FileKind::directory, "");
            if (!guids) return fail(guids.error());
            plain.patients = std::move(*guids);
        } else if (entry.name == reports_folder && is_folder) {
            auto guids = list_guids(
                files, folder / entry.name, FileKind::regular, report_document_extension
            );
            if (!guids) return fail(guids.error());
            plain.reports = std::move(*guids);
        } else {
            return does_not_belong(
                folder / entry.name, "ExportData.xml, Patients/<guid>/ and Reports/<guid>.xps"
            );
        }
    }
    if (!has_organisation) return is_missing(plain.organisation_document());
    return plain;
}

Result<PatientDocuments> list_patient(Files& files, const std::filesystem::path& folder) {
    const auto listed = files.list(folder);
    if (!listed) return fail(listed.error());
    const auto status = files.status(folder);
    if (!status) return fail(status.error());
    const auto& found = *status;
    if (!found) return is_missing(folder);
    PatientDocuments documents{.entries = {}, .modified = found->modified};
    std::vector<std::string> messages;
    bool has_patient = false;
    for (const DirectoryEntry& entry : *listed) {
        const auto path = folder / entry.name;
        if (entry.kind != FileKind::regular || !entry.name.ends_with(document_extension)) {
            return does_not_belong(path, "PatientData.xml and messages <name>.xml");
        }
        const auto document_status = files.status(path);
        if (!document_status) return fail(document_status.error());
        const auto& document = *document_status;
        if (!document) return is_missing(path);
        documents.modified = std::max(documents.modified, document->modified);
        if (entry.name == sfm::patient_document) {
            has_patient = true;
        } else {
            messages.push_back(entry.name);
        }
    }
    const auto patient = folder / sfm::patient_document;
    if (!has_patient) return is_missing(patient);
    const auto named = message_order(files, patient);
    if (!named) return fail(named.error());
    put_in_order(messages, *named);
    for (const std::string& name : messages) {
        documents.entries.push_back({name, ZipEntryFile{files, folder / name}});
    }
    documents.entries.push_back({std::string(sfm::patient_document), ZipEntryFile{files, patient}});
    return documents;
}

}  // namespace sfmkit::client
