#include "tests/verifier/export_recipe.hpp"

#include "tests/support/fixed_clock.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/verifier/schema/full_document.hpp"
#include "tests/verifier/self_signed.hpp"
#include "verifier/schema/own_schema.hpp"

#include <chrono>
#include <stdexcept>

namespace sfmkit::test {
namespace {

constexpr platform::WallTime today =
    std::chrono::sys_days(std::chrono::November / 22 / 2026) + std::chrono::hours(12);

constexpr std::string_view message_id = "d763928a-a6fd-4d41-a10e-1b02cd583d43";

/// As full as our schema allows; made once, because every export has one of each.
const std::string& document_of(std::string_view root) {
    static std::map<std::string, std::string, std::less<>> documents;
    const auto known = documents.find(root);
    if (known != documents.end()) return known->second;
    std::string text = full_document(verifier::own_schema(), root);
    constexpr std::string_view placeholder = "<MeldingsFil>text<";
    const std::size_t first = text.find(placeholder);
    if (first != std::string::npos) {
        const std::string name = "<MeldingsFil>" + std::string(message_id) + ".xml<";
        text.replace(first, placeholder.size(), name);
    }
    return documents.emplace(root, std::move(text)).first->second;
}

std::string sealed(
    EnvelopeRecipe envelope, const ZipRecipe& archive, const platform::PrivateKey& recipient
) {
    if (envelope.plaintext.empty()) envelope.plaintext = make_zip(archive);
    return make_envelope(envelope, recipient);
}

const platform::PrivateKey& key_of(std::map<unsigned, platform::PrivateKey>& keys, unsigned bits) {
    const auto known = keys.find(bits);
    if (known != keys.end()) return known->second;
    return keys.emplace(bits, make_rsa_key(bits)).first->second;
}

}  // namespace

std::string export_document(std::string_view root, std::string_view inside) {
    std::string text = "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?><";
    text += root;
    text += " xmlns=\"http://www.kith.no/xmlstds/eresept/forskrivningsmodul/export/2019-11-13\">";
    text += inside;
    text += "</";
    text += root;
    return text + ">";
}

ExportRecipe::ExportRecipe() {
    organisation_archive.entries.push_back(
        {.name = "ExportData.xml", .content = document_of("ExportImport")}
    );
    patient_archive.entries.push_back(
        {.name = std::string(message_id) + ".xml", .content = "<MsgHead/>"}
    );
    patient_archive.entries.push_back(
        {.name = "PatientData.xml", .content = document_of("PasientExport")}
    );
    patient.aes_key = "another key of 32 bytes for test";
    patient.iv = "another IV of 16";
}

RecipeWorld::RecipeWorld() : algorithms_(platform::CryptoAlgorithms::fetch()) {}

const platform::PrivateKey& RecipeWorld::key(unsigned bits) {
    return key_of(keys_, bits);
}

const platform::PrivateKey& RecipeWorld::other_key(unsigned bits) {
    return key_of(other_keys_, bits);
}

void RecipeWorld::write(const ExportRecipe& recipe, const std::filesystem::path& folder) {
    const platform::PrivateKey& recipient = key(recipe.recipient_bits);
    const platform::PrivateKey& patient_recipient =
        recipe.for_another_recipient ? other_key(recipe.another_recipient_bits) : recipient;
    std::string patient_file = sealed(recipe.patient, recipe.patient_archive, patient_recipient);
    if (recipe.edit_patient_file) recipe.edit_patient_file(patient_file);
    std::map<std::string, std::string> files = recipe.further_files;
    files[recipe.organisation_path] =
        sealed(recipe.organisation, recipe.organisation_archive, recipient);
    files[recipe.patient_path] = patient_file;
    unsigned number = 100;
    for (const ExportRecipe::FurtherFile& further : recipe.further_sealed) {
        ++number;
        const EnvelopeRecipe envelope{
            .plaintext = make_zip(further.archive),
            .extension_field = further.extension_field,
            .aes_key = "a key of its own for further " + std::to_string(number),
            .iv = "IV of its own " + std::to_string(number).substr(1),
        };
        files[further.path] = make_envelope(envelope, recipient);
    }
    files[recipe.index_path] = recipe.index;
    files.erase("");  // a path that a recipe emptied leaves its file out
    for (const auto& [path, content] : files) write_file(folder / path, content);
    if (recipe.edit_folder) recipe.edit_folder(folder);
}

findings::Report RecipeWorld::verify(const ExportRecipe& recipe) {
    const TemporaryFolder folder;
    write(recipe, folder.path());
    platform::SystemFiles files;
    const FixedClock clock(today + recipe.later);
    verifier::VerifyOptions options{.profile = recipe.profile, .key = &key(recipe.recipient_bits)};
    std::optional<platform::Certificate> certificate;
    if (recipe.with_certificate) {
        certificate.emplace(self_signed(key(recipe.recipient_bits), today));
        options.certificate = &*certificate;
    }
    auto report = verifier::verify_path({files, clock, algorithms_}, folder.path(), options);
    if (!report) throw std::runtime_error(platform::describe(report.error()));
    return std::move(*report);
}

}  // namespace sfmkit::test
