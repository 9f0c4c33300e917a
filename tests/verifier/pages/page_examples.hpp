#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::test {

/// What is wrong with a fragment of XML, and how much of it could be looked at.
struct FragmentCheck {
    std::vector<std::string> mistakes;
    std::size_t elements_of_the_format = 0;  ///< without those of a foreign namespace
};

/// A document has to be well-formed as it stands, and anything else inside a root of its own. Of a
/// fragment each element has to be one of the schema, with children in the order of some place
/// where the schema has an element of this name, and with attributes known there; what is missing
/// does not count. Elements of another namespace are only read.
FragmentCheck check_fragment(std::string_view fragment);

/// What to put around a fragment to make a document of it.
struct Surroundings {
    std::string before;
    std::string after;
};

/// Every place of both documents where the outermost elements of the fragment may stand as they do,
/// those of the patient document first.
std::vector<Surroundings> places_of_fragment(std::string_view fragment);

/// A run of eleven digits in the text whose check digits are wrong, or that is the number of an
/// ordinary person: neither 80, 65 nor 40 is added to the month.
std::vector<std::string> numbers_not_synthetic(std::string_view text);

/// Runs of nine digits that stand as organisation number (kind ENH, or OrgNrUtleverer) and do not
/// end in their check digit.
std::vector<std::string> wrong_organisation_numbers(std::string_view text);

}  // namespace sfmkit::test
