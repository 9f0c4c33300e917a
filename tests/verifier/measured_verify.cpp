#include "tests/verifier/measured_verify.hpp"

#include "tests/support/reference.hpp"
#include "tests/verifier/recipe_world.hpp"

#include <stdexcept>

namespace sfmkit::test {
namespace {

platform::PrivateKey read_key(const std::filesystem::path& path) {
    auto key = platform::parse_private_key(
        platform::as_bytes(read_file(path)), path.string(), platform::PassPhraseSource()
    );
    if (!key) throw std::runtime_error(platform::describe(key.error()));
    return std::move(*key);
}

}  // namespace

MeasuredVerify::MeasuredVerify()
    : keys_(make_rsa_keys(folder_ / "keys", 2048)), key_(read_key(keys_.key_pem)) {}

void MeasuredVerify::write(
    const std::function<void(fixtures::ExportRecipe&)>& edit, const std::filesystem::path& folder
) {
    fixtures::ExportRecipe recipe = sample_export();
    edit(recipe);
    const auto written = fixtures::write_export(recipe, {.recipient = key_.get()}, files_, folder);
    if (!written) throw std::runtime_error(platform::describe(written.error()));
}

MeasuredRun MeasuredVerify::verify(
    const std::filesystem::path& export_folder,
    const std::filesystem::path& report,
    const std::vector<std::string>& options
) const {
    std::vector<std::string> arguments{
        "verify",
        export_folder.string(),
        "--key",
        keys_.key_pem.string(),
        "--report",
        "json=" + report.string(),
    };
    arguments.insert(arguments.end(), options.begin(), options.end());
    return run_measured(build_folder() / "sfmkit", arguments);
}

}  // namespace sfmkit::test
