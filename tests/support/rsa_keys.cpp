#include "tests/support/rsa_keys.hpp"

#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <stdexcept>
#include <string>

namespace sfmkit::test {

RsaKeyFiles make_rsa_keys(const std::filesystem::path& folder, unsigned bits) {
    const std::string name = "rsa-" + std::to_string(bits);
    const RsaKeyFiles files{
        .key_pem = folder / (name + ".key.pem"),
        .certificate_pem = folder / (name + ".cert.pem"),
    };
    std::filesystem::create_directories(folder);
    const auto run = run_program(
        "openssl",
        {"req",
         "-x509",
         "-newkey",
         "rsa:" + std::to_string(bits),
         "-noenc",
         "-days",
         "2",
         "-subj",
         "/CN=test recipient",
         "-keyout",
         files.key_pem.string(),
         "-out",
         files.certificate_pem.string()}
    );
    if (run.exit_code != 0) throw std::runtime_error("openssl req: " + run.output);
    return files;
}

platform::Certificate read_certificate(const std::filesystem::path& path) {
    auto certificate =
        platform::parse_certificate(platform::as_bytes(read_file(path)), path.string());
    if (!certificate) throw std::runtime_error(platform::describe(certificate.error()));
    return std::move(*certificate);
}

}  // namespace sfmkit::test
