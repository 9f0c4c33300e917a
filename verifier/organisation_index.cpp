#include "verifier/organisation_index.hpp"

#include <algorithm>

namespace sfmkit::verifier {

std::string lower_case(std::string_view identifier) {
    std::string lower(identifier);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

OrganisationIndex::OrganisationIndex(const DocumentTree& document) {
    for (const Element& user : document.all("Helseperson")) {
        users_.insert(lower_case(user.child("Id").text()));
    }
    for (const Element& institution : document.all("Institusjon")) {
        institutions_.insert(lower_case(institution.child("Id").text()));
    }
}

}  // namespace sfmkit::verifier
