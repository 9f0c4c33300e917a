#include "tests/verifier/recipe_world.hpp"

#include "tests/support/fixed_clock.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/verifier/schema/full_document.hpp"
#include "verifier/schema/own_schema.hpp"
#include "verifier/verify_job.hpp"

#include <chrono>
#include <stdexcept>

namespace sfmkit::test {
namespace {

constexpr platform::WallTime today =
    std::chrono::sys_days(std::chrono::November / 22 / 2026) + std::chrono::hours(12);

fixtures::Documents full_documents() {
    fixtures::Documents documents{
        .organisation = full_document(verifier::own_schema(), "ExportImport"),
        .patient = full_document(verifier::own_schema(), "PasientExport"),
    };
    constexpr std::string_view placeholder = "<MeldingsFil>text<";
    const std::string name = "<MeldingsFil>" + std::string(fixtures::message_id) + ".xml<";
    std::string& patient = documents.patient;
    patient.replace(patient.find(placeholder), placeholder.size(), name);
    return documents;
}

const platform::PrivateKey& key_of(std::map<unsigned, platform::PrivateKey>& keys, unsigned bits) {
    const auto known = keys.find(bits);
    if (known != keys.end()) return known->second;
    return keys.emplace(bits, fixtures::make_rsa_key(bits)).first->second;
}

}  // namespace

fixtures::ExportRecipe full_export() {
    // Made once: every export begins with them.
    static const fixtures::Documents documents = full_documents();
    return fixtures::ExportRecipe(documents);
}

RecipeWorld::RecipeWorld() : algorithms_(platform::CryptoAlgorithms::fetch()) {}

const platform::PrivateKey& RecipeWorld::key(unsigned bits) {
    return key_of(keys_, bits);
}

const platform::PrivateKey& RecipeWorld::other_key(unsigned bits) {
    return key_of(other_keys_, bits);
}

void RecipeWorld::write(const fixtures::ExportRecipe& recipe, const std::filesystem::path& folder) {
    fixtures::Recipients recipients{.recipient = key(recipe.recipient_bits).get()};
    if (recipe.for_another_recipient) {
        recipients.another = other_key(recipe.another_recipient_bits).get();
    }
    const auto written = fixtures::write_export(recipe, recipients, files_, folder);
    if (!written) throw std::runtime_error(platform::describe(written.error()));
}

findings::Report RecipeWorld::verify(
    const fixtures::ExportRecipe& recipe, findings::Profile profile
) {
    const TemporaryFolder folder;
    write(recipe, folder.path());
    const FixedClock clock(today);
    const platform::PrivateKey& recipient = key(recipe.recipient_bits);
    verifier::VerifyOptions options{.profile = profile, .key = &recipient};
    std::optional<platform::Certificate> certificate;
    if (recipe.certificate) {
        certificate.emplace(fixtures::self_signed(recipient, today, *recipe.certificate));
        options.certificate = &*certificate;
    }
    auto report = verifier::verify_path({files_, clock, algorithms_}, folder.path(), options);
    if (!report) throw std::runtime_error(platform::describe(report.error()));
    return std::move(*report);
}

}  // namespace sfmkit::test
