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

/// The bytes of ExportData.xml.
std::string write_organisation_document(
    Dice& dice,
    const Organisation& organisation,
    const std::vector<ReportRecord>& reports,
    const std::vector<InboxSubject>& subjects
);

}  // namespace sfmkit::client
