#pragma once

#include "platform/files.hpp"
#include "platform/keys.hpp"
#include "platform/openssl.hpp"
#include "platform/random.hpp"
#include "platform/result.hpp"

#include <cstdint>
#include <filesystem>

namespace sfmkit::client {

/// The encoder as a library: what an exporter does once its documents are written, in the order in
/// which it does it. docs/encoder.md shows the bytes and the same steps in other languages.
///
///     auto encoder = Encoder::for_recipient(files, random, "recipient.cer");
///     encoder->seal("ExportData.zip", "export/ExportData.dat");
///     encoder->seal_patient("documents/<guid>", "export/Patients0/<guid>.pat");
///     encoder->seal("report.xps", "export/Reports0/<guid>.rpt");
///     encoder->write_index("export");
///
/// Memory does not grow with the files. A file appears under its name only when it is complete,
/// folders are made as needed, and nothing that is there is replaced (Errc::already_exists), but
/// for `Index.txt`. Every call gives the bytes written.
class Encoder {
  public:
    /// Reads the certificate that NHN publishes for the service, PEM or DER. Errc::unusable_key
    /// when its key is not RSA or below 2048 bits. Files and random outlive the encoder; random has
    /// to be fit for keys: platform::SystemRandom.
    static platform::Result<Encoder> for_recipient(
        platform::Files& files, platform::Random& random, const std::filesystem::path& certificate
    );

    /// Encrypts one plain file: a zip archive to `.dat` or `.pat`, an XPS document to `.rpt`. A key
    /// and an initialisation vector are drawn for this file alone.
    platform::Result<std::uint64_t> seal(
        const std::filesystem::path& plain, const std::filesystem::path& sealed
    );

    /// Makes the zip archive of one patient and encrypts it on the way, so that it never lies on
    /// disk: the messages in the order of `Meldinger`, then `PatientData.xml`. Errc::usage for
    /// anything else in the folder: what is left out of an export is lost.
    platform::Result<std::uint64_t> seal_patient(
        const std::filesystem::path& documents, const std::filesystem::path& sealed
    );

    /// Writes `Index.txt` from the patients that are there, as the last step: a line for each
    /// `Patients<N>/<guid>.pat`. Replaces one that is there.
    platform::Result<std::uint64_t> write_index(const std::filesystem::path& export_folder);

  private:
    Encoder(platform::Files& files, platform::Random& random, platform::Certificate recipient);

    platform::Files* files_;
    platform::Random* random_;
    platform::Certificate recipient_;
    platform::CryptoAlgorithms algorithms_;
};

}  // namespace sfmkit::client
