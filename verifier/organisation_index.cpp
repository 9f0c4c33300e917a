#include "verifier/organisation_index.hpp"

#include <algorithm>

namespace sfmkit::verifier {
namespace {

std::string_view without_leading_zeros(std::string_view number) {
    return number.substr(std::min(number.find_first_not_of('0'), number.size()));
}

}  // namespace

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
        for (const Element ident : Children(user, "Ident")) {
            if (ident.child("TypeId").attribute("V") != "HPR") continue;
            health_personnel_numbers_.emplace(without_leading_zeros(ident.child("Id").text()));
        }
    }
    for (const Element& institution : document.all("Institusjon")) {
        institutions_.insert(lower_case(institution.child("Id").text()));
        for (const Element ident : Children(institution, "Ident")) {
            const std::string_view number = ident.child("Id").text();
            const bool her = ident.child("TypeId").attribute("V") == "HER";
            if (her && !number.empty()) her_ids_.insert(lower_case(number));
        }
    }
}

bool OrganisationIndex::has_health_personnel_number(std::string_view number) const {
    return health_personnel_numbers_.contains(without_leading_zeros(number));
}

}  // namespace sfmkit::verifier
