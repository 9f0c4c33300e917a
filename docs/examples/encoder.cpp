// Makes an export of one patient: encoder CERTIFICATE ORGANISATION.zip DOCUMENTS EXPORT
// DOCUMENTS: a folder named by the patient's GUID, with PatientData.xml and the messages.
#include "client/encoder/encoder.hpp"

#include <iostream>

int main(int count, char** given) {
    if (count != 5) return 2;
    const std::filesystem::path documents = given[3];
    const std::filesystem::path target = given[4];
    sfmkit::platform::SystemFiles files;
    sfmkit::platform::SystemRandom random;
    auto encoder = sfmkit::client::Encoder::for_recipient(files, random, given[1]);
    const auto done = [](const auto& step) {
        if (!step) std::cerr << sfmkit::platform::describe(step.error()) << '\n';
        return step.has_value();
    };
    const auto patient = target / "Patients0" / (documents.filename().string() + ".pat");
    return done(encoder) && done(encoder->seal(given[2], target / "ExportData.dat")) &&
                   done(encoder->seal_patient(documents, patient)) &&
                   done(encoder->write_index(target))
               ? 0
               : 1;
}
