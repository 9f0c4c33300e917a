#pragma once

#include "client/encoder/synthetic/synthetic_export.hpp"

#include <pugixml.hpp>

#include <set>
#include <string>
#include <vector>

namespace sfmkit::test {

/// The texts of all elements or attributes that an XPath finds, in document order.
std::vector<std::string> texts(const pugi::xml_node& node, const std::string& xpath);
std::set<std::string> distinct_texts(const pugi::xml_node& node, const std::string& xpath);

/// A patient of a synthetic export with its document parsed.
struct ReadPatient {
    client::PlainPatient files;
    std::string document;  ///< the bytes of PatientData.xml
    pugi::xml_document parsed;

    pugi::xml_node root() const { return parsed.child("PasientExport"); }
    const std::string* content_of(const std::string& entry) const;

    std::vector<std::string> contents;
};

ReadPatient read_patient(const client::SyntheticExport& documents, std::uint64_t index);

/// The organisation document as text.
std::string organisation_text(client::SyntheticExport& documents);

}  // namespace sfmkit::test
