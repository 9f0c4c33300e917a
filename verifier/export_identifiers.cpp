#include "verifier/export_identifiers.hpp"

namespace sfmkit::verifier {

FileIdentifiers identifiers_of(const ContentFacts& facts) {
    FileIdentifiers identifiers;
    if (!facts.is_patient()) return identifiers;
    const Element id = facts.root().child("Id");
    identifiers.document_id = lower_case(id.text());
    if (id) identifiers.document_place = facts.tree->place_of(id, facts.entry);
    return identifiers;
}

void ExportIdentifiers::add(const FileIdentifiers& file, std::uint32_t file_number) {
    if (!file.document_id.empty()) documents_.emplace(file.document_id, file_number);
}

std::optional<std::uint32_t> ExportIdentifiers::file_of_document(const std::string& id) const {
    const auto found = documents_.find(id);
    if (found == documents_.end()) return std::nullopt;
    return found->second;
}

}  // namespace sfmkit::verifier
