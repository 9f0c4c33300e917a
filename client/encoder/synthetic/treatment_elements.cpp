#include "client/encoder/synthetic/treatment_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/prescription_elements.hpp"
#include "client/encoder/synthetic/prescription_info_elements.hpp"
#include "client/encoder/synthetic/treatments.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <array>

namespace sfmkit::client {
namespace {

struct KindNames {
    TreatmentKind kind;
    std::string_view treatment;
};

// The fixed order of the groups in the schema.
constexpr std::array<KindNames, 4> kinds{{
    {TreatmentKind::medicine, "Legemiddelbehandling"},
    {TreatmentKind::nutrition, "NIBBehandling"},
    {TreatmentKind::consumable, "FIBBehandling"},
    {TreatmentKind::vaccine, "VaksineBehandling"},
}};

void write_treatment(
    XmlWriter& xml, Dice& dice, std::string_view name, const Treatment& treatment
) {
    const auto scope = xml.open(name);
    xml.element("LibId", treatment.id);
    xml.element("DatoOppstart", print_date(treatment.started));
    for (const Prescription& prescription : treatment.prescriptions) {
        write_prescription(xml, dice, prescription);
    }
    {
        const auto details = xml.open("PrescriptionDetails");
        for (const Prescription& prescription : treatment.prescriptions) {
            for (const PrescriptionInfo& info : prescription.infos) {
                write_prescription_info(xml, dice, treatment.order, info);
            }
        }
    }
}

}  // namespace

void write_treatments(XmlWriter& xml, Dice& dice, std::span<const Treatment> treatments) {
    const auto scope = xml.open("Behandlinger");
    for (const KindNames& names : kinds) {
        for (const Treatment& treatment : treatments) {
            if (treatment.kind == names.kind) {
                write_treatment(xml, dice, names.treatment, treatment);
            }
        }
    }
}

}  // namespace sfmkit::client
