#include "tests/client/synthetic_documents.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace sfmkit::test {

std::vector<std::string> texts(const pugi::xml_node& node, const std::string& xpath) {
    std::vector<std::string> found;
    for (const pugi::xpath_node& hit : node.select_nodes(xpath.c_str())) {
        found.emplace_back(hit.attribute() ? hit.attribute().value() : hit.node().text().get());
    }
    return found;
}

std::set<std::string> distinct_texts(const pugi::xml_node& node, const std::string& xpath) {
    const std::vector<std::string> found = texts(node, xpath);
    return {found.begin(), found.end()};
}

const std::string* ReadPatient::content_of(const std::string& entry) const {
    for (std::size_t i = 0; i < files.entries.size(); ++i) {
        if (files.entries[i].name == entry) return &contents[i];
    }
    return nullptr;
}

ReadPatient read_patient(const client::SyntheticExport& documents, std::uint64_t index) {
    ReadPatient patient;
    patient.files = documents.make_patient(index);
    for (const client::PlainEntry& entry : patient.files.entries) {
        patient.contents.emplace_back(platform::as_text(entry.bytes));
    }
    patient.document = patient.contents.back();
    if (!patient.parsed.load_buffer(patient.document.data(), patient.document.size())) {
        throw std::runtime_error("PatientData.xml is not well-formed");
    }
    return patient;
}

std::string organisation_text(client::SyntheticExport& documents) {
    const auto entry = documents.organisation_document();
    if (!entry) throw std::runtime_error("no organisation document");
    return std::string(platform::as_text(entry->bytes));
}

}  // namespace sfmkit::test
