#include "tests/cli/sealed_export.hpp"

#include "tests/support/reference.hpp"

#include <stdexcept>

namespace sfmkit::test {

ProgramRun run_sfmkit(const std::vector<std::string>& arguments) {
    return run_program(build_folder() / "sfmkit", arguments);
}

SealedExport::SealedExport() {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"keys", "new", path("keys")},
          {"generate", folder(), "--patients", "1", "--recipient", path("keys/recipient.cer")}}) {
        const ProgramRun run = run_sfmkit(arguments);
        if (run.exit_code != 0) throw std::runtime_error(run.output);
    }
}

std::string SealedExport::patient_file() const {
    for (const auto& entry : std::filesystem::directory_iterator(path("export/Patients0"))) {
        return entry.path().string();
    }
    throw std::runtime_error("the export has no patient");
}

}  // namespace sfmkit::test
