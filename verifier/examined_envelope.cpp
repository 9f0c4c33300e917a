#include "verifier/examined_envelope.hpp"

namespace sfmkit::verifier {

platform::Result<ExaminedEnvelope> examine(
    const platform::ReadableFile& file,
    const platform::PrivateKey* key,
    const platform::CryptoAlgorithms& algorithms,
    LegacyLayout legacy
) {
    auto header = read_envelope_header(file);
    if (!header) return std::unexpected(header.error());
    ExaminedEnvelope examined;
    examined.header = std::move(*header);
    if (key != nullptr) examined.key_modulus_bytes = key->modulus_bytes();
    const bool layout_accepted =
        legacy == LegacyLayout::decrypt || examined.header.layout == Layout::current;
    const bool possible = key != nullptr && layout_accepted && examined.header.can_be_decrypted() &&
                          examined.header.key_length == key->modulus_bytes();
    if (possible) {
        auto opened = open_envelope(file, examined.header, *key, algorithms);
        if (opened) {
            examined.opened = std::move(*opened);
        } else if (opened.error().code == platform::Errc::wrong_key) {
            examined.no_padding_unwraps = true;
        } else {
            return std::unexpected(opened.error());
        }
    }
    examined.diagnoses = diagnose(
        {.header = &examined.header,
         .key_modulus_bytes = examined.key_modulus_bytes,
         .no_padding_unwraps = examined.no_padding_unwraps,
         .opened = examined.opened ? &*examined.opened : nullptr}
    );
    return examined;
}

}  // namespace sfmkit::verifier
