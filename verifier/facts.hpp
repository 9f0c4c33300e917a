#pragma once

#include "platform/clock.hpp"
#include "platform/keys.hpp"
#include "verifier/diagnosis.hpp"
#include "verifier/envelope_reader.hpp"
#include "verifier/opened_envelope.hpp"
#include "verifier/xml_gate.hpp"
#include "verifier/zip_reader.hpp"
#include "wire/sfm_names.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the readers saw, stage by stage; the rules judge these and nothing else.
/// All pointers may be null and outlive the judging.
namespace sfmkit::verifier {

using wire::sfm::FileKind;

struct EnvelopeFacts {
    const EnvelopeHeader* header = nullptr;  ///< never null
    FileKind kind = FileKind::unknown;
    std::optional<std::size_t> key_modulus_bytes = {};  ///< of the private key at hand
    bool no_padding_unwraps = false;
    const OpenedEnvelope* opened = nullptr;
    std::vector<Diagnosis> diagnoses = {};  ///< of header, unwrapping and what was opened
    const platform::Certificate* certificate = nullptr;
    platform::WallTime now = {};
    std::string shared_secret = {};  ///< e.g. `IV`, when an earlier file has the same
    std::string shared_with = {};    ///< that file
};

/// What came out of one entry when it was read.
struct EntryContent {
    bool read = false;  ///< to its end, data and CRC-32 good as libzip sees them
    std::uint64_t bytes = 0;
    std::string error;       ///< why not, in libzip's words
    std::string limit;       ///< the limit at which reading ended
    std::string other_name;  ///< what libzip calls the entry, when it differs
};

struct ArchiveFacts {
    const ZipDirectory* directory = nullptr;  ///< never null
    FileKind kind = FileKind::unknown;
    std::vector<EntryContent> contents;                       ///< one an entry, or empty: not read
    std::string disagreement;                                 ///< of libzip with the directory
    const std::vector<std::string>* message_files = nullptr;  ///< from the patient document
    std::optional<std::chrono::sys_seconds> export_began;  ///< first timestamp of earlier archives
    platform::WallTime now = {};
};

/// Which XML document inside an archive.
enum class DocumentKind { organisation, patient, message };

struct DocumentFacts {
    const XmlDocument* document = nullptr;  ///< never null
    DocumentKind kind = DocumentKind::message;
    std::string entry;
    bool gaps_of_2021_allowed = false;
};

struct FolderFacts {
    struct File {
        std::string path;  ///< relative, with slashes
        platform::FileKind kind = platform::FileKind::regular;
        std::uint64_t size_bytes = 0;
    };
    std::vector<File> files;  ///< sorted by path; everything but folders
    std::vector<std::string> folders;
    std::optional<std::string> index;   ///< content of Index.txt, as far as it is read
    bool index_is_cut = false;          ///< it is longer than what is read
    std::optional<std::string> ledger;  ///< content of `.ledger`
    bool ledger_is_cut = false;
};

}  // namespace sfmkit::verifier
