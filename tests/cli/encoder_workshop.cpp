#include "tests/cli/encoder_workshop.hpp"

#include "client/encoder/zip_writer.hpp"
#include "platform/random.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/reference.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <regex>
#include <sstream>

namespace sfmkit::test {

std::filesystem::path examples() {
    return source_folder() / "docs" / "examples";
}

std::string example_archive() {
    platform::ByteBuffer content(1'200'000);
    platform::SeededRandom(1).fill(content);
    const client::ZipEntry entry{"ExportData.xml", platform::Bytes(content)};
    const auto zip = client::write_zip(
        std::span(&entry, 1),
        {.modified = std::chrono::local_days(std::chrono::year(2026) / 1 / 1),
         .method = client::ZipMethod::deflate}
    );
    return std::string(platform::as_text(zip.value()));
}

EncoderWorkshop::EncoderWorkshop() {
    EXPECT_EQ(run_sfmkit({"keys", "new", path("keys")}).exit_code, 0);
    write_file(folder_ / "plain.zip", example_archive());
}

ProgramRun EncoderWorkshop::run(std::vector<std::string> program, const std::string& url) const {
    const std::string name = program.front();
    program.erase(program.begin());
    const auto certificate = path("keys/recipient.cer");
    program.insert(program.end(), {path("plain.zip"), sealed(), certificate, url, example_session});
    return run_program(name, program);
}

ProgramRun EncoderWorkshop::open(const std::string& file, const std::string& target) const {
    return run_sfmkit({"open", file, "--key", key(), "--output", path(target)});
}

std::string example_python() {
    for (const std::string name : {"/usr/bin/python3", "python3"}) {
        if (!find_program(name) && !std::filesystem::exists(name)) continue;
        if (run_program(name, {"-c", "import cryptography"}).exit_code == 0) return name;
    }
    return {};
}

std::string changed_example(const std::string& pattern, const std::string& replacement) {
    const std::string text = read_file(examples() / "encoder.py");
    std::string changed = std::regex_replace(text, std::regex(pattern), replacement);
    EXPECT_NE(changed, text) << pattern;
    return changed;
}

RequestEvidence requests_of(const ServedMock& mock) {
    const auto run = run_sfmkit({"evidence", "log", mock.data_folder().string(), "--json"});
    EXPECT_EQ(run.exit_code, 0) << run.output;
    RequestEvidence evidence;
    std::istringstream lines(run.output);
    for (std::string line; std::getline(lines, line);) {
        const auto row = nlohmann::json::parse(line);
        if (row.at("kind") != "request") continue;
        ++evidence.methods[row.at("method").get<std::string>()];
        for (const auto& finding : row.at("findings")) {
            if (finding.at("severity") == "info") continue;
            evidence.complaints.push_back(finding.at("rule").get<std::string>());
        }
    }
    return evidence;
}

std::vector<std::filesystem::path> stored_in(const ServedMock& mock) {
    std::vector<std::filesystem::path> stored;
    for (const auto& entry : std::filesystem::directory_iterator(mock.data_folder() / "uploads")) {
        if (!entry.path().has_extension()) stored.push_back(entry.path());
    }
    return stored;
}

}  // namespace sfmkit::test
