#pragma once

#include "client/encoder/synthetic/norwegian_time.hpp"

#include <string>
#include <vector>

namespace sfmkit::client {

class Dice;
struct Organisation;

/// One row of `Rapporter`.
struct ReportRecord {
    std::string id;
    std::string patient_id;  ///< empty for a report about the whole practice
    LocalTime created_at;
    std::string file;  ///< as RapportFil names it
};

/// Something in a patient that the inbox can point to; empty texts are left out.
struct InboxSubject {
    std::string patient_id;
    std::string prescription_id;
    std::string document_id;
};

/// What the document tells beside the organisation itself.
struct OrganisationContents {
    std::vector<ReportRecord> reports;
    std::vector<InboxSubject> inbox_subjects;
    bool has_empty_lists = false;  ///< what may be left out or empty, is
};

/// The bytes of ExportData.xml.
std::string write_organisation_document(
    Dice& dice, const Organisation& organisation, const OrganisationContents& contents
);

}  // namespace sfmkit::client
