#include "tests/support/envelope_parts.hpp"

#include "platform/bytes.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <stdexcept>

namespace sfmkit::test {
namespace {

std::size_t length_at(const std::string& bytes, std::size_t offset) {
    std::size_t value = 0;
    for (std::size_t i = 4; i > 0; --i) {
        value = value << 8 | static_cast<unsigned char>(bytes.at(offset + i - 1));
    }
    return value;
}

std::string hex(const std::string& bytes) {
    return platform::to_hex(platform::as_bytes(bytes));
}

void run_openssl(const std::vector<std::string>& arguments) {
    const auto run = run_program("openssl", arguments);
    if (run.exit_code != 0) throw std::runtime_error("openssl: " + run.output);
}

}  // namespace

EnvelopeParts cut_envelope(const std::string& envelope) {
    const std::size_t key_length = length_at(envelope, 0);
    const std::size_t iv_length = length_at(envelope, 4);
    const std::size_t extension_length = length_at(envelope, 8);
    const std::size_t iv_offset = 12 + key_length;
    const std::size_t extension_offset = iv_offset + iv_length;
    return {
        .wrapped_key = envelope.substr(12, key_length),
        .iv = envelope.substr(iv_offset, iv_length),
        .extension_field = envelope.substr(extension_offset, extension_length),
        .ciphertext = envelope.substr(extension_offset + extension_length),
    };
}

std::string open_with_openssl(
    const std::string& envelope, const std::filesystem::path& private_key_pem
) {
    const EnvelopeParts parts = cut_envelope(envelope);
    const TemporaryFolder folder;
    write_file(folder / "wrapped", parts.wrapped_key);
    write_file(folder / "ciphertext", parts.ciphertext);
    run_openssl(
        {"pkeyutl",
         "-decrypt",
         "-inkey",
         private_key_pem.string(),
         "-pkeyopt",
         "rsa_padding_mode:oaep",
         "-pkeyopt",
         "rsa_oaep_md:sha512",
         "-pkeyopt",
         "rsa_mgf1_md:sha512",
         "-in",
         (folder / "wrapped").string(),
         "-out",
         (folder / "key").string()}
    );
    const std::string key = read_file(folder / "key");
    if (key.size() != 32) throw std::runtime_error("the AES key is not 32 bytes");
    run_openssl(
        {"enc",
         "-d",
         "-aes-256-cbc",
         "-K",
         hex(key),
         "-iv",
         hex(parts.iv),
         "-in",
         (folder / "ciphertext").string(),
         "-out",
         (folder / "plain").string()}
    );
    return read_file(folder / "plain");
}

}  // namespace sfmkit::test
