#pragma once

#include "findings/finding.hpp"
#include "verifier/document_tree.hpp"
#include "verifier/text_digest.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// Identifiers are compared without case.
std::string lower_case(std::string_view identifier);

/// A message of the inbox that is about a prescription or document of a patient.
struct InboxReference {
    TextDigest patient;
    TextDigest id;
    bool is_document = false;
    std::uint64_t record = 0;  ///< from 1
    std::optional<std::uint64_t> byte_offset;
    std::optional<std::uint64_t> line;
    std::optional<std::uint64_t> column;

    /// In the organisation document.
    findings::Place place() const;
};

/// What the patient files are judged against: identifiers of the organisation document.
class OrganisationIndex {
  public:
    /// Empty; for a document of another root.
    OrganisationIndex() = default;
    explicit OrganisationIndex(const DocumentTree& document);

    bool has_user(std::string_view id) const { return users_.contains(lower_case(id)); }
    bool has_her_ids() const noexcept { return !her_ids_.empty(); }
    bool has_her_id(std::string_view id) const { return her_ids_.contains(lower_case(id)); }
    bool has_institution(std::string_view id) const {
        return institutions_.contains(lower_case(id));
    }
    /// What the inbox says of the patient with this digest of an Id.
    std::span<const InboxReference> inbox_about(const TextDigest& patient) const;
    /// Leading zeros do not count.
    bool has_health_personnel_number(std::string_view number) const;

  private:
    void add_inbox(const DocumentTree& document);

    std::vector<InboxReference> inbox_;                            ///< by patient
    std::set<std::string> users_;                                  ///< Helseperson/Id
    std::set<std::string> institutions_;                           ///< Institusjon/Id
    std::set<std::string, std::less<>> health_personnel_numbers_;  ///< HPR of users
    std::set<std::string> her_ids_;                                ///< of institutions
};

}  // namespace sfmkit::verifier
