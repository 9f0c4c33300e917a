#pragma once

#include "verifier/document_tree.hpp"

#include <set>
#include <string>
#include <string_view>

namespace sfmkit::verifier {

/// Identifiers are compared without case.
std::string lower_case(std::string_view identifier);

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
    /// Leading zeros do not count.
    bool has_health_personnel_number(std::string_view number) const;

  private:
    std::set<std::string> users_;                                  ///< Helseperson/Id
    std::set<std::string> institutions_;                           ///< Institusjon/Id
    std::set<std::string, std::less<>> health_personnel_numbers_;  ///< HPR of users
    std::set<std::string> her_ids_;                                ///< of institutions
};

}  // namespace sfmkit::verifier
