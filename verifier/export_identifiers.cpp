#include "verifier/export_identifiers.hpp"

#include "verifier/export_path.hpp"

#include <set>
#include <unordered_set>
#include <utility>

namespace sfmkit::verifier {
namespace {

/// More pairs of code and text than this are not looked at in one file.
constexpr std::size_t most_pairs = 10'000;

void add_numbers(const ContentFacts& facts, FileIdentifiers& identifiers) {
    for (const Element& ident : Children(facts.root().child("DemografiskInfo"), "Ident")) {
        const std::string_view kind = ident.child("TypeId").attribute("V");
        const bool is_national = same_without_case(kind, "FNR") || same_without_case(kind, "DNR");
        const Element number = ident.child("Id");
        if (!is_national || number.text().empty()) continue;
        identifiers.numbers.push_back(
            {.number = digest_of_identifier(number.text()),
             .place = facts.tree->place_of(number, facts.entry)}
        );
    }
}

void add_codes(const ContentFacts& facts, const CodeNames* known, FileIdentifiers& identifiers) {
    std::unordered_map<TextDigest, TextDigest, TextDigestHash> first_names;
    std::set<std::pair<TextDigest, TextDigest>> other_pairs;  // codes with another name than first
    for (Element element = facts.root(); element; element = following(element)) {
        const std::string_view value = element.attribute("V");
        const std::string_view text = value.empty() ? value : element.attribute("DN");
        if (text.empty()) continue;
        // Elements of one name have different code lists below different parents.
        const TextDigest code =
            TextDigester().add(element.parent().name()).add(element.name()).add(value).finish();
        const TextDigest name = digest_of_text(text);
        if (first_names.size() + other_pairs.size() == most_pairs) break;
        const auto [first, is_first] = first_names.emplace(code, name);
        const bool differs = first->second != name;
        const bool is_new = differs ? other_pairs.emplace(code, name).second : is_first;
        if (!is_new) continue;
        const auto before = known == nullptr ? std::nullopt : known->find(code);
        if (before && before->name == name && !differs) continue;
        identifiers.codes.push_back(
            {.code = code,
             .name = name,
             .differs_in_file = differs,
             .place = facts.tree->place_of(element, facts.entry)}
        );
    }
}

void add_what_the_inbox_misses(const ContentFacts& facts, FileIdentifiers& identifiers) {
    if (facts.organisation == nullptr || !identifiers.document_id) return;
    const auto named = facts.organisation->inbox_about(*identifiers.document_id);
    if (named.empty()) return;
    std::unordered_set<TextDigest, TextDigestHash> prescriptions;
    for (const Element& id : facts.all("PrescriptionId")) {
        if (id.parent().name() == "Prescription") {
            prescriptions.insert(digest_of_identifier(id.text()));
        }
    }
    std::unordered_set<TextDigest, TextDigestHash> messages;
    for (const Element& message : facts.all("Melding")) {
        messages.insert(digest_of_identifier(message.child("Id").text()));
        messages.insert(digest_of_identifier(message.child("MsgId").text()));
    }
    for (const InboxReference& reference : named) {
        const auto& ids = reference.is_document ? messages : prescriptions;
        if (!ids.contains(reference.id)) identifiers.not_found.push_back(reference);
    }
}

}  // namespace

FileIdentifiers identifiers_of(const ContentFacts& facts, const CodeNames* known) {
    FileIdentifiers identifiers;
    const Element id = facts.root().child("Id");
    if (facts.is_patient() && !id.text().empty()) {
        identifiers.document_id = digest_of_identifier(id.text());
        identifiers.document_place = facts.tree->place_of(id, facts.entry);
    }
    if (facts.is_patient()) {
        add_numbers(facts, identifiers);
        add_what_the_inbox_misses(facts, identifiers);
    }
    add_codes(facts, known, identifiers);
    return identifiers;
}

void ExportIdentifiers::add(const FileIdentifiers& file, std::uint32_t file_number) {
    if (file.document_id) documents_.emplace(*file.document_id, file_number);
    for (const auto& [number, place] : file.numbers) numbers_.emplace(number, file_number);
    for (const FileIdentifiers::CodeName& used : file.codes) {
        codes_.add(used.code, {.name = used.name, .file = file_number});
    }
}

std::optional<std::uint32_t> ExportIdentifiers::file_of_document(const TextDigest& id) const {
    const auto found = documents_.find(id);
    if (found == documents_.end()) return std::nullopt;
    return found->second;
}

std::optional<std::uint32_t> ExportIdentifiers::file_of_number(const TextDigest& number) const {
    const auto found = numbers_.find(number);
    if (found == numbers_.end()) return std::nullopt;
    return found->second;
}

}  // namespace sfmkit::verifier
