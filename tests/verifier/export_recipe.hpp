#pragma once

#include "findings/report.hpp"
#include "tests/support/envelope_recipe.hpp"
#include "tests/support/zip_recipe.hpp"
#include "verifier/facts.hpp"
#include "verifier/verify_job.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace sfmkit::test {

inline constexpr std::string_view patient_id = "0e7bfd89-ff43-4c5a-a9e2-1af46ae33672";

/// A small document of the export format, in its namespace, with this inside.
std::string export_document(std::string_view root, std::string_view inside);

/// A whole export of one organisation and one patient with one message; right unless changed.
struct ExportRecipe {
    ExportRecipe();

    ZipRecipe::Entry& patient_document() { return patient_archive.entries.back(); }
    ZipRecipe::Entry& message() { return patient_archive.entries.front(); }

    ZipRecipe organisation_archive;
    ZipRecipe patient_archive;
    EnvelopeRecipe organisation;  ///< plaintext empty: the archive
    EnvelopeRecipe patient;
    std::string organisation_path = "ExportData.dat";
    std::string patient_path = "Patients0/" + std::string(patient_id) + ".pat";
    std::string index = "Patients0\\" + std::string(patient_id) + ".pat\r\n";
    std::string index_path = "Index.txt";
    /// Sealed like the others, each with a key and IV of its own.
    struct FurtherFile {
        std::string path;
        ZipRecipe archive;
        std::string extension_field = "emlw";
    };
    std::vector<FurtherFile> further_sealed;
    std::map<std::string, std::string> further_files;     ///< path to content
    std::function<void(std::string&)> edit_patient_file;  ///< of the finished envelope
    unsigned recipient_bits = 2048;                       ///< both files
    bool for_another_recipient = false;                   ///< the patient file only
    unsigned another_recipient_bits = 2048;
    bool with_certificate = false;
    std::chrono::hours later{0};  ///< than the day on which tests run
    findings::Profile profile = findings::Profile::strict;
    /// Makes links or empty folders, which have no content.
    std::function<void(const std::filesystem::path&)> edit_folder;
};

/// Keys and schema, made once for many exports.
class RecipeWorld {
  public:
    RecipeWorld();

    void write(const ExportRecipe& recipe, const std::filesystem::path& folder);
    /// Writes the export into a new folder and verifies it with the right key.
    findings::Report verify(const ExportRecipe& recipe);

    const platform::PrivateKey& key(unsigned bits);
    const platform::PrivateKey& other_key(unsigned bits);
    const platform::CryptoAlgorithms& algorithms() const noexcept { return algorithms_; }

  private:
    platform::CryptoAlgorithms algorithms_;
    std::map<unsigned, platform::PrivateKey> keys_;
    std::map<unsigned, platform::PrivateKey> other_keys_;
};

/// One export that breaks exactly one rule, or that goes near it and breaks none.
struct RuleRecipe {
    std::string rule;
    std::string what;
    bool passes = false;
    std::function<void(ExportRecipe&)> edit;
    /// In place of a written export where that would take thousands of files.
    std::function<verifier::FolderFacts()> folder = {};
};

std::vector<RuleRecipe> env_recipes();
std::vector<RuleRecipe> zip_recipes();
std::vector<RuleRecipe> dir_recipes();
std::vector<RuleRecipe> xml_recipes();

}  // namespace sfmkit::test
