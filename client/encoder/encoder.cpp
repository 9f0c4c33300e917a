#include "client/encoder/encoder.hpp"

#include "client/encoder/index_file.hpp"
#include "client/encoder/norwegian_clock.hpp"
#include "client/encoder/plain_folder.hpp"
#include "client/encoder/seal_file.hpp"
#include "wire/sfm_names.hpp"

#include <string>
#include <utility>
#include <vector>

namespace sfmkit::client {
namespace {

namespace sfm = wire::sfm;
using platform::DirectoryEntry;
using platform::fail;
using platform::Result;

/// Far above any certificate; keeps a wrong file from being read whole.
constexpr std::uint64_t max_certificate_bytes = 1 << 20;

Result<void> make_folder_of(platform::Files& files, const std::filesystem::path& sealed) {
    return sealed.has_parent_path() ? files.make_directories(sealed.parent_path()) : Result<void>();
}

}  // namespace

Encoder::Encoder(platform::Files& files, platform::Random& random, platform::Certificate recipient)
    : files_(&files),
      random_(&random),
      recipient_(std::move(recipient)),
      algorithms_(platform::CryptoAlgorithms::fetch()) {}

Result<Encoder> Encoder::for_recipient(
    platform::Files& files, platform::Random& random, const std::filesystem::path& certificate
) {
    const auto content = files.read_all(certificate, max_certificate_bytes);
    if (!content) return fail(content.error());
    auto recipient = platform::parse_certificate(*content, certificate.string());
    if (!recipient) return fail(recipient.error());
    if (auto usable = check_recipient(*recipient); !usable) return fail(usable.error());
    return Encoder(files, random, std::move(*recipient));
}

Result<std::uint64_t> Encoder::seal(
    const std::filesystem::path& plain, const std::filesystem::path& sealed
) {
    if (auto made = make_folder_of(*files_, sealed); !made) return fail(made.error());
    return seal_file(
        *files_,
        {recipient_, *random_, algorithms_},
        {.input = plain, .output = sealed, .extension = extension_of_plaintext(sealed)}
    );
}

Result<std::uint64_t> Encoder::seal_patient(
    const std::filesystem::path& documents, const std::filesystem::path& sealed
) {
    const auto listed = list_patient(*files_, documents);
    if (!listed) return fail(listed.error());
    if (auto made = make_folder_of(*files_, sealed); !made) return fail(made.error());
    const auto modified = std::chrono::floor<std::chrono::seconds>(listed->modified);
    return seal_archive(
        *files_,
        {recipient_, *random_, algorithms_},
        {.entries = listed->entries, .modified = norwegian_wall_clock(modified), .target = sealed}
    );
}

Result<std::uint64_t> Encoder::write_index(const std::filesystem::path& export_folder) {
    const auto folders = files_->list(export_folder);
    if (!folders) return fail(folders.error());
    std::vector<std::string> names;
    for (const DirectoryEntry& folder : *folders) {
        const auto number = sfm::numbered_folder(folder.name, sfm::patient_folder_prefix);
        if (!number || folder.kind != platform::FileKind::directory) continue;
        const auto patients = files_->list(export_folder / folder.name);
        if (!patients) return fail(patients.error());
        for (const DirectoryEntry& patient : *patients) {
            const std::string guid = patient.name.substr(0, patient.name.find('.'));
            if (guid + std::string(sfm::patient_extension) != patient.name) continue;
            names.push_back(index_name(*number, guid));
        }
    }
    return client::write_index(*files_, export_folder, std::move(names));
}

}  // namespace sfmkit::client
