#include "verifier/organisation_index.hpp"

#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

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

findings::Place InboxReference::place() const {
    return {
        .byte_offset = byte_offset,
        .entry = std::string(wire::sfm::organisation_document),
        .line = line,
        .column = column,
        .xpath = fmt::format(
            "/ExportImport/Inboks[1]/Melding[{}]/{}[1]",
            record,
            is_document ? "DokumentId" : "PrescriptionId"
        ),
    };
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
    add_inbox(document);
}

void OrganisationIndex::add_inbox(const DocumentTree& document) {
    std::uint64_t record = 0;
    for (const Element& message : Children(document.root().child("Inboks"), "Melding")) {
        ++record;
        const std::string_view patient = message.child("PasientId").text();
        if (patient.empty()) continue;
        for (const bool is_document : {false, true}) {
            const Element id = message.child(is_document ? "DokumentId" : "PrescriptionId");
            if (id.text().empty()) continue;
            const findings::Place place = document.place_of(id, {});
            inbox_.push_back(
                {.patient = digest_of_identifier(patient),
                 .id = digest_of_identifier(id.text()),
                 .is_document = is_document,
                 .record = record,
                 .byte_offset = place.byte_offset,
                 .line = place.line,
                 .column = place.column}
            );
        }
    }
    std::ranges::sort(inbox_, {}, [](const InboxReference& reference) {
        return std::tuple(reference.patient, reference.record, reference.is_document);
    });
}

std::span<const InboxReference> OrganisationIndex::inbox_about(const TextDigest& patient) const {
    const auto found = std::ranges::equal_range(inbox_, patient, {}, &InboxReference::patient);
    return {found.begin(), found.end()};
}

bool OrganisationIndex::has_health_personnel_number(std::string_view number) const {
    return health_personnel_numbers_.contains(without_leading_zeros(number));
}

}  // namespace sfmkit::verifier
