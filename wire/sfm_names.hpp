#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Names and limits of the SFM migration format and of the uploads that carry it.
namespace sfmkit::wire::sfm {

inline constexpr std::string_view organisation_file = "ExportData.dat";
inline constexpr std::string_view organisation_document = "ExportData.xml";
inline constexpr std::string_view patient_document = "PatientData.xml";
/// An entry that the model of the official uploader names; no page and no example has it.
inline constexpr std::string_view unstructured_history = "UnstructuredPatientHistory";
inline constexpr std::string_view index_file = "Index.txt";
inline constexpr std::string_view ledger_file = ".ledger";
inline constexpr std::string_view patient_extension = ".pat";
inline constexpr std::string_view report_extension = ".rpt";
inline constexpr std::string_view patient_folder_prefix = "Patients";
inline constexpr std::string_view report_folder_prefix = "Reports";
/// Most patient files (or report files) in one numbered folder.
inline constexpr std::size_t max_files_per_folder = 16000;

inline constexpr std::string_view export_namespace =
    "http://www.kith.no/xmlstds/eresept/forskrivningsmodul/export/2019-11-13";
inline constexpr std::string_view patient_root = "PasientExport";
inline constexpr std::string_view organisation_root = "ExportImport";

/// Keys of Upload-Metadata in the order in which the official uploader sends them.
inline constexpr std::string_view metadata_name = "name";
inline constexpr std::string_view metadata_content_type = "contentType";
inline constexpr std::string_view metadata_file_type = "FileType";
inline constexpr std::string_view metadata_session_id = "SessionId";
inline constexpr std::string_view octet_stream = "application/octet-stream";

/// Bytes of one PATCH as the official uploader cuts files.
inline constexpr std::uint64_t chunk_bytes = 524288;

enum class FileKind { organisation, patient, report, unknown };

/// The value of FileType in Upload-Metadata, e.g. `PatientFile`.
std::string_view upload_file_type(FileKind kind) noexcept;

/// What a path inside an export folder is (slashes or backslashes), as the official uploader
/// decides: exactly `ExportData.dat`, prefix `Patients`, prefix `Reports`; all with case.
FileKind kind_of_export_path(std::string_view relative_path) noexcept;

/// `Patients` or `Reports` with a decimal number without leading zero; the number.
std::optional<std::uint32_t> numbered_folder(
    std::string_view folder, std::string_view prefix
) noexcept;

/// 8-4-4-4-12 hex digits with hyphens (.NET format D), any case.
bool is_guid(std::string_view text) noexcept;
bool is_lower_case_guid(std::string_view text) noexcept;

}  // namespace sfmkit::wire::sfm
